"""How an account stands, as administrators sort and see them."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Invitation
from embassy.models import User
from embassy.roles import ROLES

KINDS = Authenticator.Type


def away(at: datetime) -> Q:
    """Say of open accounts that nobody signed in with them for long."""
    since = at - timedelta(days=settings.ACCOUNT_CARE["stale_days"])
    never = Q(last_login=None, date_joined__lte=since)
    return Q(is_active=True) & (Q(last_login__lte=since) | never)


def invited() -> Q:
    """Say of accounts that their invitation was neither used nor withdrawn."""
    return Q(pk__in=Invitation.objects.unanswered().values("account"))


def with_standing(accounts: QuerySet[User]) -> QuerySet[User]:
    """Read invitations, factors and roles along, whatever the number of accounts."""
    letters = Invitation.objects.unanswered()
    return accounts.prefetch_related(
        Prefetch("invitations", letters, to_attr="letters"),
        "authenticator_set",
        "groups__mission_role__site",
    )


def letter_of(account: User) -> Invitation | None:
    """Give the invitation that was neither used nor withdrawn."""
    if hasattr(account, "letters"):
        return next(iter(account.letters), None)
    return account.invitations.unanswered().first()


def standing_of(account: User, at: datetime) -> str:
    """Say in a few words how an account stands."""
    letter = letter_of(account)
    if letter is None:
        return _("opened") if account.is_active else _("closed")
    if letter.mail_failed:
        return _("the letter could not be sent")
    if not letter.is_good(at):
        return _("invitation too old")
    return _("new factors awaited") if account.is_active else _("invited")


def factors_of(account: User) -> str:
    """Name the kinds of factors an account has; recovery codes alone are none."""
    names = {KINDS.WEBAUTHN: _("passkey"), KINDS.TOTP: _("app")}
    found = {factor.type for factor in account.authenticator_set.all()}
    return ", ".join(name for kind, name in names.items() if kind in found) or _("none")


def roles_of(account: User) -> str:
    """Name the roles an account has, with the mission where that is not its own."""
    order = list(ROLES)
    roles = [group.mission_role for group in account.groups.all() if hasattr(group, "mission_role")]
    roles.sort(key=lambda held: (held.site_id != account.mission_id, order.index(held.role)))
    names = [
        str(ROLES[held.role].name)
        if held.site_id == account.mission_id
        else f"{ROLES[held.role].name} ({held.site.site_name or held.site.hostname})"
        for held in roles
    ]
    return ", ".join(names) or _("none")
