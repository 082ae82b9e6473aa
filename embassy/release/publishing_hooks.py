"""Two people for every page, in Wagtail's own screens: its buttons, its first screen, its log."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem, WorkflowMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import WorkflowState

from embassy.clock import clocks
from embassy.mission.belonging import site_of
from embassy.models import MissionSettings
from embassy.models.workflow import FILE_CHANGED, approved_by
from embassy.release import publishing, publishing_desk


@hooks.register("register_admin_urls")
def addresses() -> list:
    """Give the addresses of a page's desk."""
    return [
        path("publishing/<int:page_id>/", publishing_desk.desk, name=publishing_desk.DESK),
        path("publishing/<int:page_id>/step/", publishing_desk.take_step, name="publishing_step"),
    ]


class SubmitItem(SubmitForModerationMenuItem):
    """Stores the words and hands them to a second person."""

    def get_context_data(self, parent_context) -> dict:
        """Say it in the same words on every page."""
        return super().get_context_data(parent_context) | {
            "label": gettext("Submit for a second person")
        }


class ToDesk(ActionMenuItem):
    """The way to where words are read, approved, returned and taken back; says how far they are."""

    name = "to-publishing-desk"
    icon_name = "view"

    def is_shown(self, context) -> bool:
        """On every page that is there already."""
        return "page" in context and context["view"] != "create"

    def get_context_data(self, parent_context) -> dict:
        """Name the button after how far the page is."""
        page, user = parent_context["page"], parent_context["request"].user
        return super().get_context_data(parent_context) | {"label": how_far(page, user)}

    def get_url(self, context) -> str:
        """Lead to the desk."""
        return reverse(publishing_desk.DESK, args=[context["page"].pk])


def how_far(page, user) -> str:
    """Say on a button how far a page is on its way to readers, for whoever looks."""
    if waits := publishing.waiting(page).select_related("task").first():
        if waits.task.specific.why_not_by(page, user):
            return gettext("Waits for a second person")
        return gettext("Waits for you: read it")
    if publishing.is_scheduled(page):
        return gettext("Approved, goes out at its time")
    if is_returned(page):
        return gettext("Returned: see why")
    return gettext("What waits, and who approves it")


def is_on_its_way(page) -> bool:
    """Whether a page waits, or was approved to go out later: then nothing is left to submit."""
    return publishing.waiting(page).exists() or publishing.is_scheduled(page)


NOT_HERE = ("action-publish", "action-restart-workflow", "action-cancel-workflow", "action-submit")


@hooks.register("construct_page_action_menu")
def offer_two_people(menu_items, request, context) -> None:
    """Offer to submit, first of all, and the way to the desk; publishing and answering nowhere.

    Of what is on its way the first button says so, and leads there.
    """
    kind = context.get("page") or context["parent_page"]
    is_submitted = any(item.name == "action-submit" for item in menu_items)
    menu_items[:] = [
        item
        for item in menu_items
        if item.name not in NOT_HERE and not isinstance(item, WorkflowMenuItem)
    ]
    if not approved_by(kind):
        return
    if is_submitted:
        menu_items.insert(0, SubmitItem(order=0))
    if (item := ToDesk(order=70)).is_shown(context):
        first = 0 if is_on_its_way(context["page"]) else len(menu_items)
        menu_items.insert(first, item)


@hooks.register("before_create_page")
def submit_instead_in_a_new_page(request, parent_page, page_class) -> None:
    """Read “publish” as “submit”; where words go out in another way, as “save”."""
    ask_for_less(request, getattr(page_class, "approved_by", ()))


@hooks.register("before_edit_page")
def submit_instead(request, page) -> None:
    """Read “publish” as “submit”, and an answer as “save”: words are answered where they stand."""
    ask_for_less(request, approved_by(page))


@hooks.register("before_edit_page")
def say_why_it_came_back(request, page) -> None:
    """Say on top of the editor who returned the words, when and why."""
    if request.method != "GET" or not is_returned(page):
        return
    state, site = publishing.last_state(page), site_of(page)
    when = clocks.in_words(state.finished_at, MissionSettings.for_site(site).time_zone)
    told = {"who": state.finished_by, "when": when, "why": state.comment}
    desk = reverse(publishing_desk.DESK, args=[page.pk])
    words = gettext("Returned by %(who)s, %(when)s: %(why)s") % told
    button = admin_messages.button(desk, gettext("What to do"))
    admin_messages.warning(request, words, buttons=[button])


def is_returned(page) -> bool:
    """Whether words of a page came back to who wrote them."""
    return page.workflow_states.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).exists()


def ask_for_less(request, roles: tuple[str, ...]) -> None:
    """Turn what one person cannot do into what they can, and say so; what was typed is stored."""
    sent = {name for name in ("action-publish", "action-workflow-action") if name in request.POST}
    if not sent and (roles or "action-submit" not in request.POST):
        return
    request.POST = request.POST.copy()
    for name in (*sent, *(() if roles else ("action-submit",))):
        request.POST.pop(name, None)
    if "action-publish" in sent:
        if roles:
            request.POST["action-submit"] = "1"
        messages.warning(request, gettext("It goes out when a second person approves it."))
    if "action-workflow-action" in sent:
        messages.warning(request, gettext("Not answered: read what waits on its own screen."))


@hooks.register("before_bulk_action")
def publish_one_by_one(request, action_type, objects, action):
    """Refuse to publish several pages at once, with a sentence that says what to do instead."""
    if action_type != "publish":
        return None
    messages.error(
        request,
        gettext("Pages go out one by one: each is submitted, read and approved by two people."),
    )
    return redirect("wagtailadmin_explore", objects[0].get_parent().pk if objects else 1)


def offered_in_bulk(app_label: str, model_name: str) -> list:
    """Give the bulk actions that a list offers: publishing is none, it would only be refused."""
    found = ALL_BULK_ACTIONS(app_label, model_name)
    return [action for action in found if action is not PublishBulkAction]


# Wagtail has one registry and no hook for what its lists offer.
ALL_BULK_ACTIONS = bulk_action_registry.get_bulk_actions_for_model
bulk_action_registry.get_bulk_actions_for_model = offered_in_bulk


class PagesPanel(Component):
    """On the first screen: pages that one let out alone, that wait, and that came back."""

    name = "publishing"
    order = 20
    template_name = "embassy/publishing/panel.html"

    def get_context_data(self, parent_context) -> dict:
        """Give what is owed to pages by whoever looks."""
        request = parent_context["request"]
        return publishing_desk.owed(request.user) | {"csrf_token": get_token(request)}


THEIRS = ("workflow_objects_to_moderate", "user_objects_in_workflow_moderation")


@hooks.register("construct_homepage_panels")
def pages_that_wait(request, panels) -> None:
    """Put what waits on the first screen, in place of Wagtail's own panels with their buttons."""
    panels[:] = [panel for panel in panels if panel.name not in THEIRS]
    panels.append(PagesPanel())


@hooks.register("register_log_actions")
def name_the_steps(actions) -> None:
    """Name what one person did alone, and who stood by it, in the log of its page."""
    actions.register_action(
        publishing.BROKE, _("Break the glass"), _("Let out by one person alone")
    )
    actions.register_action(
        publishing.CONFIRMED, _("Confirm"), _("Confirmed what one person had let out")
    )
    actions.register_action(
        FILE_CHANGED, _("Change a file"), _("A picture or document that it names was changed")
    )
