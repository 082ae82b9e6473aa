"""The page of an incident: everything that was said about it, in the order it was said."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories.models import Incident, Issued
from advisories.models.issued import once_each
from embassy.fields import Texts


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
    rows = Issued.objects.for_site(site).alerts().about(incident).select_related("page", "issue")
    told = once_each(rows, get_language(), by="issue_id")
    if not told:
        raise Http404
    last: dict[int, int] = {}
    for row in told:
        last[row.page_id] = max(row.number, last.get(row.page_id, 0))
    now = timezone.now()
    entries = [
        {
            "row": row,
            "name": str(row.number),
            "is_last": last[row.page_id] == row.number,
            "in_force": last[row.page_id] == row.number and row.is_in_force(now),
        }
        for row in told
    ]
    context = {"entries": entries, "name": name_of(told), "begun": begun(told[0])}
    return TemplateResponse(request, "advisories/incident.html", context)
