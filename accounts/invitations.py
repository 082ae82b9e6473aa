"""Every write to an invitation: asked for, sent, accepted once, or withdrawn.

The address in the letter is the only copy of its token; the database has a hash of it. An account
is locked while its invitations change, so of two at once one is done after the other.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import invitation_mail
from accounts.keepers import require_alone, require_apart, require_keeper, require_roles
from accounts.models import Invitation
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.mission.permissions import sites_administered_by
from embassy.models import User

INVITED = "accounts.invited"
ACCEPTED = "accounts.accepted"
WITHDRAWN = "accounts.withdrawn"
audit.name_action(INVITED, gettext_lazy("Invited"))
audit.name_action(ACCEPTED, gettext_lazy("Accepted an invitation"))
audit.name_action(WITHDRAWN, gettext_lazy("Withdrew an invitation"))

Why = Invitation.Why


class Gone(Exception):
    """A token that opens nothing: expired, used, withdrawn or never given."""


def digest_of(token: str) -> str:
    """Give the hash by which a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()


def found(digest: str, at: datetime) -> Invitation:
    """Find the invitation a token opens at a moment, or raise Gone, whatever the cause."""
    invitation = Invitation.objects.good(at).filter(digest=digest).select_related("account").first()
    if invitation is None:
        raise Gone
    return invitation


def invite(
    by: User | None, account: User, roles: Iterable[Group], at: datetime
) -> tuple[Invitation, str]:
    """Invite somebody new, or whose account is closed, with roles that take effect on acceptance.

    Gives the invitation and its token; the letter leaves after the commit. An invitation of before
    is withdrawn, so it is safe to repeat.
    """
    with transaction.atomic():
        chosen = list(roles)
        require_roles(by, chosen)
        account = locked(by, account) if account.pk else made(by, account)
        if account.is_active:
            raise Refused(_("This account is open already."))
        require_alone(by, account)
        require_apart(chosen, account.groups.all())
        account.groups.add(*chosen)
        return issue(by, account, Why.ACCOUNT, at, names=[group.name for group in chosen])


def invite_again(by: User | None, account: User, at: datetime) -> Invitation:
    """Send another letter in place of the one of before, as one administrator may alone."""
    with transaction.atomic():
        account = locked(by, account)
        refuse_open(account)
        require_alone(by, account)
        return send_again(by, account, at)


def send_again(by: User | None, account: User, at: datetime) -> Invitation:
    """Send another letter for the same purpose, as far as the account is still to be opened."""
    account = locked(by, account)
    refuse_open(account)
    return issue(by, account, Why.FACTORS if account.is_active else Why.ACCOUNT, at)[0]


def refuse_open(account: User) -> None:
    """Refuse to send a letter to whoever can sign in."""
    last = account.invitations.order_by("-pk").first()
    wants_factors = account.is_active and last and last.why == Why.FACTORS
    if account.is_active and not (wants_factors and last.used_at is None):
        raise Refused(_("This account is open already."))


def closed_with(address: str) -> QuerySet[User]:
    """Give the closed account with an address: its owner may be invited by another mission."""
    closed = User.objects.filter(is_active=False, is_superuser=False, is_demo=False, groups=None)
    waiting = Invitation.objects.unanswered().values("account")
    return closed.filter(email=address.strip().lower()).exclude(pk__in=waiting)


def made(by: User | None, account: User) -> User:
    """Store a new account, or take up the closed one, which nobody can sign in with yet."""
    if by is not None and (account.mission not in sites_administered_by(by) or not by.is_active):
        raise Refused(_("Invite people to your own mission only."))
    if former := closed_with(account.email).select_for_update(of=["self"]).first():
        account.pk = former.pk
        account.date_joined, account.last_login = former.date_joined, former.last_login
        account.sign_outs = former.sign_outs
        account._state.adding = False
    account.is_active = False
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        sentence = _("An account with this mail address exists already.")
        raise Refused(sentence) from None
    return account


def locked(by: User | None, account: User) -> User:
    """Give an account as it is now, locked, to one who looks after it."""
    account = User.objects.select_for_update().get(pk=account.pk)
    require_keeper(by, account)
    if account == by:
        raise Refused(_("That is your own account: another administrator does this for you."))
    return account


def issue(
    by: User | None, account: User, why: str, at: datetime, names: Iterable[str] = ()
) -> tuple[Invitation, str]:
    """Write an invitation in place of any other, and let its letter leave after the commit."""
    if account.is_demo and not settings.DEMO_ACCOUNTS:
        raise Refused(_("This is an account of the demo site. Invite another address."))
    if account.mission is None:
        raise Refused(_("Give this account a mission first."))
    account.invitations.unanswered().update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        site=account.mission,
        account=account,
        why=why,
        digest=digest_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=settings.ACCOUNT_CARE["invitation_days"]),
    )
    details = {"why": why, "roles": sorted(names)}
    audit.record(INVITED, by=by, of=account, at=at, details=details)
    transaction.on_commit(partial(send, invitation, token))
    return invitation, token


def send(invitation: Invitation, token: str) -> None:
    """Send the letter, and note on the invitation when it did not leave."""
    failed = not invitation_mail.send(invitation, token)
    Invitation.objects.filter(pk=invitation.pk).update(mail_failed=failed)


def accept(digest: str, password: str | None, at: datetime) -> User:
    """Open the account a token is of, with a password or, for a passkey, without; once."""
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=found(digest, at).account_id)
        invitation = found(digest, at)  # again: another may have come first
        if invitation.why == Why.FACTORS and not account.is_active:
            raise Gone
        account.set_password(password)
        account.is_active = True
        account.save(update_fields=["password", "is_active"])
        invitation.used_at = at
        invitation.save(update_fields=["used_at"])
        audit.record(ACCEPTED, by=account, of=account, at=at)
        return account


def withdraw(by: User | None, account: User, at: datetime) -> int:
    """Make what was sent to an account worthless; gives how many letters that were."""
    with transaction.atomic():
        account = locked(by, account)
        count = account.invitations.unanswered().update(withdrawn_at=at)
        if count:
            audit.record(WITHDRAWN, by=by, of=account, at=at)
        return count
