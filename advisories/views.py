"""Public views around warnings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories.models import Issue, Issued
from advisories.vocabulary import Act


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a verification code stands for, and whether that still holds."""
    issues = Issue.objects.actual().for_site(Site.find_for_request(request))
    issue = code.isalnum() and issues.filter(code=code.upper()).select_related("page").first()
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
    return gettext("Genuine, and no longer in force")
