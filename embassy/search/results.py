"""Pages found, as they are shown: title, address, kind, date and an excerpt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as ResultPage
from django.utils.safestring import SafeString
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.models import Page, get_page_models

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


def excerpts_of(scope: Scope, words: str, best: list[int], results: ResultPage) -> dict[int, str]:
    """Rank the best hits by their whole text; give what one page of results cuts out of each."""
    if not best:
        return {}
    asked = scope.asked(words)
    rows = IndexEntry.objects.filter(pk__in=best).order_by(whole_rank(asked).desc(), "-pk")
    return cut(rows[results.start_index() - 1 : results.end_index()], scope, words)


def beginnings_of(scope: Scope, words: str, pages: Sequence[int]) -> dict[int, str]:
    """Give an excerpt of each of some pages; where the words are not in it, its beginning."""
    if not pages:
        return {}
    types = ContentType.objects.get_for_models(*get_page_models()).values()
    numbers = [str(pk) for pk in pages]
    return cut(
        IndexEntry.objects.filter(content_type__in=types, object_id__in=numbers), scope, words
    )


def cut(rows, scope: Scope, words: str) -> dict[int, str]:
    """Give the excerpts of index entries by page, in their order."""
    excerpt = excerpt_for(scope.asked(words), scope.language)
    return {int(pk): text for pk, text in rows.values_list("object_id", excerpt)}


def shown(scope: Scope, words: str, excerpts: Mapping[int, str], at: datetime) -> dict[int, Result]:
    """Give pages as they are shown at a moment, in their order; what is gone is left out."""
    pages = with_own_fields(excerpts)
    read_ahead(pages.values())
    own = {pk: own_words(page, scope.language) for pk, page in pages.items() if says_own(page)}
    own = {pk: texts for pk, texts in own.items() if any(texts)}
    telling = marked_texts(list(own.values()), words, scope.language, scope.any_of)
    marked = dict(zip(own, telling, strict=True))
    return {
        pk: result(scope, pages[pk], marked.get(pk) or highlighted(text), at)
        for pk, text in excerpts.items()
        if pk in pages
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


def with_own_fields(keys) -> dict[int, Page]:
    """Give pages by key, in one query; specific where their class has something of its own."""
    names = {
        model: model._meta.pk.remote_field.get_accessor_name()
        for model in get_page_models()
        if shows_own_fields(model)
    }
    pages = Page.objects.select_related("locale", *names.values()).in_bulk(list(keys))
    for pk, page in pages.items():
        if page.specific_class in names:
            pages[pk] = getattr(page, names[page.specific_class])
            pages[pk].locale = page.locale
    return pages


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
