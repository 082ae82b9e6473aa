"""Public views around warnings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories import published
from advisories.faces import data, geojson
from advisories.faces.feed_entry import CAP_TYPE
from advisories.models import Issue, Issued
from advisories.vocabulary import Act
from embassy.cache import readers_keep
from embassy.models import MissionSettings
from embassy.public_data import asked_of, json_response, public_data, read_only
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
    issues = Issue.objects.actual().for_site(Site.find_for_request(request))
    code = code.replace("-", "").replace(" ", "").upper()  # however somebody copied it down
    issue = code.isalnum() and issues.filter(code=code).select_related("page").first()
    if not issue:
        raise Http404
    rows = list(issue.rows.select_related("page").order_by("pk"))
    row = next((row for row in rows if row.language == get_language()), rows[0])
    context = {"issue": issue, "row": row, "state": state_of(issue, row, timezone.now())}
    return TemplateResponse(request, "advisories/verify.html", context)


def state_of(issue: Issue, row: Issued, at) -> str:
    """Say in a few words whether an issue still holds at a moment."""
    if Issue.objects.filter(page_id=issue.page_id, number__gt=issue.number).exists():
        return gettext("Genuine, and replaced since")
    if issue.act == Act.CANCEL:
        return gettext("Genuine: the alert was cancelled")
    if issue.act == Act.ALL_CLEAR:
        return gettext("Genuine: the all clear was given")
    if row.is_in_force(at):
        return gettext("Genuine, and still in force")
    if row.effective > at and not row.is_historic:
        return gettext("Genuine, and not yet in force")
    return gettext("Genuine, and no longer in force")


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
