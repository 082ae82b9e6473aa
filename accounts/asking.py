"""What an administrator wants done to an account: done at once, or asked of a second one.

Whoever signs in with some roles stands by as a second person for what the public reads. So one
administrator alone neither gives such a role nor sends a letter that opens an account with one.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import factors, invitations, raising, rolegiving
from accounts.keepers import grave_among, has_grave_role, roles_to_tick
from accounts.models import Invitation, RoleRequest
from embassy.approval import Refused
from embassy.models import User


def invite(
    by: User, account: User, groups: Iterable[Group], at: datetime
) -> tuple[Invitation, list[RoleRequest]]:
    """Invite somebody at once, and ask for those of the roles that need a second administrator."""
    with transaction.atomic():
        alone = parted(by, groups)
        invitation, _token = invitations.invite(by, account, alone, at)
        return invitation, ask_for(by, invitation.account, groups, at)


def set_roles(by: User, account: User, groups: Iterable[Group], at: datetime) -> list[RoleRequest]:
    """Give and take roles at once as far as one may alone, and ask for the others."""
    with transaction.atomic():
        held = set(account.groups.all())
        alone = [*parted(by, set(groups) - held), *(held & set(groups))]
        rolegiving.set_roles(by, account, alone, at)
        return ask_for(by, account, set(groups) - held, at)


def parted(by: User, groups: Iterable[Group]) -> list[Group]:
    """Give those of some roles that one administrator gives alone; refuse those of elsewhere."""
    if set(groups) - set(roles_to_tick(by)):
        raise Refused(_("Choose roles of your own mission only."))
    grave = {role.group_id for role in grave_among(groups)}
    return [group for group in groups if group.pk not in grave]


def ask_for(by: User, account: User, groups: Iterable[Group], at: datetime) -> list[RoleRequest]:
    """Ask for the grave ones among some roles."""
    reason = _("Chosen in the form of the account")
    return [raising.ask(by, account, role, reason, at) for role in grave_among(groups)]


def reset_factors(by: User, account: User, reason: str, at: datetime) -> Invitation | RoleRequest:
    """Reset the second factor of a colleague, or ask for it."""
    if has_grave_role(account):
        return raising.ask_to_reset(by, account, reason, at)
    return factors.reset_by(by, account, reason, at)[0]


def invite_again(by: User, account: User, reason: str, at: datetime) -> Invitation | RoleRequest:
    """Send another letter, or ask for it."""
    if has_grave_role(account):
        return raising.ask_for_letter(by, account, reason, at)
    return invitations.invite_again(by, account, at)
