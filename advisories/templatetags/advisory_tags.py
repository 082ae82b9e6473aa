"""What every page may ask of the warnings: which are in force now."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from advisories.addresses import page_address
from advisories.faces.outcome import outcome_in_words
from advisories.models import Issued
from advisories.models.frozen_text import show_html
from advisories.moments import overdue_from
from advisories.reviews import overdue_since
from advisories.standing import standing_rows
from advisories.vocabulary import Level, Severity, Urgency
from embassy.language.languages import with_prefix
from embassy.mission.roots import root_of
from embassy.models import MissionSettings
from embassy.templatetags.embassy_tags import quoting

register = template.Library()
ATOM = "application/atom+xml"
IN_BANNER = 3
"""How many alerts the banner names: with more, nothing else would be seen on a phone."""
SEVERITIES, URGENCIES = Severity.values, Urgency.values


@dataclass(frozen=True)
class Standing:
    """What stands at the moment of reading."""

    alerts: list[dict]
    advisory: dict | None

    @property
    def foremost(self) -> list[dict]:
        """The alerts that every page names: the gravest."""
        return self.alerts[:IN_BANNER]

    @property
    def others(self) -> int:
        """How many more alerts are in force."""
        return len(self.alerts) - len(self.foremost)

    @property
    def last_alert_end(self) -> datetime | None:
        """When no alert is in force any more by itself; None where one has no end."""
        ends = [alert["ends"] for alert in self.alerts]
        return max(ends) if ends and all(ends) else None

    @property
    def first_other_end(self) -> datetime | None:
        """When there are fewer others than now."""
        ends = [alert["ends"] for alert in self.alerts[IN_BANNER:] if alert["ends"]]
        return min(ends, default=None)

    @property
    def first_end(self) -> datetime | None:
        """When the first of the alerts ends."""
        return min((alert["ends"] for alert in self.alerts if alert["ends"]), default=None)

    @property
    def list_url(self) -> str:
        """Where all alerts are listed: the page above each of them."""
        return self.alerts[0]["url"].rstrip("/").rpartition("/")[0] + "/" if self.alerts else ""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing grave is in force: a closed office is no alarm."""
        return all(alert["severity"] == Severity.MINOR for alert in self.alerts)


@register.simple_tag(takes_context=True)
def standing(context) -> Standing | None:
    """Give the alerts in force and the travel advisory, in one query a request."""
    request = context.get("request")
    if request is None:
        return None
    if not hasattr(request, "_standing"):
        request._standing = read_standing(Site.find_for_request(request), timezone.now())
    return request._standing


def read_standing(site: Site | None, at) -> Standing | None:
    """Read what stands in a mission at a moment, each warning in the reader's language."""
    if site is None:
        return None
    rows = [row for row in standing_rows(site, at) if row["effective"] <= at]
    rows = [row for row in rows if row["expires"] is None or row["expires"] > at]
    chosen: dict[int, dict] = {}
    for row in rows:
        if row["page_id"] not in chosen or row["language"] == get_language():
            chosen[row["page_id"]] = entry(row, site, at)
    advisory = [e for e in chosen.values() if e["level"]]
    alerts = sorted((e for e in chosen.values() if not e["level"]), key=gravity)
    return Standing(alerts, advisory[0] if advisory else None)


@register.filter
def frozen_html(html: str) -> SafeString:
    """Show rich text of a frozen row; it was checked by the editor that wrote it."""
    return mark_safe(show_html(html))


@register.filter
def address_here(page) -> str:
    """Give the address of a page of warnings in the reader's language."""
    return page_address(page)


@register.simple_tag(takes_context=True)
def lasting_address(context) -> str:
    """Give the whole address of the issue that a page shows, which it keeps for good."""
    page, issue = context["page"], context.get("issue")
    site = Site.find_for_request(context["request"])
    if issue is None or site is None or getattr(context["request"], "is_preview", False):
        return ""
    name = next(name for name, one in page.issues_by_name.items() if one.pk == issue.pk)
    return f"{root_of(site)}{page_address(page)}{name}/"


@register.filter
def warning_url(row: Issued) -> str:
    """Give the address of an issued warning in the reader's language."""
    return address_here(row.page)


@register.filter
def sender_here(row: Issued, mission: MissionSettings) -> str:
    """Name who issued a warning: the mission in the reader's language, or the name it had then."""
    if not row.sender or row.sender in mission.name.values():
        return str(mission.name)
    return quoting(row.language, row.sender)


@register.filter
def until(moment: datetime | None) -> SafeString:
    """Give the attribute of what is hidden from a moment on, on devices that show it later."""
    return format_html(' data-until="{}"', milliseconds(moment)) if moment else mark_safe("")


@register.filter
def after(moment: datetime | None) -> SafeString:
    """Give the attributes of what is shown from a moment on, on devices that show it later."""
    return format_html(' hidden data-after="{}"', milliseconds(moment)) if moment else hidden()


def milliseconds(moment: datetime) -> int:
    """Give a moment as scripts count, never later than it is."""
    return int(moment.timestamp() * 1000)


def hidden() -> SafeString:
    """Give the attribute of what is never shown."""
    return mark_safe(" hidden")


@register.filter
def zone_of(row: Issued, mission: MissionSettings) -> str:
    """Give the zone on whose clock the times of an issued warning are told."""
    return row.zone_or(mission.time_zone)


@register.simple_tag
def outcome(last: Issued, at: datetime, zone: str) -> str:
    """Say what became of a warning, on its clock or else that of `zone`; nothing while it holds."""
    return outcome_in_words(last, at, zone)


@register.filter
def level_name(level: int) -> str:
    """Name a level in the reader's language, whatever language the advisory itself is in."""
    return str(Level(level).label)


def gravity(alert: dict) -> tuple[int, int]:
    """Give what alerts are ordered by: the gravest first, then those to act on soonest."""
    return SEVERITIES.index(alert["severity"]), URGENCIES.index(alert["urgency"])


def entry(row: dict, site: Site, at) -> dict:
    """Give what a banner shows of a warning, and since when its review is overdue."""
    path = row["page__url_path"][len(site.root_page.url_path) - 1 :]
    level = int(row["level"]) if row["level"] else None
    return {
        "title": row["title"],
        "language": row["language"],
        "severity": row["severity"],
        "urgency": row["urgency"],
        "code": row["code"],
        "kind_name": row["kind_name"],
        "level": level,
        "level_name": level_name(level) if level else "",
        "url": with_prefix(path, get_language()),
        "ends": row["expires"],
        "review_due": overdue_at(row, site, at) if level else None,
        "overdue_from": overdue_from(row, site) if level else None,
    }


def overdue_at(row: dict, site: Site, at) -> date | None:
    """Give since when an advisory's review is overdue, by the mission's clock."""
    clock = ZoneInfo(MissionSettings.for_site(site).time_zone)
    reviewed = date.fromisoformat(row["reviewed_on"])
    return overdue_since(int(row["level"]), reviewed, at.astimezone(clock).date())


@register.simple_tag
def alert_feeds() -> list[dict]:
    """Give where programs follow the alerts, in plain words."""
    return [
        feed(_("Alerts in force, for a feed reader (Atom)"), "alerts_atom", ATOM),
        feed(_("Alerts in force, for a feed reader (RSS)"), "alerts_rss", "application/rss+xml"),
        feed(_("All alerts ever issued (Atom)"), "alerts_archive", ATOM),
        feed(_("Alerts in force, for warning systems (CAP)"), "cap_index", ATOM),
        feed(_("Alerts in force, for maps (GeoJSON)"), "alerts_geojson", "application/geo+json"),
    ]


@register.simple_tag
def advisory_feeds() -> list[dict]:
    """Give where programs follow the travel advisory, in plain words."""
    return [
        feed(_("Travel advisory, for a feed reader (Atom)"), "advisory_atom", ATOM),
        feed(_("Travel advisory, for programs (JSON)"), "advisory_json", "application/json"),
        feed(_("Levels of areas, for maps (GeoJSON)"), "advisory_areas", "application/geo+json"),
    ]


def feed(text: str, name: str, kind: str) -> dict:
    """Give an address that programs read, with its words and its type."""
    return {"text": text, "url": reverse(name), "type": kind}
