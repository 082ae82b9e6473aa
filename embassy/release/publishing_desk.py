"""The desk of a page: what would go out, what changes by it, who wrote it, and what to do next.

Each button posts to one view that takes one step of `publishing`. What is refused comes back as a
sentence, and nothing that was typed is lost.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Comment, Page, WorkflowState

from embassy import approval
from embassy.acts.proof import given_in, prove
from embassy.approval import Refused
from embassy.clock import clocks
from embassy.mission.belonging import site_of, sites_of
from embassy.models import BrokenGlass, MissionSettings, PageWriter, User
from embassy.models.workflow import approved_by, reading_of
from embassy.release import publishing
from embassy.release.differences import changed_links, differences
from embassy.texts.writing import Remark, remarks_on
from embassy.translations import originals
from embassy.translations import steps as translations
from embassy.translations.memory import translation_of
from embassy.translations.screens import remarks_so_far

Step = Callable[[HttpRequest, Page], str]
DESK = "publishing_desk"


def page_or_404(request: HttpRequest, page_id: int) -> Page:
    """Find a page of the user's missions that goes out by two people."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not approved_by(page) or site_of(page) not in sites_of(request.user):
        raise Http404
    return page


@require_safe
def desk(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what of a page is not public yet beside what is, and the steps there are."""
    page = page_or_404(request, page_id)
    site = site_of(page)
    approves = approval.has_role(request.user, site, approved_by(page))
    if not approves and not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    revision = page.get_latest_revision()
    words = revision.as_object() if revision else page
    zone, now = MissionSettings.for_site(site).time_zone, timezone.now()
    context = people(page, site) | {
        "page": page,
        "words": words,
        "zone": zone,
        "schedule": schedule_of(page, words, revision, zone, now),
        "is_for_later": bool(words.go_live_at and words.go_live_at > now),
        "revision": revision,
        "read": reading_of(revision) if revision else "",
        "state": publishing.last_state(page),
        "waits": publishing.waiting(page).exists(),
        "is_public": not is_under_way(page),
        "is_approved": publishing.is_approved(page),
        "differences": differences(request, page, words),
        "comments": open_comments(page),
        "links": changed_links(page, words),
        "remarks": remarks_about(page, words, site),
        "outlived": originals.beside(page, request.user),
        "unconfirmed": [with_right(glass, request.user, page) for glass in alone(page)],
        "steps": steps_for(request.user, page, approves),
    }
    return TemplateResponse(request, "embassy/publishing/desk.html", context)


def remarks_about(page: Page, words: Page, site) -> list[Remark]:
    """Give the hints on words that are not public; of a translation, on what was typed so far."""
    if not is_under_way(page):
        return []
    translation = translation_of(page)
    if translation is not None:
        return remarks_so_far(page, translation)
    return remarks_on(words, MissionSettings.for_site(site))


def open_comments(page: Page):
    """Give what colleagues remarked on a page's words and nobody has settled, the oldest first."""
    open_ones = Comment.objects.filter(page=page.pk, resolved_at=None)
    return open_ones.select_related("user").order_by("pk")


def is_under_way(page: Page) -> bool:
    """Whether there are words that readers do not see."""
    return not page.live or page.has_unpublished_changes


def schedule_of(page: Page, words: Page, revision, zone: str, now: datetime) -> list[str]:
    """Say when words go out and are taken off, or that they were to, or did."""
    stored, out = revision and revision.created_at, page.last_published_at
    is_over = page.expired or not is_under_way(page)
    was_public = bool(is_over and stored and out and stored <= out)
    said = []
    if words.go_live_at:
        if words.go_live_at > now or publishing.is_approved(page):
            sentence = _("It goes out on %(when)s.")
        elif was_public:
            sentence = _("It went out on %(when)s.")
        else:
            sentence = _("It was to go out on %(when)s: it goes out as soon as it is approved.")
        said.append(sentence % {"when": clocks.in_words(words.go_live_at, zone)})
    if words.expire_at:
        if words.expire_at > now:
            sentence = _("It is taken off the site on %(when)s.")
        elif was_public:
            sentence = _("It was taken off the site on %(when)s.")
        else:
            sentence = _("It was to be taken off the site on %(when)s: choose another time.")
        said.append(sentence % {"when": clocks.in_words(words.expire_at, zone)})
    return said


def people(page: Page, site) -> dict:
    """Give who wrote what is not public yet, and who can approve it.

    Of words that were public and were taken off, whoever stored them last is named.
    """
    writers = publishing.writers_of(page)
    second = approval.people_in(approved_by(page), site).exclude(pk__in=writers)
    last = page.latest_revision
    named = writers or ({last.user_id} if last else set())
    return {
        "writers": User.objects.filter(pk__in=named).order_by("last_name", "email"),
        "approvers": second.order_by("last_name", "email"),
    }


def alone(page: Page):
    """Give the words of a page that one person let out and nobody has confirmed."""
    return BrokenGlass.objects.unconfirmed().filter(page=page.pk).select_related("by")


def with_right(glass: BrokenGlass, user, page: Page) -> BrokenGlass:
    """Say of words let out alone whether an account may confirm them."""
    approves = approval.has_role(user, glass.site, approved_by(page))
    glass.may_confirm = approves and approval.is_second_person(user, glass.writers)
    return glass


def steps_for(user, page: Page, approves: bool) -> dict[str, bool]:
    """Say which steps an account may take now; `publishing` itself asks again."""
    waits = publishing.waiting(page).exists()
    second = approval.is_second_person(user, publishing.writers_of(page))
    under_way = is_under_way(page)
    edits = page.permissions_for_user(user).can_edit()
    return {
        "approve": waits and approves and second,
        "own_words": waits and approves and not second,
        "withdraw": waits and not second,
        "submit": not waits and under_way and edits and not publishing.is_approved(page),
        "edit": edits,
        "break_glass": under_way and publishing.may_break_glass(page, user, site_of(page)),
    }


# The steps


def submit(request: HttpRequest, page: Page) -> str:
    """Hand the words to a second person; of a translation, those that were typed by now."""
    hand_in = translations.hand_in if translation_of(page) else publishing.submit
    hand_in(page, request.user)
    return _("Submitted. A colleague who wrote none of it must approve it.")


def withdraw(request: HttpRequest, page: Page) -> str:
    """Take the words back."""
    publishing.withdraw(page, request.user)
    return _("Taken back. You can write on.")


def approve(request: HttpRequest, page: Page) -> str:
    """Publish what was read."""
    publishing.approve(page, request.user, request.POST.get("read", ""))
    page.refresh_from_db()
    if publishing.is_scheduled(page):
        return _("Approved. It goes out by itself at its time.")
    return _("Approved. Readers see it now.")


def give_back(request: HttpRequest, page: Page) -> str:
    """Return the words."""
    publishing.give_back(page, request.user, request.POST.get("reason", ""))
    return _("Returned with your reason.")


def break_glass(request: HttpRequest, page: Page) -> str:
    """Publish alone, after the account was proven again."""
    now = timezone.now()
    prove(request.user, given_in(request.POST), page, now, _("Nothing was published."))
    reason, read = request.POST.get("reason", ""), request.POST.get("read", "")
    publishing.break_glass(page, request.user, now, reason, read)
    return _("Published by you alone. All your colleagues see it; an approver must confirm it.")


def confirm(request: HttpRequest, page: Page) -> str:
    """Stand by what a colleague let out alone."""
    number = request.POST.get("number", "")
    seen = int(number) if number.isdecimal() and len(number) < 10 else None
    publishing.confirm(page, request.user, timezone.now(), seen)
    return _("Confirmed. Two people stand behind it now.")


STEPS: dict[str, Step] = {
    "submit": submit,
    "withdraw": withdraw,
    "approve": approve,
    "return": give_back,
    "break_glass": break_glass,
    "confirm": confirm,
}


@require_POST
def take_step(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the step whose button was pressed."""
    page = page_or_404(request, page_id)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        messages.success(request, step(request, page))
    except Refused as refused:
        messages.error(request, str(refused))
        return desk_again(request, page_id)
    return redirect(DESK, page_id)


def desk_again(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the desk with what was typed still in its forms."""
    typed = request.POST
    request.method = "GET"
    response = desk(request, page_id)
    response.context_data["typed"] = typed
    return response


# Wagtail's own ways to answer, which do not say what was read


def answer_here(request: HttpRequest, page_id: int, **kwargs) -> HttpResponse:
    """Lead from Wagtail's own buttons to the desk, where the words are read first."""
    page = page_or_404(request, page_id)
    if request.method == "POST":
        messages.warning(request, _("Nothing was done. Read what waits, then press a button here."))
    return redirect(DESK, page.pk)


def owed(user) -> dict[str, list]:
    """Give what waits for somebody on their first screen, and what of theirs waits or came back."""
    sites = {site.pk: site for site in sites_of(user)}
    unconfirmed = BrokenGlass.objects.unconfirmed().filter(site__in=sites)
    found: dict[str, list] = {"to_approve": [], "own": [], "returned": []}
    wrote = set(PageWriter.objects.filter(user=user).values_list("page_id", flat=True))
    approves = cache(lambda site, roles: approval.has_role(user, sites[site], roles))
    for state in publishing.under_way(list(sites.values())):
        is_back = state.status == WorkflowState.STATUS_NEEDS_CHANGES
        if state.about.pk in wrote:
            found["returned" if is_back else "own"].append(state)
        elif not is_back and approves(state.mission, approved_by(state.about)):
            found["to_approve"].append(state)
    return found | {"unconfirmed": list(unconfirmed.select_related("by", "page"))}
