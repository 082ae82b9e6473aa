"""Pages found, as they are shown: title, address, kind, date and an excerpt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page as ResultPage
from django.utils.safestring import SafeString
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from embassy.pages import BasePage
from embassy.search.excerpts import excerpt_for, highlighted, marked_texts
from embassy.search.ranking import whole_rank
from embassy.search.scope import Scope, in_all_languages


@dataclass(frozen=True)
class Result:
    """A page found, as it is shown."""

    title: str
    url: str
    type_name: str
    excerpt: SafeString
    date: date | None
    outcome: str  # what became of what it tells, once that no longer holds


def best_of(scope: Scope, words: str, best: list[int], results: ResultPage) -> dict[int, Page]:
    """Rank the best hits by their whole text; give by key what one page of results has of them.

    Each page has its `excerpt`.
    """
    if not best:
        return {}
    ranked = Page.objects.filter(index_entries__pk__in=best).order_by(
        whole_rank(scope.asked(words)).desc(), "-index_entries__pk"
    )
    return cut(ranked[results.start_index() - 1 : results.end_index()], scope, words)


def beginnings_of(scope: Scope, words: str, pages: Sequence[int]) -> dict[int, Page]:
    """Give pages by key with an `excerpt`: where the words are not in it, a page's beginning."""
    if not pages:
        return {}
    indexed = Page.objects.filter(pk__in=pages, index_entries__isnull=False)
    return cut(indexed, scope, words)


def cut(pages: PageQuerySet, scope: Scope, words: str) -> dict[int, Page]:
    """Give indexed pages by key, in their order, each with its `excerpt`."""
    excerpt = excerpt_for(scope.asked(words), scope.language)
    return with_own_fields(pages.annotate(excerpt=excerpt))


def shown(scope: Scope, words: str, pages: Mapping[int, Page], at: datetime) -> dict[int, Result]:
    """Give pages with an excerpt as they are shown at a moment, in their order."""
    read_ahead(pages.values())
    own = {pk: own_words(page, scope.language) for pk, page in pages.items() if says_own(page)}
    own = {pk: texts for pk, texts in own.items() if any(texts)}
    telling = marked_texts(list(own.values()), words, scope.language, scope.any_of)
    marked = dict(zip(own, telling, strict=True))
    return {
        pk: result(scope, page, marked.get(pk) or highlighted(page.excerpt), at)
        for pk, page in pages.items()
    }


def own_words(page: Page, language: str) -> tuple[str, str]:
    """Give a page's summary in a language, and the words below it by which it is found."""
    return page.summary_in(language), page.searched_in(language)


def read_ahead(pages: Iterable[Page]) -> None:
    """Let kinds of page that do it the same way read at once what their pages show in lists."""
    ways: dict[Callable, tuple[Callable, list[Page]]] = {}
    for page in pages:
        if reads := getattr(type(page), "read_ahead", None):
            ways.setdefault(reads.__func__, (reads, []))[1].append(page)
    for reads, alike in ways.values():
        reads(alike)


def with_own_fields(pages: PageQuerySet) -> dict[int, Page]:
    """Give pages by key, in one query; specific where their class has something of its own."""
    names = {
        model: model._meta.pk.remote_field.get_accessor_name()
        for model in get_page_models()
        if shows_own_fields(model)
    }
    found = {page.pk: page for page in pages.select_related("locale", *names.values())}
    for pk, page in found.items():
        if page.specific_class in names:
            found[pk] = getattr(page, names[page.specific_class])
            found[pk].locale, found[pk].excerpt = page.locale, page.excerpt
    return found


def shows_own_fields(model: type) -> bool:
    """Tell whether a page class shows a date or texts per language, kept in its own table."""
    own_date = issubclass(model, BasePage) and model.dated is not BasePage.dated
    return own_date or in_all_languages(model)


def says_own(page: Page) -> bool:
    """Tell whether a page words itself in each language."""
    return in_all_languages(type(page))


def result(scope: Scope, page: Page, excerpt: SafeString, at: datetime) -> Result:
    """Give a page as it is shown; one that is in all languages words itself in the reader's."""
    own = says_own(page)
    return Result(
        title=page.title_in(scope.language) if own else page.title,
        url=scope.address(page),
        type_name=str(getattr(page.specific_class, "type_name", "")),
        excerpt=excerpt,
        date=getattr(page, "dated", None),
        outcome=page.outcome_in(scope.language, at, scope.time_zone) if own else "",
    )
