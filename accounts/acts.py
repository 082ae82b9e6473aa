"""What an administrator does with somebody's account, each on a page that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import asking, invitations, offboarding, people, raising
from accounts.act_forms import (
    ActForm,
    AnswerForm,
    AskForm,
    ConfirmForm,
    ReasonForm,
    TakeForm,
    held_by,
    not_held_by,
)
from embassy.auditing import audit_screens
from embassy.models import User


@dataclass(frozen=True)
class Act:
    """One act: its words, when it is offered, and what it does with what the form says."""

    title: Promise
    explanation: Promise
    done: Promise
    do: Callable[[User, User, datetime, dict], object]
    offered: Callable[[User], bool]
    form: type[ActForm] = ActForm
    lines: Callable[[User], list[str]] = lambda account: []
    warnings: Callable[[User], list[str]] = lambda account: []


def may_be_invited(account: User) -> bool:
    """Whether an account waits for a letter, or is closed."""
    return not account.is_active or people.letter_of(account) is not None


def is_here(account: User) -> bool:
    """Whether an account is open or may be opened."""
    return account.is_active or people.letter_of(account) is not None


def is_asked_for(account: User) -> bool:
    """Whether a role for an account waits to be confirmed."""
    return account.role_requests.waiting(timezone.now()).exists()


WAITS = _("The request waits for a second administrator.")
ACTS: dict[str, Act] = {
    "invite_again": Act(
        _("Send an invitation"),
        _(
            "A new letter goes to this address. One sent before is no longer good. For an account "
            "with which somebody approves, a second administrator confirms it first."
        ),
        _("The invitation is on its way. The list says so if it could not be sent."),
        lambda by, account, at, said: asking.invite_again(by, account, said["reason"], at),
        may_be_invited,
        ReasonForm,
    ),
    "withdraw": Act(
        _("Withdraw the invitation"),
        _("What was sent is no longer good. You can invite this person again at any time."),
        _("The invitation was withdrawn."),
        lambda by, account, at, said: invitations.withdraw(by, account, at),
        lambda account: people.letter_of(account) is not None,
    ),
    "sign_out": Act(
        _("Sign out everywhere"),
        _("All sessions of this account end, on all devices. Its owner signs in again."),
        _("All sessions of the account ended."),
        lambda by, account, at, said: offboarding.sign_out(by, account, at),
        lambda account: account.is_active,
    ),
    "reset_factors": Act(
        _("Reset the second factor"),
        _(
            "First make sure who is asking: in person, or by a call to a known number. Passkeys, "
            "app, recovery codes and password are taken away, all sessions end, and a letter with "
            "a way to set up new ones goes to the address of the account. For an account with "
            "which somebody approves, a second administrator confirms it first; until then nothing "
            "changes, so end its sessions at once if a device was stolen."
        ),
        _("The factors were taken away, and a letter is on its way."),
        lambda by, account, at, said: asking.reset_factors(by, account, said["reason"], at),
        lambda account: account.is_active,
        ReasonForm,
    ),
    "ask_for_role": Act(
        _("Ask for a grave role"),
        _(
            "All roles but that of the duty officer need two administrators. The others are told "
            "by mail; one of them confirms within a week."
        ),
        WAITS,
        lambda by, account, at, said: raising.ask(by, account, said["role"], said["reason"], at),
        lambda account: is_here(account) and not_held_by(account).exists(),
        AskForm,
    ),
    "confirm_role": Act(
        _("Confirm what a colleague asks for"),
        _(
            "It is done at once. Look at the address, and ask the person who asked for it when you "
            "are in doubt."
        ),
        _("It was done."),
        lambda by, account, at, said: raising.confirm(by, said["request"], at),
        is_asked_for,
        ConfirmForm,
    ),
    "decline_role": Act(
        _("Decline what a colleague asks for"),
        _("The request comes to nothing. It may be made again."),
        _("The request was declined."),
        lambda by, account, at, said: raising.decline(by, said["request"], at),
        is_asked_for,
        AnswerForm,
    ),
    "take_role": Act(
        _("Take a grave role away"),
        _("The role ends at once; other roles stay."),
        _("The role was taken away."),
        lambda by, account, at, said: raising.take(by, account, said["role"], said["reason"], at),
        lambda account: held_by(account).exists(),
        TakeForm,
    ),
    "off_board": Act(
        _("Close the account"),
        _(
            "For somebody who leaves. All sessions end; factors, password and roles are taken "
            "away; invitations and requests for roles come to nothing; pages they locked are "
            "unlocked. What they did stays on record. A new invitation opens the account again."
        ),
        _("The account is closed."),
        lambda by, account, at, said: offboarding.off_board(by, account, at, said["reason"]),
        is_here,
        ReasonForm,
        offboarding.what_goes,
        offboarding.what_is_lacking,
    ),
}
for code, act in ACTS.items():  # each has a page of its own
    audit_screens.watch(f"admin:account_{code}", act.title)
