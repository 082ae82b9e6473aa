"""Guessing is slowed down: after a few wrong tries an account, or a client, has to wait.

A try is written down as a failure before it is looked at, and struck out when it was right. So
however many come at once, in whichever process, no more are looked at than the limit allows, and
none of them waits for another. A passkey cannot be guessed, so it is never counted.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SignInFailure, SignInFailureQuerySet

NETWORK = 64  # of an IPv6 address: what one household or office has


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
    refuse_when_locked(keys, at, allowed_more=1)
    failure = SignInFailure.objects.create(at=at, **keys)
    try:
        refuse_when_locked(keys, at, allowed_more=0)
    except Locked:  # others came at the same moment
        failure.delete()
        raise
    return Try(failure)


def is_locked(account: str, at: datetime) -> bool:
    """Whether the next try for an account would have to wait."""
    failures = SignInFailure.objects.of_account(key_of_account(account))
    return end_of_lock(failures, settings.SIGN_IN_TRIES["account"], at, 1) is not None


def refuse_when_locked(keys: dict[str, str], at: datetime, allowed_more: int) -> None:
    """Raise Locked unless so many more failures stay within both limits."""
    failures = SignInFailure.objects
    limits = settings.SIGN_IN_TRIES
    ends = [
        end_of_lock(failures.of_account(keys["account_key"]), limits["account"], at, allowed_more),
        end_of_lock(failures.of_client(keys["client_key"]), limits["client"], at, allowed_more),
    ]
    if until := max((end for end in ends if end is not None), default=None):
        raise Locked(until, at)


def end_of_lock(
    failures: SignInFailureQuerySet, limit: int, at: datetime, allowed_more: int
) -> datetime | None:
    """Give when one more try is allowed, or nothing when it is allowed now."""
    window = timedelta(minutes=settings.SIGN_IN_TRIES["minutes"])
    moments = failures.since(at - window).order_by("-at").values_list("at", flat=True)
    last = list(moments[: limit + 1 - allowed_more])
    return last[-1] + window if len(last) + allowed_more > limit else None


def key_of_account(address: str) -> str:
    """Give what an account is remembered by, whether there is one with that address or not."""
    return salted_hmac("accounts.account", address.strip().lower(), algorithm="sha256").hexdigest()


def key_of_client(address: str) -> str:
    """Give what a client is remembered by: its address, or its network where it has many."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        number = address
    if isinstance(number, ipaddress.IPv6Address):
        number = ipaddress.ip_network((number, NETWORK), strict=False)
    return salted_hmac("accounts.client", str(number), algorithm="sha256").hexdigest()


def sentence(minutes: int) -> str:
    """Say how long to wait, and what works meanwhile."""
    wait = ngettext(
        "Too many wrong tries. Wait %(count)s minute, then try again.",
        "Too many wrong tries. Wait %(count)s minutes, then try again.",
        minutes,
    ) % {"count": minutes}
    return f"{wait} {_('A passkey works all the same, at once.')}"
