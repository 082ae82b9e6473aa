"""What the tests about sending share: a pass of the outbox, people, what somebody sees."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from advisories import outbox
from advisories.models import Delivery, Issue
from advisories.outbox import Channel, Undeliverable
from embassy.demo import demo_site, sign_ins
from embassy.models import User
from tests.advisories.factories import draft, issue_alone

HOST = {"HTTP_HOST": "localhost"}
Status = Delivery.Status
NOW = timezone.now().replace(microsecond=0)


def channel(name: str) -> Channel:
    """Give a channel."""
    return outbox.channel_named(name)


def pass_over(at=None) -> None:
    """Send whatever is due at a moment, as a worker does but in this thread."""
    at = at or timezone.now()
    for each in outbox.channels():
        while taken := outbox.lease(each, at, each.at_once):
            for delivery in taken:
                try:
                    each.send(delivery, at)
                except Undeliverable as error:
                    outbox.failed(delivery, at, error)
                else:
                    outbox.done(delivery, at)


def owed_to(issue, name="webhook") -> set[str]:
    """Give the targets of an issue on a channel."""
    return set(Delivery.objects.of(issue).filter(channel=name).values_list("target", flat=True))


def people():
    """Give the demo mission and its staff where the fixtures of rolled back tests do not do."""
    return demo_site(), {
        role: User.objects.get(email=email) for role, email, _ in reversed(sign_ins())
    }


def take(at) -> list[Delivery]:
    """Lease webhooks' messages."""
    return outbox.lease(channel("webhook"), at, 8)


def signed_in(user) -> Client:
    """Give a browser somebody is signed in with."""
    client = Client()
    client.force_login(user)
    return client


def page_of(user, address: str) -> str:
    """Give what somebody sees."""
    return signed_in(user).get(address, **HOST).content.decode()


def break_glass(staff, **fields) -> Issue:
    """Let one officer issue an alert alone."""
    now = timezone.now()
    times = (now - timedelta(hours=1), now + timedelta(hours=6))
    page = draft(*times, by=staff["duty_officer"], **fields)
    return issue_alone(page, staff["break_glass"], now, "Nobody answers the phone.")
