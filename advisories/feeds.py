"""Feeds of warnings, in the reader's language: what is in force, what ever was, what CAP says.

They keep their addresses whatever becomes of the pages: an unpublished, renamed or moved list of
alerts silences none of them. A feed of what is in force holds all of it, never the newest few.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Site

from advisories import published
from advisories.addresses import page_address
from advisories.faces.feed_entry import advisory_entry, alert_entry, archived_entry, cap_entry
from advisories.models import AlertIndexPage, Issue, TravelAdvisoryPage
from embassy.cache import ends_at
from embassy.machines.feeds import Atom, Entry, FeedOf, Link, Rss, feed_response
from embassy.machines.public_data import asked_of, public_data, tag
from embassy.models import MissionSettings

PER_PAGE = 50


@dataclass(frozen=True)
class Reader:
    """Who asks for a feed: of which mission, in which language, when."""

    request: HttpRequest
    site: Site
    mission: MissionSettings
    language: str
    at: datetime

    def feed(self, name: str, title: str, updated: datetime | None, **details) -> FeedOf:
        """Give a feed of the mission."""
        return FeedOf(
            id=tag(self.site, f"{name}/{self.language}"),
            title=title,
            author=str(self.mission.name),
            language=self.language,
            url=self.request.build_absolute_uri(),
            updated=updated or published.BEGINNING,
            **details,
        )

    def address(self, path: str) -> str:
        """Give an address with the host the request came to."""
        return self.request.build_absolute_uri(path)

    def address_of_list(self) -> str:
        """Give the address of the list of alerts, or of the home page where there is none."""
        home = self.site.root_page
        page = AlertIndexPage.objects.child_of(home).first() or home
        return self.address(page_address(page, self.language))


def reader_of(request: HttpRequest, at: datetime) -> Reader:
    """Give who asks."""
    site, mission = asked_of(request)
    return Reader(request, site, mission, get_language(), at)


@public_data
def alerts_atom(request: HttpRequest) -> HttpResponse:
    """Give all alerts in force as Atom."""
    return feed_response(alerts_in_force(reader_of(request, timezone.now())), Atom)


@public_data
def alerts_rss(request: HttpRequest) -> HttpResponse:
    """Give all alerts in force as RSS."""
    return feed_response(alerts_in_force(reader_of(request, timezone.now())), Rss)


def alerts_in_force(reader: Reader) -> FeedOf:
    """Give the feed of all alerts in force; it changes when one of them ends, too."""
    found = published.published(published.alerts(reader.site, reader.at))
    return reader.feed(
        "alerts",
        _("Alerts in force: %(mission)s") % {"mission": reader.mission.name},
        published.changed_at(reader.site, reader.at),
        subtitle=_("All alerts in force now, and only those."),
        page_url=reader.address_of_list(),
        entries=[alert_entry(one, reader.language, reader.request) for one in found],
        links=(Link("related", reader.address(reverse("alerts_archive")), "application/atom+xml"),),
    )


@public_data
def alerts_archive(request: HttpRequest) -> HttpResponse:
    """Give whatever was issued to the public, in parts that never change (RFC 5005).

    Without `page` the newest issues; the parts before them hold fifty each, the oldest in part 1.
    """
    reader = reader_of(request, timezone.now())
    issues = published.every_issue_of_alerts(reader.site)
    count = issues.count()
    full = count // PER_PAGE
    asked = request.GET.get("page")
    if asked is None:
        kept = newest(issues)
        before = full if count > PER_PAGE else 0
        updated = kept[-1].issue.sent if kept else None
        return feed_response(archive(reader, kept[::-1], before, updated=updated))
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    if not 1 <= number <= full:
        raise Http404
    part = published.published(issues[PER_PAGE * (number - 1) : PER_PAGE * number])
    current = Link("current", reader.address(reverse("alerts_archive")))
    feed = archive(
        reader, part, number - 1, updated=part[-1].issue.sent, links=(current,), is_archive=True
    )
    return feed_response(feed)


def newest(issues) -> list[published.Published]:
    """Give the newest issues, the oldest of them first."""
    return published.published(issues.order_by("-pk")[:PER_PAGE])[::-1]


def archive(reader: Reader, found, before: int, links=(), **details) -> FeedOf:
    """Give a part of the archive, which leads to the part before it."""
    address = reader.address(reverse("alerts_archive"))
    earlier = (Link("prev-archive", f"{address}?page={before}"),) if before else ()
    return reader.feed(
        "archive",
        _("All alerts ever issued: %(mission)s") % {"mission": reader.mission.name},
        subtitle=_("Every issue of every alert, in force or over; for the record."),
        page_url=reader.address_of_list(),
        entries=[archived_entry(one, reader.language, reader.request) for one in found],
        links=(*links, *earlier),
        **details,
    )


@public_data
def cap_index(request: HttpRequest) -> HttpResponse:
    """Give the CAP messages in force, each at its lasting address.

    What cancels an alert, or gives the all clear, stays listed until the alert would have ended by
    itself: whoever has read of the alert here reads of its end here. The messages hold all
    languages; the index speaks the mission's first.
    """
    site, mission = asked_of(request)
    with override(mission.first_language):
        reader = reader_of(request, timezone.now())
        issues = Issue.objects.for_site(site).in_cap_index(reader.at).with_first_sent()
        entries = [cap_entry(one, reader.language, request) for one in published.published(issues)]
        ends_at(request, published.cap_next_change(site, reader.at))
        return feed_response(cap_feed(reader, entries))


def cap_feed(reader: Reader, entries: list[Entry]) -> FeedOf:
    """Give the index of CAP messages as a feed."""
    return reader.feed(
        "cap",
        _("CAP messages in force: %(mission)s") % {"mission": reader.mission.name},
        published.cap_changed_at(reader.site, reader.at),
        subtitle=_("Common Alerting Protocol 1.2, each message with all its languages."),
        page_url=reader.address_of_list(),
        entries=entries,
    )


@public_data
def advisory_atom(request: HttpRequest) -> HttpResponse:
    """Give every issue of the travel advisory at its dated address, the latest first."""
    reader = reader_of(request, timezone.now())
    latest = published.advisories(reader.site).first()
    if latest is None:
        raise Http404
    page = TravelAdvisoryPage.objects.get(pk=latest.page_id)
    names = {issue.pk: name for name, issue in page.issues_by_name.items()}
    found = published.published(Issue.objects.of(page).actual())
    feed = reader.feed(
        "advisory",
        _("Travel advisory: %(mission)s") % {"mission": reader.mission.name},
        latest.sent,
        subtitle=_("Every issue of the travel advisory, the latest first."),
        page_url=reader.address(page_address(page, reader.language)),
        entries=[
            advisory_entry(one, names[one.issue.pk], reader.language, request) for one in found
        ],
        links=(Link("related", reader.address(reverse("advisory_json")), "application/json"),),
    )
    return feed_response(feed)
