"""Webhooks: one signed POST to a checked address, within a time limit, following nothing.

Messages are signed as the Standard Webhooks specification says; docs/webhooks.md tells receivers.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import log

from advisories import outbox
from advisories.faces.webhook_body import test_body, webhook_body
from advisories.models import Delivery, Issue, Webhook
from advisories.outbox import Undeliverable
from advisories.targets import TargetRefused, target_of
from advisories.vocabulary import Why
from embassy.approval import Refused, has_right
from embassy.links import outside
from embassy.links.outside import Target

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10  # from the handshake to the last line of the answer's head; no body is read
GONE = 410
FAILURES = {
    outside.NoConnection: Why.NO_CONNECTION,
    outside.BadCertificate: Why.CERTIFICATE,
    outside.TooSlow: Why.TOO_SLOW,
    outside.BrokenOff: Why.BROKEN_OFF,
}


def owed(issue: Issue) -> list[str]:
    """Give the webhooks that are told: those in use, and of what is real and of the present.

    A drill goes to none, and neither does what a command only puts on record.
    """
    is_past = issue.approver_id is None or issue.rows.filter(is_historic=True).exists()
    if issue.is_drill or is_past:
        return []
    keys = Webhook.objects.for_site(issue.site).in_use().values_list("pk", flat=True)
    return [str(key) for key in keys]


def owed_tests(issue: Issue) -> list[str]:
    """Give none: test messages are about no issue."""
    return []


def named(targets: Iterable[str]) -> dict[str, str]:
    """Give the names of webhooks."""
    return {str(row.pk): row.name for row in Webhook.objects.filter(pk__in=list(targets))}


def send(delivery: Delivery, at: datetime) -> None:
    """Send one message to a webhook as it is now."""
    webhook = Webhook.objects.filter(pk=delivery.target, in_use=True, site=delivery.site).first()
    if webhook is None:
        raise Undeliverable(Why.RETIRED, final=True)
    issue = delivery.issue
    if issue is None:
        body = test_body(delivery.site.hostname, delivery.owed_at)
    else:
        body = webhook_body(issue, list(issue.rows.order_by("pk")))
    try:
        target = target_of(webhook.address)
    except TargetRefused as refused:
        raise Undeliverable(refused.why) from None
    status = post(target, body, headers_of(delivery, webhook.secret, body, at))
    if not 200 <= status < 300:
        why = Why.REDIRECT if 300 <= status < 400 else Why.STATUS
        raise Undeliverable(why, status, final=status == GONE)


def headers_of(delivery: Delivery, secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """Give the headers that say what it is and prove that it is ours."""
    event, second = str(delivery.event), int(at.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Chancery-Webhooks/1",
        "Connection": "close",
        "webhook-id": event,
        "webhook-timestamp": str(second),
        "webhook-signature": signature(secret, event, second, body),
    }


def signature(secret: str, event: str, second: int, body: bytes) -> str:
    """Sign an event id, a time and a body with HMAC-SHA256."""
    key = b64decode(secret.removeprefix("whsec_"))
    signed = f"{event}.{second}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def post(target: Target, body: bytes, headers: dict[str, str]) -> int:
    """Send a body and give the status of the answer; raises Undeliverable."""
    try:
        return outside.ask(target, "POST", body, headers, CONNECT_SECONDS, ANSWER_SECONDS).status
    except outside.Failed as failed:
        raise Undeliverable(FAILURES[type(failed)]) from None


def may_change(user, site) -> bool:
    """Whether an account may change a mission's webhooks, and so send tests to them."""
    return has_right(user, site, "advisories", "change_webhook")


def send_test(webhook: Webhook, by, at: datetime) -> Delivery:
    """Put a test message for a webhook into the outbox."""
    if not may_change(by, webhook.site):
        raise PermissionDenied
    if not webhook.in_use:
        raise Refused(Why.RETIRED.sentence())
    log(instance=webhook, action="advisories.send_test", user=by)
    return outbox.owe_test("webhook_test", webhook.site, str(webhook.pk), at)
