"""Offices and officials as data."""

from datetime import date, time

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema

from embassy.api import (
    ByLanguage,
    Listing,
    PageOut,
    PagesWindow,
    Window,
    described,
    mission_site,
    one_of,
    page_data,
    pages_of,
    resource,
    texts_of,
    window_of,
)
from embassy.clock import hours
from embassy.facts import Facts, facts_of
from embassy.models import ContactPoint, MissionSettings
from embassy.texts.numbers import e164_of
from sections.models import OfficePage, OfficialPage, Post
from sections.models.posts import DatedSpan

offices = resource("offices", "Offices")
officials = resource("officials", "Officials")
posts = resource("posts", "Officials")


class ContactOut(Schema):
    """A contact point: a number also as E.164 has it."""

    purpose: str
    channel: str
    labels: ByLanguage
    value: str
    e164: str | None
    extension: str
    callable_from: str
    last_verified_on: date | None


class PeriodOut(Schema):
    """Opening hours of a weekday, 1 Monday to 7 Sunday (ISO 8601)."""

    weekday: int
    opens: time
    closes: time


class HoursOut(Schema):
    """Weekly hours by the clock of a time zone, and whose holidays (ISO 3166-1) they keep."""

    time_zone: str
    always_open: bool
    periods: list[PeriodOut]
    closed_on_holidays_of: list[str]


class OfficeOut(PageOut):
    """An agency, section or office; `parent` is the office above it."""

    parent: int | None
    kind: str
    also_known_as: str
    services: list[str]
    ways_to_ask: list[str]
    collections: list[str]
    address: list[str]
    contacts: list[ContactOut]
    hours: HoursOut | None
    head: ByLanguage | None


class SpanOut(Schema):
    """A stretch of time as far as sources tell; what is not known says so.

    `end` is "known" (the first day it no longer held is in `ends`), "goes_on" or "unknown".
    """

    begins: date | None
    begin_is_known: bool
    ends: date | None
    end: str
    seen_on: date | None
    source: str


class TermOut(SpanOut):
    """A time in a post."""

    post: int
    post_titles: ByLanguage
    heads_the_mission: bool
    acting: bool


class OfficialOut(PageOut):
    """An official with the terms in which they held posts."""

    rank: str
    terms: list[TermOut]


class PostOut(Schema):
    """A post, whoever holds it, and when it is known to be vacant."""

    id: int
    titles: ByLanguage
    heads_the_mission: bool
    abolished: bool
    vacancies: list[SpanOut]


@offices.get("", response=described(Listing[OfficeOut]))
def list_offices(request: HttpRequest, asked: Query[PagesWindow]):
    """All public offices in the order of their tree."""
    rows = office_rows(request, asked.language)
    return window_of(request, rows, asked, lambda found: office_data(found, request))


@offices.get("/{int:key}", response=described(OfficeOut))
def read_office(request: HttpRequest, key: int):
    """One office."""
    return office_data(one_of(office_rows(request), key), request)[0]


@officials.get("", response=described(Listing[OfficialOut]))
def list_officials(request: HttpRequest, asked: Query[PagesWindow]):
    """All public officials by name, with their terms."""
    rows = official_rows(request, asked.language)
    return window_of(request, rows, asked, lambda found: official_data(found, request))


@officials.get("/{int:key}", response=described(OfficialOut))
def read_official(request: HttpRequest, key: int):
    """One official."""
    return official_data(one_of(official_rows(request), key), request)[0]


@posts.get("", response=described(Listing[PostOut]))
def list_posts(request: HttpRequest, asked: Query[Window]):
    """All posts of the mission in their order of precedence."""
    rows = Post.objects.for_site(mission_site(request)).prefetch_related("vacancies")
    return window_of(request, rows, asked, lambda found: [post_data(post) for post in found])


def office_rows(request: HttpRequest, language: str | None = None) -> QuerySet:
    """Give the public offices, each before those below it."""
    return pages_of(OfficePage, request, language).select_related("head").order_by("path")


def office_data(found: list[OfficePage], request: HttpRequest) -> list[dict]:
    """Give offices with what they quote of the mission's facts."""
    offices = OfficePage.objects.filter(pk__in=[office.pk for office in found])
    quoted = {office.pk: office for office in offices.prefetch_related("contact_rows")}
    above = {office.path[: -office.steplen] for office in found}
    parents = dict(office_rows(request).filter(path__in=above).values_list("path", "pk"))
    facts = facts_of(MissionSettings.for_request(request))
    return [
        {
            **page_data(office, request),
            "parent": parents.get(office.path[: -office.steplen]),
            "kind": office.kind,
            "also_known_as": office.also_known_as,
            "services": [block.value for block in office.services],
            "ways_to_ask": [block.value for block in office.ways_to_ask],
            "collections": [block.value for block in office.collections],
            "address": office.address_lines,
            "contacts": contacts_of(quoted[office.pk], facts),
            "hours": hours_data(facts.schedules.get(office.schedule_id)),
            "head": texts_of(office.head.title) if office.head else None,
        }
        for office in found
    ]


def contacts_of(office: OfficePage, facts: Facts) -> list[dict]:
    """Give the contact points of an office that are in use and have a number or an address."""
    found = facts.in_use(office.contact_rows.all())
    return [contact_data(contact) for contact in found]


def contact_data(contact: ContactPoint) -> dict:
    """Give a contact point."""
    return {
        "purpose": contact.purpose,
        "channel": contact.channel,
        "labels": texts_of(contact.label),
        "value": contact.display,
        "e164": e164_of(contact.value) if contact.is_phone and contact.value else None,
        "extension": contact.extension,
        "callable_from": contact.callable_from,
        "last_verified_on": contact.last_verified_on,
    }


def hours_data(schedule: hours.Schedule | None) -> dict | None:
    """Give weekly hours."""
    if schedule is None:
        return None
    return {
        "time_zone": schedule.time_zone,
        "always_open": schedule.always,
        "periods": [
            {"weekday": period.weekday + 1, "opens": period.opens, "closes": period.closes}
            for period in schedule.periods
        ],
        "closed_on_holidays_of": list(schedule.holiday_calendars),
    }


def official_rows(request: HttpRequest, language: str | None = None) -> QuerySet:
    """Give the public officials by name."""
    rows = pages_of(OfficialPage, request, language).order_by("title", "pk")
    return rows.prefetch_related("terms__post")


def official_data(found: list[OfficialPage], request: HttpRequest) -> list[dict]:
    """Give officials with their terms."""
    return [
        {
            **page_data(official, request),
            "rank": official.rank,
            "terms": [term_data(term) for term in official.terms.all()],
        }
        for official in found
    ]


def term_data(term) -> dict:
    """Give a time in a post."""
    return {
        "post": term.post_id,
        "post_titles": texts_of(term.post.title),
        "heads_the_mission": term.post.is_chief_of_mission,
        "acting": term.acting,
        **span_data(term),
    }


def span_data(span: DatedSpan) -> dict:
    """Give a stretch of time, and say which of its ends nobody knows."""
    end = "known" if span.ends else "goes_on" if span.still else "unknown"
    return {
        "begins": span.begins,
        "begin_is_known": span.begins is not None,
        "ends": span.ends,
        "end": end,
        "seen_on": span.seen_on,
        "source": str(span.source),
    }


def post_data(post: Post) -> dict:
    """Give a post."""
    return {
        "id": post.pk,
        "titles": texts_of(post.title),
        "heads_the_mission": post.is_chief_of_mission,
        "abolished": post.abolished,
        "vacancies": [span_data(vacancy) for vacancy in post.vacancies.all()],
    }
