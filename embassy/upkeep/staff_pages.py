"""Where the staff pages show what needs looking after, and the parts that are of this app."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from embassy.mission.belonging import sites_of
from embassy.upkeep import LOOK_AFTER, first_screen, screens
from embassy.upkeep.facts import unverified
from embassy.upkeep.links import broken

hooks.register(LOOK_AFTER, unverified)
hooks.register(LOOK_AFTER, broken)


class ToUpkeep(MenuItem):
    """Shown to whoever works for a mission."""

    def is_shown(self, request) -> bool:
        """Ask whether they have a role anywhere."""
        return bool(sites_of(request.user))


@hooks.register("register_reports_menu_item")
def way_to_upkeep() -> MenuItem:
    """Put what needs looking after among the reports."""
    return ToUpkeep(_("To look after"), reverse_lazy("upkeep"), icon_name="tasks", order=5)


@hooks.register("register_admin_urls")
def addresses() -> list:
    """Give the report's address."""
    return [path("reports/look-after/", screens.report, name="upkeep")]


@hooks.register("construct_homepage_panels")
def on_first_screen(request, panels) -> None:
    """Put the first of it on the first screen of whoever works for a mission."""
    if sites_of(request.user):
        panels.append(screens.UpkeepPanel())


hooks.register("construct_homepage_panels", first_screen.gather, order=1000)  # after all others
hooks.register("construct_homepage_summary_items", first_screen.count_own_pages, order=1000)
