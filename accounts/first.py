"""A mission's first two administrators, who come from whoever runs the server."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from accounts import invitations
from accounts.keepers import ADMINISTRATOR, administrators_of, must_not_meet, would_meet
from accounts.models import Invitation
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.models import MissionRole, User

NUMBER = 2
APPOINTED = "accounts.appointed"
audit.name_action(APPOINTED, gettext_lazy("Appointed an administrator from the server"))


@dataclass(frozen=True)
class Appointed:
    """One of the two, with the letter and its token where one was sent."""

    account: User
    letter: Invitation | None = None
    token: str = ""


def appoint(site: Site, addresses: list[str], at: datetime) -> list[Appointed]:
    """Make two people administrators of a mission, inviting those who are not here yet.

    Safe to repeat: who has accepted is left alone, who has not gets another letter. Where others
    are administrators already, no third one is made: they look after accounts themselves.
    """
    mails = two_different(addresses)
    with transaction.atomic():
        role = MissionRole.objects.select_for_update(no_key=True).get(site=site, role=ADMINISTRATOR)
        others = administrators_of(site).exclude(email__in=mails)
        if others.exists():
            names = ", ".join(others.values_list("email", flat=True).order_by("email"))
            raise Refused(
                f"This mission has administrators already: {names}. They invite and raise others "
                "in the Django admin; a single one is named beside a second."
            )
        withdraw_from_others(role, mails, at)
        return [appoint_one(role, mail, at) for mail in mails]


def two_different(addresses: list[str]) -> list[str]:
    """Give two addresses as accounts have them, or refuse."""
    mails = [address.strip().lower() for address in addresses]
    for mail in mails:
        try:
            validate_email(mail)
        except ValidationError:
            raise Refused(f"{mail} is no mail address.") from None
    if len(set(mails)) != NUMBER:
        raise Refused("Give two different addresses, of two people.")
    return mails


def withdraw_from_others(role: MissionRole, mails: list[str], at: datetime) -> None:
    """Take back what an earlier run gave to somebody who never came."""
    never_came = User.objects.filter(groups=role.group, is_active=False).exclude(email__in=mails)
    for account in never_came:
        invitations.withdraw(None, account, at)
        account.groups.remove(role.group)


def appoint_one(role: MissionRole, mail: str, at: datetime) -> Appointed:
    """Make somebody an administrator, and invite them unless they are here."""
    account = User.objects.select_for_update().filter(email=mail).first()
    if account is None:
        account = invitations.made(None, User(email=mail, mission=role.site))
    if account.is_superuser or account.mission_id != role.site_id:
        raise Refused(f"{mail} has an account that is not of this mission. Give another address.")
    if not account.groups.filter(pk=role.group_id).exists():
        if would_meet([role.group], account.groups.all()):
            raise Refused(f"{mail}: {must_not_meet()}")
        account.groups.add(role.group)
        audit.record(APPOINTED, of=account, site=role.site, at=at)
    if account.is_active:
        return Appointed(account)
    return Appointed(account, *invitations.invite(None, account, [], at))
