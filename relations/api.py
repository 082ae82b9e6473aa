"""Fact sheets in all their editions, news and events as data."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query

from embassy.api import (
    Listing,
    PageOut,
    PagesWindow,
    described,
    one_of,
    page_data,
    pages_of,
    resource,
    window_of,
)
from relations.models import EventPage, FactSheetEdition, FactSheetPage, NewsPage

fact_sheets = resource("fact-sheets", "Fact sheets")
news = resource("news", "News and events")
events = resource("events", "News and events")


class EditionOut(PageOut):
    """A dated edition of a fact sheet; it stays at its address."""

    date: date
    bureau: str


class FactSheetOut(PageOut):
    """A fact sheet with its editions, the latest first."""

    editions: list[EditionOut]


class NewsOut(PageOut):
    """A press release, statement, transcript or announcement."""

    kind: str
    date: date


class NewsInFull(NewsOut):
    """A text of the news with its words, without their layout."""

    text: list[str]


class EventOut(PageOut):
    """Something that happens; `time_zone` is the clock of its place."""

    starts: datetime
    ends: datetime
    time_zone: str
    venue: list[str]
    open_to_all: bool


class EventInFull(EventOut):
    """An event with its words, without their layout."""

    text: list[str]


class FactSheetInFull(FactSheetOut):
    """A fact sheet with the words of its latest edition, without their layout."""

    text: list[str]


@fact_sheets.get("", response=described(Listing[FactSheetOut]))
def list_fact_sheets(request: HttpRequest, asked: Query[PagesWindow]):
    """All fact sheets by title."""
    rows = sheet_rows(request, asked.language)
    return window_of(request, rows, asked, lambda found: sheet_data(found, request))


@fact_sheets.get("/{int:key}", response=described(FactSheetInFull))
def read_fact_sheet(request: HttpRequest, key: int):
    """One fact sheet."""
    found = one_of(sheet_rows(request), key)
    latest = editions_of(found, request).first()
    return {**sheet_data(found, request)[0], "text": words_of(latest) if latest else []}


@news.get("", response=described(Listing[NewsOut]))
def list_news(request: HttpRequest, asked: Query[PagesWindow]):
    """All news, the latest first."""
    rows = pages_of(NewsPage, request, asked.language).latest_first().defer("body", "sources")
    return window_of(
        request, rows, asked, lambda found: [news_data(page, request) for page in found]
    )


@news.get("/{int:key}", response=described(NewsInFull))
def read_news(request: HttpRequest, key: int):
    """One text of the news."""
    page = one_of(pages_of(NewsPage, request), key)[0]
    return {**news_data(page, request), "text": words_of(page)}


@events.get("", response=described(Listing[EventOut]))
def list_events(request: HttpRequest, asked: Query[PagesWindow]):
    """All events, coming and past, the latest first."""
    rows = pages_of(EventPage, request, asked.language).order_by("-starts", "-pk")
    return window_of(
        request,
        rows.defer("body", "sources"),
        asked,
        lambda found: [event_data(page, request) for page in found],
    )


@events.get("/{int:key}", response=described(EventInFull))
def read_event(request: HttpRequest, key: int):
    """One event."""
    page = one_of(pages_of(EventPage, request), key)[0]
    return {**event_data(page, request), "text": words_of(page)}


def sheet_rows(request: HttpRequest, language: str | None = None) -> QuerySet:
    """Give the public fact sheets by title."""
    return pages_of(FactSheetPage, request, language).order_by("title", "pk")


def editions_of(sheets: list[FactSheetPage], request: HttpRequest) -> QuerySet:
    """Give the public editions of fact sheets, the latest first."""
    rows = pages_of(FactSheetEdition, request).order_by("-date", "-pk")
    pattern = "|".join(sheet.path for sheet in sheets)
    return rows.filter(path__regex=f"^({pattern})") if sheets else rows.none()


def sheet_data(sheets: list[FactSheetPage], request: HttpRequest) -> list[dict]:
    """Give fact sheets with their editions."""
    editions: dict[str, list[dict]] = {}
    for edition in editions_of(sheets, request).defer("body", "sources", "further_sources"):
        facts = {"date": edition.date, "bureau": edition.bureau}
        above = edition.path[: -edition.steplen]
        editions.setdefault(above, []).append({**page_data(edition, request), **facts})
    return [
        {**page_data(sheet, request), "editions": editions.get(sheet.path, [])} for sheet in sheets
    ]


def news_data(page: NewsPage, request: HttpRequest) -> dict:
    """Give a text of the news."""
    return {**page_data(page, request), "kind": page.kind, "date": page.date}


def event_data(page: EventPage, request: HttpRequest) -> dict:
    """Give an event."""
    return {
        **page_data(page, request),
        "starts": page.starts,
        "ends": page.ends,
        "time_zone": page.time_zone,
        "venue": page.venue.splitlines(),
        "open_to_all": page.is_open_to_all,
    }


def words_of(page) -> list[str]:
    """Give the words of a page's body in their order."""
    block = page.body.stream_block
    return [str(text) for text in block.get_searchable_content(page.body) if str(text).strip()]
