"""The staff pages around warnings: what was issued stays on record, what waits stays as it is."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Site
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from advisories import begin, desk, history, live, steps, untold
from advisories.help_wanted import card_by_name
from advisories.models import AlertPage, AlertPreset, Incident, Issue
from advisories.models.warnings import WarningPage
from advisories.outbox_hooks import Webhooks
from advisories.quoted import outdated_quotes
from advisories.staying import why_not_deleted, why_not_moved
from embassy.acts.requested_views import FactViewSet
from embassy.approval import Refused
from embassy.mission.belonging import sites_of
from embassy.mission.scoped_views import ScopedViewSet
from embassy.models import ContactPoint
from embassy.search.codes import FOUND_BY_CODE
from embassy.search.named import FOUND_BY_NAME
from embassy.upkeep import LOOK_AFTER


class Incidents(ScopedViewSet):
    """What several alerts are about."""

    model = Incident
    icon = "history"
    menu_label = _("Incidents")
    list_display = ["name", "begun_on"]


class Presets(FactViewSet):
    """What alerts start out as."""

    model = AlertPreset
    icon = "copy"
    menu_label = _("Presets")
    list_display = ["name", "kind", "hours"]


class WarningFacts(SnippetViewSetGroup):
    """What alerts are made of."""

    menu_label = _("For alerts")
    menu_icon = "clipboard-list"
    menu_order = 151
    items = (Incidents, Presets, Webhooks)


register_snippet(WarningFacts)
hooks.register(LOOK_AFTER, untold.owed)
hooks.register(FOUND_BY_NAME, card_by_name)


@hooks.register("register_admin_urls")
def addresses() -> list:
    """Give the desk's addresses."""
    return [
        path("warnings/", desk.overview, name="warnings_overview"),
        path("warnings/reviews/", desk.reviews, name="warnings_reviews"),
        path("warnings/new/", begin.choose, name="warnings_new"),
        path("warnings/<int:page_id>/", desk.desk, name="warnings_desk"),
        path("warnings/<int:page_id>/live/", live.live, name="warnings_live"),
        path("warnings/<int:page_id>/step/", steps.take_step, name="warnings_step"),
    ]


@hooks.register(FOUND_BY_CODE)
def verified(site: Site, typed: str) -> str:
    """Give the address at which a verification code is verified."""
    issue = Issue.objects.for_site(site).known_by(typed)
    return reverse("verify", args=[issue.code]) if issue else ""


@hooks.register("register_admin_menu_item")
def warnings_in_menu() -> MenuItem:
    """Lead to the warnings from the menu, first of all."""
    return WarningsMenuItem(_("Warnings"), reverse_lazy("warnings_overview"), "warning", order=10)


@hooks.register("register_reports_menu_item")
def reviews_in_menu() -> MenuItem:
    """Lead to the report of reviews."""
    title = _("Reviews of advisories")
    return WarningsMenuItem(title, reverse_lazy("warnings_reviews"), "date", order=710)


class WarningsMenuItem(MenuItem):
    """Shown to who may do anything with warnings."""

    def __init__(self, label, url, icon_name, order):
        super().__init__(label, url, name="warnings", icon_name=icon_name, order=order)

    def is_shown(self, request) -> bool:
        """Ask for any of the rights in any mission."""
        return any(desk.may_anything(request.user, site) for site in sites_of(request.user))


FIRST = 5
"""How many alerts in force the first screen names."""


class WarningsPanel(Component):
    """On the first screen: what warnings are owed, and the alerts in force with their time left."""

    name = "warnings"
    order = 10
    template_name = "advisories/desk/panel.html"

    def get_context_data(self, parent_context) -> dict:
        """Give what is owed in the missions whose warnings somebody may do anything with."""
        request = parent_context["request"]
        now = timezone.now()
        in_force = desk.alerts_in_force(request.user, now)
        first = {"in_force": in_force[:FIRST], "csrf_token": get_token(request)}
        first["more"] = len(in_force) - len(first["in_force"])
        return desk.owed(request.user, now) | first


@hooks.register("construct_homepage_panels")
def warnings_first(request, panels) -> None:
    """Put warnings before everything else on the first screen.

    Whoever works for a mission sees what one officer issued alone, the rest who may do something.
    """
    if sites_of(request.user):
        panels.insert(0, WarningsPanel())


class SubmitItem(ActionMenuItem):
    """Stores the words and hands them to an approver."""

    name = "action-submit-warning"
    label = _("Submit for approval")
    icon_name = "resubmit"

    def is_shown(self, context) -> bool:
        """Only for warnings whose words are under way."""
        page = context.get("page")
        return isinstance(page, WarningPage) and super().is_shown(context)


@hooks.register("construct_page_action_menu")
def offer_to_submit(menu_items, request, context) -> None:
    """Put submitting first where a warning is written."""
    item = SubmitItem(order=0)
    if item.is_shown(context):
        menu_items.insert(0, item)


@hooks.register("insert_editor_js")
def check_while_typing() -> str:
    """Bring along what shows the checklist and the length of the text message beside the words."""
    return format_html('<script src="{}" defer></script>', static("js/composer.js"))


@hooks.register("after_edit_page")
def go_to_the_desk(request, page):
    """Submit what was just stored, and show the warning's desk."""
    if not isinstance(page, WarningPage) or "action-submit-warning" not in request.POST:
        return None
    leave_out_stored(request)
    try:
        messages.success(request, steps.submit(request, page))
    except Refused as refused:
        stored = gettext("What you wrote is stored, but not submitted: %(why)s")
        messages.error(request, stored % {"why": refused})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("warnings_desk", page.pk)


def leave_out_stored(request) -> None:
    """Drop Wagtail's sentence that the page was stored: what became of it is said instead."""
    for one in list(messages.get_messages(request)):
        if one.level != messages.SUCCESS:
            messages.add_message(request, one.level, one.message, one.extra_tags)


@hooks.register("before_create_page")
def begin_with_a_preset(request, parent_page, page_class):
    """Begin alerts where times, numbers to call and the usual advice are filled in."""
    return redirect("warnings_new") if page_class is AlertPage else None


@hooks.register("after_edit_snippet")
def ask_for_updates(request, instance) -> None:
    """Say which warnings in force quote a number that was just changed."""
    if not isinstance(instance, ContactPoint):
        return
    found = outdated_quotes([instance.site], timezone.now())
    if found:
        titles = get_text_list(list(dict.fromkeys(one.row.title for one in found)), gettext("and"))
        sentence = gettext("Still quoted as it was in %(titles)s. Issue an update from Warnings.")
        messages.warning(request, sentence % {"titles": titles})


@hooks.register("register_log_actions")
def name_the_steps(actions) -> None:
    """Name every step of a warning's life in the log of its page."""
    for name in history.STEPS:
        actions.register_action(f"advisories.{name}")(history.formatter_of(name))


@hooks.register("before_delete_page")
def keep_warnings(request, page):
    """Refuse to delete what was issued or waits, with a sentence that says what to do instead."""
    return refused_for(request, page, why_not_deleted(page))


@hooks.register("before_move_page")
def keep_warnings_in_their_place(request, page, destination):
    """Refuse to move what waits."""
    return refused_for(request, page, why_not_moved(page))


IN_BULK = {"delete": why_not_deleted, "move": why_not_moved}


@hooks.register("before_bulk_action")
def keep_warnings_in_bulk(request, action_type, objects, action):
    """Refuse the same among several pages."""
    why_not = IN_BULK.get(action_type)
    pages = [one for one in objects if hasattr(one, "path")] if why_not else []
    answers = (refused_for(request, page, why_not(page)) for page in pages)
    return next((answer for answer in answers if answer), None)


def refused_for(request, page, sentence: str):
    """Go back to where a page stands with a sentence, if there is one to say."""
    if not sentence:
        return None
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
