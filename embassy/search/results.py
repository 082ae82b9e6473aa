"""Pages found, as they are shown: title, address, kind, date and an excerpt."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString
from wagtail.models import Page, get_page_models

from embassy.pages import BasePage
from embassy.search.excerpts import excerpts_of
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


def shown(scope: Scope, words: str, keys: Sequence[int], at: datetime) -> dict[int, Result]:
    """Give pages as they are shown at a moment, in their order; what is gone is left out."""
    pages = with_own_fields(keys)
    read_ahead(pages.values())
    own = {pk: own_words(page, scope.language) for pk, page in pages.items() if says_own(page)}
    own = {pk: texts for pk, texts in own.items() if any(texts)}
    excerpts = excerpts_of(scope, words, [pk for pk in pages if pk not in own], own)
    return {pk: result(scope, pages[pk], excerpts[pk], at) for pk in keys if pk in excerpts}


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
