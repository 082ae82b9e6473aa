"""The page of an incident: everything that was said about it, in the order it was said."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories.models import Incident, Issued


@require_safe
def timeline(request: HttpRequest, number: int) -> HttpResponse:
    """Show an incident of which something was issued; of others readers know nothing."""
    site = Site.find_for_request(request)
    incident = Incident.objects.for_site(site).filter(pk=number).first()
    if incident is None:
        raise Http404
    rows = Issued.objects.for_site(site).alerts().about(incident).select_related("page", "issue")
    told = once_an_issue(rows, get_language())
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
    context = {"incident": incident, "entries": entries}
    return TemplateResponse(request, "advisories/incident.html", context)


def once_an_issue(rows, language: str) -> list[Issued]:
    """Keep one row of each issue: the one in a language, or else the first there is."""
    chosen: dict[int, Issued] = {}
    for row in rows:
        if row.issue_id not in chosen or row.language == language:
            chosen[row.issue_id] = row
    return list(chosen.values())
