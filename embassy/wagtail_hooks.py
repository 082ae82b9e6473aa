"""The staff pages: what editors find in the menu, and links that warn before they lead away."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.rich_text import LinkHandler
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from embassy.leaving import leaving_url
from embassy.models import Closure, ContactPoint, Place, Schedule
from embassy.scoped_views import ScopedViewSet


class ExternalLink(LinkHandler):
    """An address elsewhere in rich text: it goes through the leaving-site notice."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        """Give the opening tag with the signed address."""
        href = leaving_url(attrs["href"])
        return f'<a href="{escape(href)}" rel="external">' if href else "<a>"


@hooks.register("register_rich_text_features", order=100)
def links_elsewhere(features) -> None:
    """Use our own handler for addresses elsewhere."""
    features.register_link_type(ExternalLink)


class ContactPoints(ScopedViewSet):
    """Numbers and addresses of the mission."""

    model = ContactPoint
    icon = "mail"
    menu_label = _("Contact points")
    list_display = ["label", "display", "purpose", "last_verified_on", "retired"]
    list_filter = ["purpose", "retired"]


class Schedules(ScopedViewSet):
    """Opening hours."""

    model = Schedule
    icon = "time"
    menu_label = _("Opening hours")
    list_display = ["name", "time_zone", "always"]


class Closures(ScopedViewSet):
    """Days on which the mission is closed beyond the holidays."""

    model = Closure
    icon = "date"
    menu_label = _("Closures")
    list_display = ["reason", "first", "last"]


class Places(ScopedViewSet):
    """The gazetteer."""

    model = Place
    icon = "site"
    menu_label = _("Places")
    list_display = ["name", "code", "latitude", "longitude"]


class MissionFacts(SnippetViewSetGroup):
    """Facts of the mission that pages quote by reference."""

    menu_label = _("Mission facts")
    menu_icon = "globe"
    menu_order = 150
    items = (ContactPoints, Schedules, Closures, Places)


register_snippet(MissionFacts)


@hooks.register("construct_main_menu")
def leave_out_what_is_elsewhere(request, menu_items) -> None:
    """Hide the help menu, whose links lead out of the service."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
