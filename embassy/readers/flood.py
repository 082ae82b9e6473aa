"""How often a public form is taken, counted in the database for all processes and machines.

Who sent it is remembered as a hash of the network address under a salt of the day, both of which
are erased; with what words as a hash, so that a form sent twice is stored once. What was taken is
stored in the transaction that counts it, one after the other for each target and each sender.
"""

import json
import math
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from embassy.models import Sending, SendingSalt
from embassy.models.sendings import SendingQuerySet
from embassy.readers.networks import network_of

LONGEST_KEPT = timedelta(hours=1)
"""No form counts for longer; what the nightly run finds of before is erased."""


@dataclass(frozen=True)
class Limits:
    """How many of a form are taken in so many minutes, from one sender and for one target."""

    form: str
    sender: int
    target: int
    minutes: int
    repeat_minutes: int

    @property
    def window(self) -> timedelta:
        """For how long one counts."""
        return timedelta(minutes=self.minutes)

    @property
    def repeat(self) -> timedelta:
        """For how long the same words are taken for the same form, sent twice."""
        return timedelta(minutes=self.repeat_minutes)


class Flood(Exception):
    """Too many were sent; says from when on another is taken, and whether it was one sender."""

    def __init__(self, until: datetime, at: datetime, by_sender: bool):
        super().__init__("flood")
        self.by_sender = by_sender
        self.seconds = max(1, math.ceil((until - at).total_seconds()))
        self.minutes = math.ceil(self.seconds / 60)


@transaction.atomic
def once(
    limits: Limits,
    target: str,
    address: str,
    words: Iterable[str],
    at: datetime,
    store: Callable[[], str],
) -> str:
    """Store what was sent and give its reference, or that of the same words sent before.

    `address` is that of the sender in the network. Raises Flood, with nothing stored.
    """
    digest = digest_of(limits.form, target, words)
    take_turns(f"{limits.form}:{target}")
    sender = key_of(address, at)
    take_turns(f"{limits.form}:{sender}")
    sent = Sending.objects.of_form(limits.form)
    sent.until(at - limits.window).delete()
    same = sent.to(target).saying(digest).since(at - limits.repeat).first()
    if same is not None:
        return same.reference
    refuse_flood(limits, sent, target, sender, at)
    keys = {"target": target, "sender_key": sender, "digest": digest, "reference": store()}
    return Sending.objects.create(form=limits.form, at=at, **keys).reference


def refuse_flood(
    limits: Limits, sent: SendingQuerySet, target: str, sender: str, at: datetime
) -> None:
    """Raise Flood unless one more stays within both limits."""
    of_sender = end_of_lock(sent.by(sender), limits.sender, limits.window, at)
    of_target = end_of_lock(sent.to(target), limits.target, limits.window, at)
    if of_sender is not None or of_target is not None:
        until = max(end for end in (of_sender, of_target) if end is not None)
        raise Flood(until, at, by_sender=of_target is None)


def end_of_lock(
    sent: SendingQuerySet, limit: int, window: timedelta, at: datetime
) -> datetime | None:
    """Give when one more is taken, or nothing when it is taken now."""
    moments = sent.since(at - window).order_by("-at").values_list("at", flat=True)
    last = list(moments[:limit])
    return last[-1] + window if len(last) == limit else None


def take_turns(name: str) -> None:
    """Wait until nobody else counts under this name; callers name what they count in one order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def key_of(address: str, at: datetime) -> str:
    """Give what a sender is remembered by on this day of UTC: nothing leads back from it."""
    salt = salt_of(at.astimezone(UTC).date())
    return salted_hmac(
        "embassy.sending", network_of(address), secret=salt, algorithm="sha256"
    ).hexdigest()


def salt_of(day: date) -> str:
    """Give the salt of a day, made when it is first asked for; those of other days are erased."""
    SendingSalt.objects.not_of(day).delete()
    fresh = {"salt": secrets.token_hex(32)}
    return SendingSalt.objects.get_or_create(day=day, defaults=fresh)[0].salt


def digest_of(form: str, target: str, words: Iterable[str]) -> str:
    """Give what words are known by, without keeping them."""
    text = json.dumps([form, target, *words])
    return salted_hmac("embassy.words", text, algorithm="sha256").hexdigest()


def erase(at: datetime, dry_run: bool = False) -> int:
    """Erase what no longer counts, and salts of other days; say how many senders it was."""
    old = Sending.objects.until(at - LONGEST_KEPT)
    if dry_run:
        return old.count()
    SendingSalt.objects.not_of(at.astimezone(UTC).date()).delete()
    return old.delete()[0]
