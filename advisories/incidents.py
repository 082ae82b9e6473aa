"""The page of an incident: everything that was said about it, in the order it was said."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories.faces.outcome import end_in_words, outcome_in_words, replaced_in_words
from advisories.models import Incident, Issued
from advisories.models.issued import once_each
from embassy.fields import Texts
from embassy.models import MissionSettings


def name_of(told: list[Issued]) -> str:
    """Give what the incident was called, in the reader's language, when it was last spoken of."""
    last = told[-1]
    names = Texts(last.content.get("incident_names") or {})
    return str(names) or last.content.get("incident_name") or last.title


def begun(first: Issued) -> datetime:
    """Give when the first that was said of it was said, or held for a message of the past."""
    return first.effective if first.is_historic else first.issue.sent


@require_safe
def timeline(request: HttpRequest, number: int) -> HttpResponse:
    """Show an incident of which something was issued; of others readers know nothing."""
    site = Site.find_for_request(request)
    incident = Incident.objects.for_site(site).filter(pk=number).first()
    if incident is None:
        raise Http404
    rows = Issued.objects.for_site(site).alerts().that_were_about(incident)
    record = once_each(rows.select_related("page", "issue"), get_language(), by="issue_id")
    told = [row for row in record if row.content.get("incident") == incident.pk]
    if not told:
        raise Http404
    zone, now = MissionSettings.for_site(site).time_zone, timezone.now()
    entries = [entry_of(row, record, now, zone) for row in told]
    context = {"entries": entries, "name": name_of(told), "begun": begun(told[0])}
    return TemplateResponse(request, "advisories/incident.html", context)


def entry_of(row: Issued, record: list[Issued], at: datetime, zone: str) -> dict:
    """Give what was said at one time, and what became of it by the whole record of its alert."""
    later = [one for one in record if one.page_id == row.page_id and one.number > row.number]
    if later:
        outcome = replaced_in_words(later[0].issue.sent, later[0].zone_or(zone))
    else:
        outcome = outcome_in_words(row, at, zone)
    return {
        "row": row,
        "name": str(row.number),
        "is_last": not later,
        "outcome": outcome,
        "end": end_in_words(row, zone),
    }
