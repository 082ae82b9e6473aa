"""The desk of a warning in the staff pages: where it stands, what it will say, and what to do next.

What its buttons do is in `steps`.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from advisories import drills, lifecycle
from advisories.addresses import public_address
from advisories.composer import composed
from advisories.deliveries import delivered
from advisories.headlined import headline_of, issued_headlined, under_way_headlined
from advisories.models import Clearance, Issue, Issued, Writer
from advisories.models.issued import once_each, with_zones
from advisories.models.warnings import WarningPage
from advisories.overtaken import is_over, why_too_late
from advisories.quoted import outdated_warnings
from advisories.reviews import reviews_due, reviews_of
from advisories.untold import in_words, untold
from advisories.vocabulary import ENDING, REOPENING, TRANSITIONS, Act, Right, State
from embassy.approval import is_second_person
from embassy.language.languages import language_name
from embassy.mission.belonging import sites_of
from embassy.mission.roots import root_of
from embassy.models import MissionSettings

BEGINNING = [
    (Act.UPDATE, "reopen", REOPENING),
    (Act.CANCEL, "end", ENDING),
    (Act.REVIEWED, "end", ENDING),
]
"""The acts that an issued warning offers buttons for, with their steps."""
LATEST = 20
"""How many warnings that are over, and drills, the overview names."""


def warning_or_404(page_id: int):
    """Find a warning's page in its own type."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, WarningPage):
        raise Http404
    return page


def may_anything(user, site) -> bool:
    """Whether an account has any right to a mission's warnings."""
    return any(lifecycle.may(user, right, site) for right in Right)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what waits for approval, what is being written, and what is in force."""
    sites = sites_at_desk(request.user)
    if not sites:
        raise PermissionDenied
    now = timezone.now()
    rows = Issued.objects.current().filter(site__in=sites).select_related("page", "issue")
    context = owed(request.user, now) | {
        "under_way": under_way_headlined(Clearance.objects.filter(site__in=sites).being_written()),
        "in_force": once_each(rows.in_force(now), get_language()),
        "upcoming": once_each(rows.upcoming(now), get_language()),
        "over": once_each(rows.over(now), get_language())[:LATEST],
        "drills": once_each(
            Issued.objects.filter(site__in=sites).drills().select_related("page", "issue"),
            get_language(),
        )[:LATEST],
    }
    lacking = {one.row.page_id: one for site in sites for one in untold(site, now)}
    for row in [*context["in_force"], *context["upcoming"]]:
        row.lacks = in_words(lacking[row.page_id], now) if row.page_id in lacking else ""
    return TemplateResponse(request, "advisories/desk/overview.html", context)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Show when the advisories of somebody's missions are due for review, the oldest first."""
    sites = sites_at_desk(request.user)
    if not sites:
        raise PermissionDenied
    context = {"reviews": reviews_of(sites, timezone.now())}
    return TemplateResponse(request, "advisories/desk/reviews.html", context)


def sites_at_desk(user) -> list:
    """Give the missions with whose warnings an account may do anything."""
    return [site for site in sites_of(user) if may_anything(user, site)]


def owed(user, at) -> dict:
    """Give what waits: for this reader's own word, for a colleague's, and for an update."""
    sites = sites_at_desk(user)
    approved_here = [site for site in sites if lifecycle.may(user, Right.APPROVE, site)]
    awaiting = awaited(user, sites, approved_here)
    alone = issued_alone(user, sites, approved_here)
    return {
        "to_approve": [one for one in awaiting if one.is_for_reader],
        "awaiting": [one for one in awaiting if not one.is_for_reader],
        "to_confirm": [one for one in alone if one.is_for_reader],
        "unconfirmed": [one for one in alone if not one.is_for_reader],
        "outdated": outdated_warnings(sites, at),
        "due": reviews_due(sites, at),
    }


def awaited(user, sites: list, approved_here: list) -> list[Clearance]:
    """Give what waits for approval, and whether the reader is one who may give it."""
    clearances = Clearance.objects.filter(site__in=sites).select_related("submitted_by")
    found = under_way_headlined(clearances.awaiting())
    known = {site.pk: site for site in sites}
    keys = [one.page_id for one in found]
    written = Writer.objects.under_way().filter(user=user, page__in=keys)
    own = set(written.values_list("page_id", flat=True))
    for one in found:
        one.site = known[one.site_id]  # which has read its mission's clock already, or will once
        one.is_for_reader = one.site in approved_here and one.page_id not in own
    return found


def issued_alone(user, at_desk: list, approved_here: list) -> list[Issue]:
    """Give what one officer issued alone, to everybody who works for the mission.

    `desk_id` leads to the desk of a mission at whose desk they may do anything; else it is empty.
    """
    known = {site.pk: site for site in sites_of(user)}
    alone = with_zones(Issue.objects.filter(site__in=known).unconfirmed())
    found = issued_headlined(alone.select_related("approver"))
    for issue in found:
        issue.site = known[issue.site_id]
        issue.desk_id = issue.page_id if issue.site in at_desk else None
        another = is_second_person(user, [issue.approver_id, *issue.writers])
        issue.is_for_reader = issue.site in approved_here and another
    return found


def alerts_in_force(user, at) -> list[Issued]:
    """Give the alerts in force at somebody's desk, those that end first coming first."""
    rows = Issued.objects.filter(site__in=sites_at_desk(user)).alerts().current().in_force(at)
    return once_each(rows.ending_first().select_related("page", "issue"), get_language())


@require_safe
def desk(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show one warning: its state, its checklist, all its faces, and the steps there are."""
    page = warning_or_404(page_id)
    clearance = lifecycle.clearance_of(page)
    if not may_anything(request.user, clearance.site):
        raise PermissionDenied
    now = timezone.now()
    mission = MissionSettings.for_site(clearance.site)
    words = page.get_latest_revision_as_object()
    languages = languages_of(page)
    issues = with_zones(Issue.objects.of(page)).select_related("approver")
    unconfirmed = list(issues.unconfirmed())
    context = {
        "page": page,
        "headline": headline_of(words),
        "clearance": clearance,
        "under_way": lifecycle.under_way(page, clearance),
        "steps": steps_for(request.user, page, clearance, now),
        "is_over": is_over(page, now),
        "issues": issues,
        "delivered": delivered(page_id),
        "languages": languages,
        "lacks_language": bool({*mission.languages} - {one["code"] for one in languages}),
        "acts": Act,
        "may_write": lifecycle.may(request.user, Right.WRITE, clearance.site),
        "incident": getattr(words, "incident", None),
        "unconfirmed": next(iter(unconfirmed), None),
        "unconfirmed_keys": {issue.pk for issue in unconfirmed},
        "public_address": public_address(page, clearance.site, get_language()),
    }
    context |= composed(words, clearance, now)
    context |= drill_addresses(clearance.site, context["issues"].first())
    return TemplateResponse(request, "advisories/desk/desk.html", context)


def drill_addresses(site, issue: Issue | None) -> dict:
    """Give where participants see a drill; nothing for what is meant."""
    if issue is None or not issue.is_drill:
        return {}
    token = drills.token_for(site)
    page = reverse("drill", args=[token, issue.page_id, issue.number])
    feed = reverse("drills", args=[token])
    return {"drill_address": root_of(site) + page, "drill_feed": root_of(site) + feed}


def steps_for(user, page, clearance: Clearance, at) -> dict[str, bool]:
    """Say which steps an account may take now; the lifecycle itself asks again."""
    found = {}
    for name, transition in TRANSITIONS.items():
        allowed = clearance.state in transition.sources
        allowed = allowed and transition.of_end in (None, clearance.is_end)
        allowed = allowed and lifecycle.may(user, transition.right, clearance.site)
        if allowed and transition.by_another:
            allowed = is_second_person(user, lifecycle.writers_of(page))
        found[name] = allowed
    for act, name, acts in BEGINNING:
        in_time = not why_too_late(page, act, at)
        found[act] = found[name] and act in acts[page.issued_kind] and in_time
    if why_too_late(page, clearance.act, at):
        found |= dict.fromkeys(("submit", "approve", "break_glass"), False)
    waits = clearance.state == State.REVIEW
    found["own_words"] = waits and not is_second_person(user, lifecycle.writers_of(page))
    return found


def languages_of(page) -> list[dict]:
    """Give the languages a warning was issued in, for the sentences that end it."""
    rows = Issued.objects.current_of(page)
    return [{"code": row.language, "name": language_name(row.language)} for row in rows]
