"""The outbox: what is owed to whom of each warning, and every write to a delivery.

`owe` writes the rows in the transaction that issues the warning, so there is neither a warning
without its deliveries nor a delivery without its warning; sending begins after the commit, in a
worker. A worker leases rows: what it never finishes is taken again when the lease runs out. So a
message arrives at least once, and under the same event id each time.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from advisories.models import Delivery, Issue
from advisories.vocabulary import Why
from embassy.approval import Refused, has_right

TRIES = 25
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=6)
GATHERS = timedelta(minutes=2)  # what somebody owes an answer to in that time is one letter
LETTERS = "mail_staff"
FORWARDED = "mail_office"
LEASE = timedelta(minutes=2)  # much longer than a sender takes; after it another worker sends

Status = Delivery.Status


class Undeliverable(Exception):
    """A message that did not arrive; `final` when another try is of no use.

    `detail` is a code like 503, never words that somebody else wrote.
    """

    def __init__(self, why: Why, detail: object = "", final: bool = False):
        super().__init__(why.value)
        self.why, self.detail, self.final = why, str(detail)[:40], final


@dataclass(frozen=True)
class Channel:
    """A way to tell somebody of an issue.

    `owed` gives the targets' keys for an issue, `send` sends one message or raises Undeliverable,
    `named` gives staff the names of targets by their keys.
    """

    name: str
    label: str
    owed: Callable[[Issue], Iterable[str]]
    send: Callable[[Delivery, datetime], None]
    named: Callable[[Iterable[str]], dict[str, str]]
    at_once: int = 4


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> Channel:
    """Add a channel; each app does so in its module `channels`."""
    _channels[channel.name] = channel
    return channel


def channels() -> list[Channel]:
    """Give all channels."""
    return list(_channels.values())


def channel_named(name: str) -> Channel | None:
    """Give a channel; None for one of an app that was taken out."""
    return _channels.get(name)


def owe(issue: Issue) -> None:
    """Write down who is owed an issue, once each however often it is called."""
    rows = [
        Delivery(channel=channel.name, target=target, issue=issue, **beginning(issue))
        for channel in channels()
        for target in channel.owed(issue)
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def beginning(issue: Issue) -> dict:
    """Give what a new delivery of an issue starts out with."""
    return {"site": issue.site, "owed_at": issue.sent, "next_at": issue.sent}


def owe_letter(site, target: str, at: datetime) -> uuid.UUID:
    """Write down a letter to one of the staff, or find the one that gathers; give its event.

    Whoever holds the row has it leave after they are done, with what they put into it.
    """
    gathers = Delivery.objects.for_site(site).filter(channel=LETTERS, target=target)
    gathers = gathers.filter(status=Status.WAITING, attempts=0, next_at__gt=at)
    found = gathers.select_for_update(skip_locked=True).first()
    if found is None:
        times = {"owed_at": at, "next_at": at + GATHERS}
        found = Delivery.objects.create(channel=LETTERS, site=site, target=target, **times)
    return found.event


def owe_test(channel: str, site, target: str, at: datetime) -> Delivery:
    """Write down a message that is about no issue."""
    start = {"owed_at": at, "next_at": at}
    return Delivery.objects.create(channel=channel, site=site, target=target, **start)


def owe_forwarded(site, target: str, at: datetime) -> Delivery:
    """Write down a mail that brings an address of the mission what a reader sent."""
    start = {"owed_at": at, "next_at": at}
    return Delivery.objects.create(channel=FORWARDED, site=site, target=target, **start)


@transaction.atomic
def lease(channel: Channel, at: datetime, count: int) -> list[Delivery]:
    """Take up to so many due messages, each to another target, and none that others hold.

    A target with a message under way waits for the next turn, so that one that is slow, or has
    many waiting, never takes every place.
    """
    busy = Delivery.objects.being_sent(at).filter(channel=channel.name, target=OuterRef("target"))
    due = Delivery.objects.due(at).filter(~Exists(busy), channel=channel.name)
    taken: dict[str, Delivery] = {}
    for row in due.order_by("next_at", "pk").select_for_update(skip_locked=True)[: count * 4]:
        if row.status == Status.LEASED and row.attempts >= TRIES:
            give_up(row)
        elif len(taken) < count:
            taken.setdefault(row.target, row)
    until = at + LEASE
    keys = [row.pk for row in taken.values()]
    lapsed = Delivery.objects.filter(pk__in=keys, status=Status.LEASED)
    lapsed.update(why=Why.CUT_SHORT, detail="")
    changes = {"status": Status.LEASED, "leased_until": until, "attempts": F("attempts") + 1}
    Delivery.objects.filter(pk__in=keys).update(**changes)
    found = Delivery.objects.filter(pk__in=keys).select_related("site", "issue__site")
    return list(found.order_by("pk"))


def give_up(row: Delivery) -> None:
    """Give up what a worker did not survive, time after time."""
    changes = {"status": Status.DEAD, "leased_until": None, "why": Why.CUT_SHORT, "detail": ""}
    Delivery.objects.filter(pk=row.pk).update(**changes)


def done(delivery: Delivery, at: datetime) -> None:
    """Write down that a message arrived; it is never sent again, whoever holds it by now."""
    arrived = {"status": Status.DONE, "done_at": at, "leased_until": None}
    rows = Delivery.objects.filter(pk=delivery.pk).exclude(status=Status.DONE)
    rows.update(**arrived, why="", detail="")


def failed(delivery: Delivery, at: datetime, error: Undeliverable) -> bool:
    """Write down why a message did not arrive and when it is tried again; say whether it is.

    Only for whoever holds the lease: what another worker took since is no longer ours to judge.
    """
    dead = error.final or delivery.attempts >= TRIES
    held = Delivery.objects.filter(
        pk=delivery.pk, status=Status.LEASED, leased_until=delivery.leased_until
    )
    held.update(
        status=Status.DEAD if dead else Status.WAITING,
        next_at=at + pause_after(delivery.attempts),
        leased_until=None,
        why=error.why,
        detail=error.detail,
    )
    return not dead


def pause_after(attempts: int) -> timedelta:
    """Give how long to wait after so many tries: twice as long each time, up to a limit."""
    doublings = min(max(attempts - 1, 0), TRIES)
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def may_try_again(user, site) -> bool:
    """Whether an account may send again what was given up."""
    return has_right(user, site, "advisories", "change_delivery")


@transaction.atomic
def try_again(delivery: Delivery, by, at: datetime) -> Delivery:
    """Send again what was given up, with all its tries."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not may_try_again(by, row.site):
        raise PermissionDenied
    if row.status == Status.DONE:
        raise Refused(_("It has arrived by now."))
    if row.status != Status.DEAD:
        raise Refused(_("It is being tried already."))
    row.status, row.attempts, row.next_at = Status.WAITING, 0, at
    row.save(update_fields=["status", "attempts", "next_at"])
    data = {"channel": row.channel, "target": row.target}
    log(instance=row, action="advisories.try_again", user=by, data=data)
    return row
