"""Public views around warnings."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories import published
from advisories.faces import data, geojson
from advisories.faces.feed_entry import CAP_TYPE
from advisories.faces.outcome import Outcome, outcome_in_words, outcome_of, replaced_in_words
from advisories.models import Issue, Issued
from advisories.models.issued import once_each
from embassy.cache import readers_keep
from embassy.machines.public_data import asked_of, json_response, public_data, read_only
from embassy.models import MissionSettings
from embassy.views import page


@read_only
def travel_advisory(request: HttpRequest) -> HttpResponse:
    """Show the page of the travel advisory; where none was ever issued, say so."""
    try:
        return page(request, "travel-advisory/")
    except Http404:
        site, mission = Site.find_for_request(request), MissionSettings.for_request(request)
        if mission is None or Issue.objects.for_site(site).advisories().actual().exists():
            raise
    readers_keep(request)
    return TemplateResponse(request, "advisories/no_advisory.html")


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a verification code stands for, and whether that still holds."""
    issue = Issue.objects.for_site(Site.find_for_request(request)).known_by(code)
    if issue is None:
        raise Http404
    rows = Issued.objects.filter(page=issue.page_id, number__gte=issue.number)
    rows = rows.select_related("page", "issue").order_by("number", "pk")
    record = once_each(rows, get_language(), by="issue_id")
    context = {"issue": issue, "row": record[0], **holds(record, timezone.now(), request)}
    return TemplateResponse(request, "advisories/verify.html", context)


GENUINE = {
    Outcome.IN_FORCE: _("Genuine, and still in force"),
    Outcome.UPCOMING: _("Genuine, and not yet in force"),
    Outcome.CANCELLED: _("Genuine: the alert was cancelled"),
    Outcome.ALL_CLEAR: _("Genuine: the all clear was given"),
    Outcome.OVER: _("Genuine, and no longer in force"),
    Outcome.PAST: _("Genuine, and no longer in force"),
}


def holds(record: list[Issued], at: datetime, request: HttpRequest) -> dict:
    """Say whether the first of some issues still holds, and what became of it and of the warning.

    `record` is that issue and all that followed on it, in their order.
    """
    zone, last = MissionSettings.for_request(request).time_zone, record[-1]
    outcome, told = outcome_of(last, at), [outcome_in_words(last, at, zone)]
    state = GENUINE[outcome]
    if len(record) > 1:
        told.insert(0, replaced_in_words(record[1].issue.sent, record[1].zone_or(zone)))
        if outcome in (Outcome.IN_FORCE, Outcome.UPCOMING):
            state = _("Genuine, and replaced since")
    return {"state": state, "told": [words for words in told if words]}


@public_data
def cap_message(request: HttpRequest, slug: str, number: str | None = None) -> HttpResponse:
    """Give an alert's CAP message as it was issued, byte for byte: the latest, or one by number."""
    site, _mission = asked_of(request)
    issues = Issue.objects.for_site(site).alerts().actual().filter(page__slug=slug)
    wanted = issues.filter(number=number) if number else issues.order_by("page", "-number")
    issue = wanted.exclude(cap="").first()
    if issue is None:
        raise Http404
    response = HttpResponse(issue.cap, content_type=f"{CAP_TYPE}; charset=utf-8")
    if number:  # what has a number never changes
        response["Last-Modified"] = http_date(issue.sent.timestamp())
    return response


@public_data
def alerts_geojson(request: HttpRequest) -> HttpResponse:
    """Give all alerts in force with their places, in every language at once."""
    site, mission = asked_of(request)
    found = published.published(published.alerts(site, timezone.now()))
    languages = [mission.first_language, *mission.languages]
    return json_response(geojson.collection(found, languages, request), "application/geo+json")


@public_data
def advisory_json(request: HttpRequest) -> HttpResponse:
    """Give the travel advisory as it was last issued, in every language at once."""
    site, mission = asked_of(request)
    found = published.published(published.advisories(site)[:1])
    if not found:
        raise Http404
    return json_response(data.advisory_data(found[0], mission, timezone.now(), request))


@public_data
def advisory_areas(request: HttpRequest) -> HttpResponse:
    """Give the areas of the travel advisory with a level of their own, for maps."""
    found = published.published(published.advisories(asked_of(request)[0])[:1])
    if not found:
        raise Http404
    return json_response(geojson.levels(found[0], request), "application/geo+json")
