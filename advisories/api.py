"""Warnings as data: those in force unless more is asked for; drills are nowhere."""

from typing import Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query

from advisories import published
from advisories.addresses import cap_address, page_address
from advisories.faces.data import advisory_data, alert_data, issue_data
from advisories.models import Issue, TravelAdvisoryPage
from advisories.published import Published
from advisories.schemas import AdvisoryInFull, AdvisoryOut, AlertInFull, AlertOut
from embassy.api import Listing, Window, described, resource, window_of
from embassy.machines.public_data import asked_of
from embassy.models import MissionSettings

alerts = resource("alerts", "Warnings")
advisories = resource("advisories", "Warnings")


class AlertsWindow(Window):
    """Which alerts are asked for."""

    state: Literal["in_force", "upcoming", "over", "all"] = Field(
        "in_force", description="Those in force now, unless others are asked for."
    )


@alerts.get("", response=described(Listing[AlertOut]))
def list_alerts(request: HttpRequest, asked: Query[AlertsWindow]):
    """The alerts in force now; others by `state`. The latest issued first."""
    site, mission = asked_of(request)
    at = timezone.now()
    rows = published.with_rows(published.alerts(site, at, asked.state))

    def make(found: list[Issue]) -> list[dict]:
        """Give alerts as data."""
        return [alert_data(one, mission, at, request) for one in published.each(found)]

    return window_of(request, rows, asked, make)


@alerts.get("/{int:key}", response=described(AlertInFull))
def read_alert(request: HttpRequest, key: int):
    """One alert, in force or over, with everything that was issued of it."""
    site, mission = asked_of(request)
    at = timezone.now()
    one = the_one(published.alerts(site, at, "all"), key)
    names = {issue.pk: str(issue.number) for issue in Issue.objects.of(one.page)}
    return {
        **alert_data(one, mission, at, request),
        "issues": issues_of(one, names, mission, request),
    }


@advisories.get("", response=described(Listing[AdvisoryOut]))
def list_advisories(request: HttpRequest, asked: Query[Window]):
    """The mission's travel advisory as it was last issued."""
    site, mission = asked_of(request)
    at = timezone.now()
    rows = published.with_rows(published.advisories(site))

    def make(found: list[Issue]) -> list[dict]:
        """Give advisories as data."""
        return [advisory_data(one, mission, at, request) for one in published.each(found)]

    return window_of(request, rows, asked, make)


@advisories.get("/{int:key}", response=described(AdvisoryInFull))
def read_advisory(request: HttpRequest, key: int):
    """One travel advisory with everything that was issued of it."""
    site, mission = asked_of(request)
    at = timezone.now()
    one = the_one(published.advisories(site), key)
    page = TravelAdvisoryPage.objects.get(pk=key)
    names = {issue.pk: name for name, issue in page.issues_by_name.items()}
    return {
        **advisory_data(one, mission, at, request),
        "issues": issues_of(one, names, mission, request),
    }


def the_one(issues, key: int) -> Published:
    """Give the warning with an id; of drills and drafts there is none."""
    found = published.published(issues.filter(page=key)[:1])
    if not found:
        raise Http404
    return found[0]


def issues_of(
    one: Published, names: dict[int, str], mission: MissionSettings, request: HttpRequest
) -> list[dict]:
    """Give what was issued of a warning; `names` are the last parts of the addresses."""
    absolute = request.build_absolute_uri
    base = page_address(one.page, mission.first_language)
    return [
        {
            **issue_data(issue),
            "url": absolute(f"{base}{names[issue.pk]}/"),
            "cap": absolute(cap_address(one.page, issue.number)) if issue.cap else None,
        }
        for issue in Issue.objects.of(one.page)
    ]
