"""Proof, asked again before a grave step, that whoever is signed in is who the account belongs to.

The password is one; other apps know others and say so in their module `proofs`.

A wrong password is written into the log of the page, or other thing, it was given for. After a few
of them the account is asked to wait, whichever process answers, so that nobody guesses from an open
browser.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from embassy.approval import Refused
from embassy.models import User

WRONG = "embassy.wrong_password"
TRIES = 5
WAIT = timedelta(minutes=15)

Proof = Callable[[User, str, datetime], bool]

_proofs: list[Proof] = []


def another_proof(function: Proof) -> Proof:
    """Register a function that tells whether what was given proves an account; in `proofs.py`."""
    _proofs.append(function)
    return function


def is_proof(user, given: str, at: datetime) -> bool:
    """Whether what was given is the account's password, or another proof of it."""
    return user.check_password(given) or any(proof(user, given, at) for proof in _proofs)


def given_in(sent: QueryDict) -> str:
    """Give what a form was sent with as proof: a passkey's answer, or what was typed."""
    return sent.get("credential") or sent.get("password", "")


def prove(user, given: str, about, at: datetime, undone: str = "") -> None:
    """Refuse unless this proves the account, and for a while after too many wrong tries.

    `undone` is the sentence that says what did not happen then, like “Nothing was issued.”

    Several tries at once are taken one after the other, and each wrong one stays written down.
    """
    undone = undone or _("Nothing was done.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        too_many = wrong_since(user, at - WAIT) >= TRIES
        proven = not too_many and is_proof(user, given, at)
        if not proven and not too_many:
            log(instance=about, action=WRONG, user=user)
    if too_many:
        raise Refused(
            _("Too many wrong tries. %(undone)s Try again in %(minutes)s minutes.")
            % {"minutes": WAIT.seconds // 60, "undone": undone}
        )
    if not proven:
        refusal = _(
            "That is not your password, a code of your app or a passkey of yours. %(undone)s"
        )
        raise Refused(refusal % {"undone": undone})


def wrong_since(user, since: datetime) -> int:
    """Count the wrong passwords an account gave after a moment, for whatever it was."""
    wrong = {"user": user, "action": WRONG, "timestamp__gt": since}
    return sum(entries.objects.filter(**wrong).count() for entries in (PageLogEntry, ModelLogEntry))
