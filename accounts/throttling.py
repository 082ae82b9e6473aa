"""Guessing is slowed down: after a few wrong tries an account, or a client, has to wait.

A try is written down as a failure before it is looked at, one after the other for an account, and
struck out when it was right. So however many come at once, in whichever process, just as many are
looked at as the limit allows, and none waits while another's password is compared. A passkey cannot
be guessed, so it is never counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SignInFailure, SignInFailureQuerySet
from embassy.readers.networks import network_of


class Locked(ValidationError):
    """Too many wrong tries; says how long to wait."""

    def __init__(self, until: datetime, at: datetime):
        """Take when the next try will be looked at."""
        self.until = until
        self.minutes = max(1, -(-(until - at) // timedelta(minutes=1)))
        super().__init__(sentence(self.minutes), code="locked")


@dataclass
class Try:
    """One try that may be looked at; it counts as a failure until it is called right."""

    failure: SignInFailure

    def was_right(self) -> None:
        """Strike it out."""
        self.failure.delete()


def begin(account: str, client: str, at: datetime) -> Try:
    """Write a try down, or raise Locked; `client` is the address it came from."""
    SignInFailure.objects.outdated(at).delete()
    keys = {"account_key": key_of_account(account), "client_key": key_of_client(client)}
    with transaction.atomic():
        take_turns(keys)
        refuse_when_locked(keys, at)
        return Try(SignInFailure.objects.create(at=at, **keys))


def take_turns(keys: dict[str, str]) -> None:
    """Wait until nobody else counts for this account or this client, always in this order."""
    with connection.cursor() as cursor:
        for name in ("account_key", "client_key"):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [keys[name]])


def is_locked(account: str, at: datetime) -> bool:
    """Whether the next try for an account would have to wait."""
    failures = SignInFailure.objects.of_account(key_of_account(account))
    return end_of_lock(failures, settings.SIGN_IN_TRIES["account"], at) is not None


def refuse_when_locked(keys: dict[str, str], at: datetime) -> None:
    """Raise Locked unless one more failure stays within both limits."""
    failures, limits = SignInFailure.objects, settings.SIGN_IN_TRIES
    ends = [
        end_of_lock(failures.of_account(keys["account_key"]), limits["account"], at),
        end_of_lock(failures.of_client(keys["client_key"]), limits["client"], at),
    ]
    if until := max((end for end in ends if end is not None), default=None):
        raise Locked(until, at)


def end_of_lock(failures: SignInFailureQuerySet, limit: int, at: datetime) -> datetime | None:
    """Give when one more try is allowed, or nothing when it is allowed now."""
    window = timedelta(minutes=settings.SIGN_IN_TRIES["minutes"])
    moments = failures.since(at - window).order_by("-at").values_list("at", flat=True)
    last = list(moments[:limit])
    return last[-1] + window if len(last) == limit else None


def key_of_account(address: str) -> str:
    """Give what an account is remembered by, whether there is one with that address or not."""
    return salted_hmac("accounts.account", address.strip().lower(), algorithm="sha256").hexdigest()


def key_of_client(address: str) -> str:
    """Give what a client is remembered by: its address, or its network where it has many."""
    network = network_of(address)
    return salted_hmac("accounts.client", network, algorithm="sha256").hexdigest()


def sentence(minutes: int) -> str:
    """Say how long to wait, and what works meanwhile."""
    wait = ngettext(
        "Too many wrong tries. Wait %(count)s minute, then try again.",
        "Too many wrong tries. Wait %(count)s minutes, then try again.",
        minutes,
    ) % {"count": minutes}
    return f"{wait} {_('A passkey works all the same, at once.')}"
