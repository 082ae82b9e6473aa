"""The staff's list of deliveries: what arrived, what waits, what was given up, and trying again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from advisories import outbox, webhooks
from advisories.models import Delivery, Webhook
from embassy.approval import Refused, has_right
from embassy.mission.belonging import sites_of

ON_A_PAGE = 50


def sites_seen_by(user) -> list:
    """Give the missions whose deliveries an account may see."""
    return [site for site in sites_of(user) if has_right(user, site, "advisories", "view_delivery")]


def delivered(page_id: int) -> list[dict]:
    """Give how many messages of a warning arrived, wait or were given up, by issue and channel."""
    rows = Delivery.objects.of_warning(page_id).counted()
    return [row | {"channel": label_of(row["channel"])} for row in rows]


def trouble(user, at) -> dict:
    """Give what somebody should look after: what was given up, and whether nobody delivers."""
    rows = Delivery.objects.filter(site__in=sites_seen_by(user))
    known = [channel.name for channel in outbox.channels()]  # the rest went with their app
    late = rows.late(at).filter(channel__in=known)
    return {"dead": rows.dead().count(), "late": late.count()}


def label_of(channel: str) -> str:
    """Name a channel; one of an app that was taken out keeps its code."""
    found = outbox.channel_named(channel)
    return str(found.label) if found else channel


def name_targets(rows: list[Delivery]) -> None:
    """Put the names of their targets on deliveries, with one question per channel."""
    for name in {row.channel for row in rows}:
        channel = outbox.channel_named(name)
        keys = {row.target for row in rows if row.channel == name}
        names = channel.named(keys) if channel else {}
        for row in rows:
            if row.channel == name:
                row.channel_label, row.target_name = label_of(name), names.get(row.target, "")


class DeliveriesView(View):
    """The list, newest first, by state or by warning."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a part of it."""
        sites = sites_seen_by(request.user)
        if not sites:
            raise PermissionDenied
        rows = Delivery.objects.filter(site__in=sites).select_related("issue__page", "site")
        status, warning = request.GET.get("status", ""), request.GET.get("warning", "")
        if status in Delivery.Status.values:
            rows = rows.filter(status=status)
        if warning.isdecimal() and len(warning) < 10:
            rows = rows.of_warning(int(warning))
        part = Paginator(rows.newest_first(), ON_A_PAGE).get_page(request.GET.get("p"))
        context = {
            "part": self.prepared(part, request.user),
            "statuses": Delivery.Status.choices,
            "status": status,
            "warning": warning,
            "tests": self.to_test(request.user, sites),
        }
        return TemplateResponse(request, "advisories/outbox/deliveries.html", context)

    def prepared(self, part: Page, user) -> Page:
        """Name the targets of a part, and say which of it may be tried again."""
        name_targets(list(part.object_list))
        may = {site: outbox.may_try_again(user, site) for site in {row.site for row in part}}
        for row in part:
            row.may_try_again = row.status == Delivery.Status.DEAD and may[row.site]
        return part

    def to_test(self, user, sites: list) -> list[Webhook]:
        """Give the webhooks somebody may send a test to."""
        allowed = [site for site in sites if webhooks.may_change(user, site)]
        return list(Webhook.objects.filter(site__in=allowed).in_use())


class StepView(View):
    """A button that does one thing and leads back to the list."""

    model: type

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        row = get_object_or_404(self.model, pk=pk, site__in=sites_of(request.user))
        try:
            self.step(row, request.user)
            messages.success(request, _("It is in the outbox and leaves within seconds."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("deliveries")


class TryAgainView(StepView):
    """Sends again what was given up."""

    model = Delivery

    def step(self, row: Delivery, user) -> None:
        """Put it back into the outbox."""
        outbox.try_again(row, user, timezone.now())


class TestWebhookView(StepView):
    """Sends a test message to a webhook."""

    model = Webhook

    def step(self, row: Webhook, user) -> None:
        """Put a test into the outbox."""
        webhooks.send_test(row, user, timezone.now())
