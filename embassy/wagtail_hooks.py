"""The staff pages: what editors find in the menu, and links that warn before they lead away."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.images.views.chooser import viewset as image_choosers
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from embassy import guides
from embassy.acts import proof, requested_hooks
from embassy.acts.requested_views import FactViewSet
from embassy.auditing import audit_report
from embassy.clock.clock_forms import times_on_clocks, which_of_two
from embassy.files import in_use_views
from embassy.files.privacy import may_have
from embassy.links import link_report
from embassy.links.link_check import CHECKED
from embassy.links.link_handlers import DocumentLinks, ExternalLink, PageLinks
from embassy.mail import (
    comment_letters,  # noqa: F401 - registers itself
    letter_choices,  # noqa: F401 - registers itself
)
from embassy.mail.mailbox import mailbox
from embassy.mission.permissions import own
from embassy.mission.scoped_views import OwnTagsImageChooseView, cannot_stand, yes_or_no
from embassy.models import Closure, ContactPoint, Place, PromotedResult, Schedule
from embassy.readers import (
    remark_hooks,  # noqa: F401 - registers itself
)
from embassy.release import (
    locked,  # noqa: F401 - registers itself
    publishing_hooks,  # noqa: F401 - registers itself
)
from embassy.translations import staff_pages as translating  # noqa: F401 - registers itself
from embassy.upkeep import staff_pages  # noqa: F401 - registers itself


@hooks.register("register_rich_text_features", order=100)
def links(features) -> None:
    """Use our own handlers for all links."""
    for handler in (ExternalLink, PageLinks, DocumentLinks):
        features.register_link_type(handler)


class ContactPoints(FactViewSet):
    """Numbers and addresses of the mission."""

    model = ContactPoint
    icon = "mail"
    menu_label = _("Contact points")
    list_display = [
        "label",
        Column("display", label=capfirst(_("number or address"))),
        "purpose",
        "last_verified_on",
        yes_or_no("retired", _("retired")),
    ]
    list_filter = ["purpose", "retired"]


class Schedules(FactViewSet):
    """Opening hours."""

    model = Schedule
    icon = "time"
    menu_label = _("Opening hours")
    list_display = ["name", "time_zone", yes_or_no("always", _("day and night"))]


class Closures(FactViewSet):
    """Days on which the mission is closed beyond the holidays."""

    model = Closure
    icon = "date"
    menu_label = _("Closures")
    list_display = ["reason", "first", "last"]


class Places(FactViewSet):
    """The gazetteer."""

    model = Place
    icon = "site"
    menu_label = _("Places")
    list_display = ["name", "code", "latitude", "longitude"]


class PromotedResults(FactViewSet):
    """Pages that readers find first."""

    model = PromotedResult
    icon = "search"
    menu_label = _("Promoted results")
    list_display = ["words", "page", "language"]
    list_filter = ["language"]


class MissionFacts(SnippetViewSetGroup):
    """Facts of the mission that pages quote by reference."""

    menu_label = _("Mission facts")
    menu_icon = "globe"
    menu_order = 150
    items = (ContactPoints, Schedules, Closures, Places, PromotedResults)


register_snippet(MissionFacts)


hooks.register("before_bulk_action", in_use_views.keep_in_bulk, order=50)

for _moment, _function in requested_hooks.HOOKS.items():
    hooks.register(_moment, _function, order=100)  # after those that refuse what cannot be asked


# Wagtail has one set of image choosers and no hook for the tags they offer.
image_choosers.choose_view_class = OwnTagsImageChooseView


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages, request):
    """Offer the pages of the user's missions."""
    return own(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def explore_own_pages(parent, pages, request):
    """List the pages of the user's missions."""
    return own(pages, request.user)


@hooks.register("before_serve_document", order=-1)
def serve_used_documents(document, request) -> None:
    """Give a document to who may have it; to others there is none."""
    if not may_have(request, document):
        raise Http404


class ToAccounts(MenuItem):
    """The way to the Django admin, for those who look after accounts as well as content."""

    def is_shown(self, request) -> bool:
        """Show it to whoever may see accounts."""
        return request.user.has_perm("embassy.view_user")


@hooks.register("register_admin_menu_item")
def way_to_accounts() -> MenuItem:
    """Put the way to the accounts into the menu."""
    return ToAccounts(_("Accounts"), reverse("admin:index"), icon_name="user", order=9000)


class ToMailbox(MenuItem):
    """The way to the mail that was sent, where it is kept instead of leaving."""

    def is_shown(self, request) -> bool:
        """Show it only where there is a mailbox."""
        return settings.MAILBOX is not None


@hooks.register("register_admin_menu_item")
def way_to_mailbox() -> MenuItem:
    """Put the way to the mailbox into the menu."""
    return ToMailbox(_("Mailbox"), reverse_lazy("mailbox"), icon_name="mail", order=9100)


class ToAudit(MenuItem):
    """The way to the audit, for those who may read that of a mission."""

    def is_shown(self, request) -> bool:
        """Ask for the right."""
        return bool(audit_report.sites_read_by(request.user))


@hooks.register("register_reports_menu_item")
def way_to_audit() -> MenuItem:
    """Put the audit among the reports."""
    return ToAudit(_("Audit"), reverse_lazy("audit"), icon_name="history", order=20)


@hooks.register("register_admin_urls")
def own_addresses() -> list:
    """Give the addresses of the mailbox, the audit and the first guide."""
    return [
        path("guides/first-day/", guides.first_day, name="first_day"),
        path("mailbox/", mailbox, name="mailbox"),
        path("reports/audit/", audit_report.among_reports, name="audit"),
    ]


class ToBrokenLinks(MenuItem):
    """The way to the broken links."""

    def is_shown(self, request) -> bool:
        """Show it to whoever edits pages."""
        return link_report.may_see(request.user)


@hooks.register("register_reports_menu_item")
def way_to_broken_links() -> MenuItem:
    """Lead to the report of broken links."""
    return ToBrokenLinks(
        _("Broken links"), reverse_lazy("broken_links"), icon_name="link", order=720
    )


@hooks.register("register_admin_urls")
def address_of_broken_links() -> list:
    """Give the report's address."""
    return [path("reports/broken-links/", link_report.report, name="broken_links")]


@hooks.register("register_log_actions")
def name_checks_of_links(actions) -> None:
    """Name a check of links in the log of its mission."""
    actions.register_action(CHECKED, _("Check links"), _("Links were checked"))


@hooks.register("before_move_page")
def say_where_a_page_cannot_stand(request, page, destination):
    """Refuse a wrong parent with the reason."""
    sentence = cannot_stand(page, destination)
    if not sentence:
        return None
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("register_log_actions")
def name_wrong_passwords(actions) -> None:
    """Name a wrong password, given before a grave step, in the log of its page."""
    actions.register_action(proof.WRONG, _("Wrong password"), _("A wrong password was given"))


@hooks.register("construct_help_menu")
def leave_out_what_is_elsewhere(request, menu_items) -> None:
    """Hide the help whose links lead out of the service."""
    menu_items[:] = [item for item in menu_items if item.url.startswith(("/", "#"))]


class ToGuideForAdministrators(MenuItem):
    """The way to the guide for administrators, for those who edit content as well."""

    def is_shown(self, request) -> bool:
        """Show it to whoever may see accounts."""
        return request.user.has_perm("embassy.view_user")


@hooks.register("register_help_menu_item")
def way_to_first_day() -> MenuItem:
    """Put the guide for a first day into the help menu."""
    words = guides.TITLES[guides.FIRST_DAY]
    return MenuItem(words, reverse_lazy("first_day"), icon_name="help", order=10)


@hooks.register("register_help_menu_item")
def way_to_guide_for_administrators() -> MenuItem:
    """Put the guide for administrators into the help menu."""
    words, address = guides.TITLES[guides.ADMINISTRATORS], reverse_lazy("guide_for_administrators")
    return ToGuideForAdministrators(words, address, icon_name="help", order=20)


@hooks.register("construct_settings_menu")
@hooks.register("construct_search")
def leave_out_accounts(request, items) -> None:
    """Hide the screens of accounts and groups, which are off (see `embassy.mission.fence`)."""
    items[:] = [item for item in items if item.name not in ("users", "groups")]


@hooks.register("construct_reports_menu")
def leave_out_reports_on_all_missions(request, menu_items) -> None:
    """Hide the reports that are closed to all but superusers."""
    closed = ("page-types-usage", "workflows", "workflow-tasks")
    by_name = [item for item in menu_items if item.name not in closed]
    of_translations = reverse("wagtail_localize:translations_report")  # named in some language
    if not request.user.is_superuser:
        menu_items[:] = [item for item in by_name if item.url != of_translations]


@hooks.register("insert_global_admin_css")
def own_styles() -> str:
    """Bring along the styles of what we add to every staff page."""
    return format_html('<link rel="stylesheet" href="{}">', static("staff.css"))


@hooks.register("insert_editor_js")
def keep_what_was_typed() -> str:
    """Bring along what keeps the words on the screen when the sign-in has ended."""
    return format_html('<script src="{}" defer></script>', static("js/session.js"))


@hooks.register("insert_global_admin_js")
def close_pickers() -> str:
    """Bring along what lets a keyboard close the calendar of a date field, in any form."""
    return format_html('<script src="{}" defer></script>', static("js/pickers.js"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_which_of_two_hours(request, page) -> None:
    """Say which of two hours alike was stored; not while the editor saves by itself."""
    if request.accepts("text/html"):
        for moment, zone in times_on_clocks(page):
            if sentence := which_of_two(moment, zone):
                messages.warning(request, sentence)
