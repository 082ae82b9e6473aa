"""The outbox in the staff pages: webhooks, the list of deliveries, and what is wrong with them."""

from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from advisories import deliveries
from advisories.models import Webhook
from embassy.acts.requested_views import FactViewSet
from embassy.auditing import audit_screens
from embassy.mission.scoped_views import yes_or_no

audit_screens.watch("deliveries", _("Deliveries"))


class Webhooks(FactViewSet):
    """Who is told of every warning."""

    model = Webhook
    icon = "link-external"
    menu_label = _("Webhooks")
    list_display = ["name", "address", yes_or_no("in_use", _("in use"))]
    list_filter = ["in_use"]


@hooks.register("register_admin_urls")
def addresses() -> list:
    """Give the addresses of the list and its buttons."""
    again, test = deliveries.TryAgainView.as_view(), deliveries.TestWebhookView.as_view()
    return [
        path("deliveries/", deliveries.DeliveriesView.as_view(), name="deliveries"),
        path("deliveries/<int:pk>/again/", again, name="deliveries_again"),
        path("webhooks/<int:pk>/test/", test, name="webhooks_test"),
    ]


class ToDeliveries(MenuItem):
    """Shown to who may see deliveries of any mission."""

    def is_shown(self, request) -> bool:
        """Ask for the right."""
        return bool(deliveries.sites_seen_by(request.user))


@hooks.register("register_reports_menu_item")
def way_to_deliveries() -> MenuItem:
    """Put the list among the reports."""
    return ToDeliveries(_("Deliveries"), reverse_lazy("deliveries"), icon_name="mail", order=10)


class TroublePanel(Component):
    """On the first screen: messages that were given up, or that nobody delivers."""

    name = "deliveries"
    order = 20
    template_name = "advisories/outbox/panel.html"

    def get_context_data(self, parent_context) -> dict:
        """Give what is wrong."""
        return deliveries.trouble(parent_context["request"].user, timezone.now())


@hooks.register("construct_homepage_panels")
def say_what_does_not_arrive(request, panels) -> None:
    """Show trouble to who may see deliveries."""
    if deliveries.sites_seen_by(request.user):
        panels.insert(0, TroublePanel())


@hooks.register("register_log_actions")
def name_the_steps(actions) -> None:
    """Name the buttons in the log."""
    actions.register_action(
        "advisories.try_again", _("Try again"), _("Sent again after it was given up")
    )
    actions.register_action("advisories.send_test", _("Send a test"), _("Test message sent"))
