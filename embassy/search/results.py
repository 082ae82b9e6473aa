"""Pages found, as they are shown: title, address, kind, date and an excerpt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page as ResultPage
from django.utils.safestring import SafeString
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.models import Page, get_page_models

from embassy.pages import BasePage
from embassy.search.asked import tsquery
from embassy.search.excerpts import excerpt_for, highlighted, marked_whole
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


def excerpts_of(scope: Scope, words: str, best: list[int], results: ResultPage) -> dict[int, str]:
    """Rank the best hits by their whole text; give what one page of results cuts out of each."""
    if not best:
        return {}
    asked = tsquery(words, scope.language)
    rows = (
        IndexEntry.objects.filter(pk__in=best)
        .order_by(whole_rank(asked).desc(), "-pk")
        .values_list("object_id", excerpt_for(asked, scope.language))
    )
    shown = rows[results.start_index() - 1 : results.end_index()]
    return {int(pk): text for pk, text in shown}


def shown(
    scope: Scope, words: str, excerpts: Mapping[int, str], first: Sequence[int]
) -> tuple[list[Result], list[Result]]:
    """Give pages as they are shown: those found, and those that staff put first."""
    pages = with_own_fields({*excerpts, *first})
    read_ahead(pages.values())
    own = {pk: page.summary_in(scope.language) for pk, page in pages.items() if says_own(page)}
    own |= {pk: pages[pk].specific.summary for pk in first if pk in pages and pk not in own}
    own = {pk: text for pk, text in own.items() if text}
    marked = dict(zip(own, marked_whole(list(own.values()), words, scope.language), strict=True))
    found = {
        pk: result(scope, page, marked.get(pk) or highlighted(excerpts.get(pk, "")))
        for pk, page in pages.items()
    }
    return [found[pk] for pk in excerpts if pk in found], [found[pk] for pk in first if pk in found]


def read_ahead(pages: Iterable[Page]) -> None:
    """Let each kind of page read at once what its pages show in lists."""
    kinds: dict[type, list[Page]] = {}
    for page in pages:
        kinds.setdefault(type(page), []).append(page)
    for kind, alike in kinds.items():
        if hasattr(kind, "read_ahead"):
            kind.read_ahead(alike)


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


def result(scope: Scope, page: Page, excerpt: SafeString) -> Result:
    """Give a page as it is shown; one that is in all languages words itself in the reader's."""
    return Result(
        title=page.title_in(scope.language) if says_own(page) else page.title,
        url=scope.address(page),
        type_name=str(getattr(page.specific_class, "type_name", "")),
        excerpt=excerpt,
        date=getattr(page, "dated", None),
    )
