"""Where Wagtail's screens would silence, move or delete what the public reads: they ask instead.

Each function is run by Wagtail at the moment its name says; an answer ends what the screen was
about to do. What one person may do alone goes on as it always did.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page, ReferenceIndex

from embassy.acts import requested, requested_actions, requested_screens
from embassy.acts.alone import needs_two
from embassy.acts.order_screens import PagesViewSet
from embassy.acts.requested_facts import is_fact
from embassy.acts.requested_views import ask_for
from embassy.acts.verifying import VerifiedToday
from embassy.mission.belonging import sites_of
from embassy.models import RequestedAct

Act = RequestedAct.Act
NAMES = {
    requested.ASKED: (_("Ask for an act"), _("Asked for an act that needs a second person")),
    requested.REWORDED: (_("Ask anew"), _("Changed what was asked for")),
    requested.CONFIRMED: (_("Confirm an act"), _("Confirmed an act that somebody asked for")),
    requested.CONFIRMED_ALONE: (_("Act alone"), _("Did alone what needs a second person")),
    requested.STOOD_BY: (_("Confirm afterwards"), _("Confirmed what one person did alone")),
    requested.DECLINED: (_("Decline an act"), _("Declined an act that somebody asked for")),
    requested.WITHDRAWN: (_("Withdraw an act"), _("Withdrew what was asked for")),
}


def to_list_of(page: Page) -> HttpResponse:
    """Go back to where a page stands."""
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def ask_to_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask instead of unpublishing."""
    if not needs_two(page, Act.UNPUBLISH):
        return None
    below = bool(request.POST.get("include_descendants"))
    ask_for(request, page, Act.UNPUBLISH, {"include_descendants": below})
    return to_list_of(page)


def ask_to_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Ask instead of moving, once the place was confirmed."""
    if request.method != "POST" or not needs_two(page, Act.MOVE):
        return None
    if not page.permissions_for_user(request.user).can_move_to(destination.specific):
        return None  # Wagtail refuses it in its own words
    ask_for(request, page, Act.MOVE, {"destination": destination.pk})
    return to_list_of(page)


def ask_to_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask instead of deleting, once it was confirmed as Wagtail wants it."""
    if request.method != "POST" or not needs_two(page, Act.DELETE):
        return None
    usage = ReferenceIndex.get_references_to(page).group_by_source_object()
    if usage.is_protected or not type_to_delete_confirmation(request):
        return None  # Wagtail refuses it, or asks again
    ask_for(request, page, Act.DELETE)
    return to_list_of(page)


def ask_in_bulk(request: HttpRequest, action_type: str, objects, action) -> HttpResponse | None:
    """Ask for what of a bulk action needs two people, and do the rest."""
    rows = list(objects)
    if not rows:
        sentence = gettext("Nothing was done: your role may not do this to any of what you chose.")
        messages.error(request, sentence)
        return redirect(action.next_url)
    if action_type == "delete" and is_fact(type(rows[0])):
        for row in rows:
            ask_for(request, row, Act.RETIRE)
        return redirect(action.next_url)
    if action_type not in IN_BULK or not all(isinstance(row, Page) for row in rows):
        return None
    act = IN_BULK[action_type]
    alone = not any(needs_two(page, act) for page in rows)
    if alone and (act != Act.DELETE or len(outermost(rows)) == len(rows)):
        return None
    ask_for_pages(request, act, rows, action)
    return redirect(action.next_url)


def outermost(pages: list[Page]) -> list[Page]:
    """Leave out the pages that stand below others of them."""
    return [page for page in pages if not any(page.is_descendant_of(each) for each in pages)]


IN_BULK = {"unpublish": Act.UNPUBLISH, "move": Act.MOVE, "delete": Act.DELETE}


def ask_for_pages(request: HttpRequest, act: Act, pages: Iterable[Page], action) -> None:
    """Ask for each page that needs a second person; do the others at once, as was confirmed."""
    sent = action.cleaned_form.cleaned_data
    parameters: dict = {}
    if act == Act.UNPUBLISH:
        parameters = {"include_descendants": bool(sent.get("include_descendants"))}
    elif act == Act.MOVE:
        parameters = {"destination": sent["chooser"].pk}
    alone = []
    for page in pages:
        if needs_two(page, act):
            ask_for(request, page.specific, act, parameters)
        else:
            alone.append(page)
    if alone:
        done = outermost(alone) if act == Act.DELETE else alone  # what is below goes with it
        action.execute_action(done, **action.get_execution_context())
        words = gettext("Done at once, as readers never saw it: %(pages)s.")
        messages.success(request, words % {"pages": ", ".join(page.title for page in alone)})


class ToRequestedActs(MenuItem):
    """The way to what waits for a second person, with how much of it waits for whoever looks."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever works for a mission."""
        return bool(sites_of(request.user))

    def render_component(self, request: HttpRequest):
        """Count what they can confirm."""
        found = super().render_component(request)
        if count := requested_screens.count_for(request.user, timezone.now()):
            found.label = gettext("%(label)s (%(n)s)") % {"label": found.label, "n": count}
        return found


def way_to_requested_acts() -> MenuItem:
    """Put the way into the menu, right after the warnings."""
    label = _("Second person")  # the menu has no room for more
    return ToRequestedActs(label, reverse_lazy("requested_acts"), icon_name="group", order=11)


def addresses() -> list:
    """Give the addresses of the screen and its buttons."""
    return [
        path("requested/", requested_screens.waiting, name="requested_acts"),
        path(
            "requested/confirm/", requested_screens.confirm_several, name="requested_acts_confirm"
        ),
        path(
            "requested/<int:requested_act_id>/",
            requested_screens.answer,
            name="requested_act_answer",
        ),
    ]


def on_first_screen(request: HttpRequest, panels: list) -> None:
    """Put what waits on the first screen, after the warnings."""
    if sites_of(request.user):
        panels.append(requested_screens.RequestedPanel())


def name_the_steps(actions) -> None:
    """Name every step of a request in the log of what it is about."""
    for action, names in NAMES.items():
        actions.register_action(action, *names)


HOOKS = {
    "before_unpublish_page": ask_to_unpublish,
    "before_move_page": ask_to_move,
    "before_delete_page": ask_to_delete,
    "before_bulk_action": ask_in_bulk,
    "register_actions": requested_actions.register,
    "register_admin_urls": addresses,
    "register_admin_viewset": PagesViewSet,
    "register_bulk_action": VerifiedToday,
    "register_admin_menu_item": way_to_requested_acts,
    "construct_homepage_panels": on_first_screen,
    "register_log_actions": name_the_steps,
}
