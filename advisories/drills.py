"""Exercises and tests as their participants see them: at secret addresses, watermarked, apart.

No public face knows of drills. Who takes part is given an address that holds for some weeks and
leads to the drills of one mission only; staff find it on the desk. It is never kept by caches.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Site

from advisories.faces.outcome import replaced_in_words
from advisories.faces.page import ending_of, facts_of
from advisories.models import Issue, Issued
from advisories.models.issued import once_each
from advisories.published import BEGINNING, last_change
from embassy.machines.feeds import Entry, FeedOf, feed_response
from embassy.machines.public_data import tag
from embassy.models import MissionSettings

HOLDS_FOR = timedelta(days=30)
SALT = "advisories.drills"


def token_for(site: Site) -> str:
    """Give the secret part of the address of a mission's drills."""
    return signing.dumps(site.pk, salt=SALT)


def for_participants(view: Callable) -> Callable:
    """Answer only at an address that was given out for the mission a request is for."""

    @wraps(view)
    def checked(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        site = Site.find_for_request(request)
        try:
            found = signing.loads(token, salt=SALT, max_age=HOLDS_FOR)
        except signing.BadSignature:
            raise Http404 from None
        if site is None or found != site.pk:
            raise Http404
        response = view(request, token=token, site=site, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return require_safe(never_cache(checked))


@for_participants
def feed(request: HttpRequest, token: str, site: Site) -> HttpResponse:
    """Give a mission's drills in force as a feed."""
    now = timezone.now()
    drills = Issued.objects.for_site(site).drills()
    rows = drills.in_force(now).select_related("issue")
    mission = MissionSettings.for_site(site)
    language = get_language()
    found = FeedOf(
        id=tag(site, "drills"),
        title=_("EXERCISE: alerts of the %(mission)s") % {"mission": mission.name},
        subtitle=_("Not real. For those who take part in the exercise."),
        author=str(mission.name),
        language=language,
        url=request.build_absolute_uri(),
        page_url=request.build_absolute_uri("/"),
        updated=last_change(drills, now) or BEGINNING,
        entries=[entry_of(row, token, request) for row in once_each(rows, language)],
    )
    return feed_response(found)


def entry_of(row: Issued, token: str, request: HttpRequest) -> Entry:
    """Give a drill as an entry, which says in its own language that it is none."""
    with override(row.language):
        status = row.issue.get_status_display().upper()
        address = reverse("drill", args=[token, row.page_id, row.number])
    return Entry(
        id=tag(row.site, f"drill/{row.page_id}"),
        title=f"{status}: {row.title}",
        url=request.build_absolute_uri(address),
        summary=f"{status}: {row.opening}",
        published=row.issue.sent,
        updated=row.issue.sent,
        language=row.language,
    )


def issue_or_404(site: Site, page_id: int, number: int) -> Issue:
    """Find an issue of a drill of a mission."""
    issues = Issue.objects.for_site(site).filter(page_id=page_id, number=number)
    issue = issues.first()
    if issue is None or not issue.is_drill:
        raise Http404
    return issue


@for_participants
def page(request: HttpRequest, token: str, site: Site, page_id: int, number: int) -> HttpResponse:
    """Show an issue of a drill under its watermark."""
    issue = issue_or_404(site, page_id, number)
    rows = Issued.objects.filter(page=page_id, number__gte=number).select_related("issue")
    rows = list(rows.order_by("number", "pk"))
    record = once_each(rows, get_language(), by="issue_id")
    row, later, last = record[0], next(iter(record[1:]), None), record[-1]
    zone = MissionSettings.for_site(site).time_zone
    context = {
        "warning": row,
        "issue": issue,
        "last": last,
        "facts": facts_of(row, zone, rows[0].language),
        "replaced": replaced_in_words(later.issue.sent, later.zone_or(zone)) if later else "",
        "ending": ending_of(last, timezone.now(), zone),
        "cap": reverse("drill_cap", args=[token, page_id, number]),
        "last_url": reverse("drill", args=[token, page_id, last.number]),
        "feed": reverse("drills", args=[token]),
    }
    return TemplateResponse(request, "advisories/drill.html", context)


@for_participants
def cap(request: HttpRequest, token: str, site: Site, page_id: int, number: int) -> HttpResponse:
    """Give the CAP message of an issue of a drill; its status says that it is none."""
    issue = issue_or_404(site, page_id, number)
    return HttpResponse(issue.cap, content_type="application/cap+xml; charset=utf-8")
