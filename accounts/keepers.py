"""Who looks after whose account, worded once: administrators, within their missions."""

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Site

from embassy.approval import Refused
from embassy.models import MissionRole, User
from embassy.permissions import sites_administered_by

ADMINISTRATOR = "administrator"
GRAVE = (ADMINISTRATOR, "break_glass")  # given by two administrators together


def administrators_of(site: Site) -> QuerySet[User]:
    """Give the open accounts that look after those of a mission."""
    roles = MissionRole.objects.filter(site=site, role=ADMINISTRATOR)
    return User.objects.filter(is_active=True, groups__in=roles.values("group")).distinct()


def looked_after_by(keeper: User) -> QuerySet[User]:
    """Give the accounts somebody looks after: of their missions, with no role elsewhere.

    Who may invite somebody anew decides who signs in as them, with all their roles.
    """
    if keeper.is_superuser:
        return User.objects.all()
    sites = sites_administered_by(keeper) if keeper.is_active else []
    elsewhere = Group.objects.exclude(mission_role__site__in=sites)
    people = User.objects.filter(mission__in=sites, is_superuser=False)
    return people.exclude(groups__in=elsewhere).distinct()


def require_keeper(keeper: User | None, account: User) -> None:
    """Refuse whoever does not look after an account; nobody at all is a command on the server."""
    if keeper is not None and not looked_after_by(keeper).filter(pk=account.pk).exists():
        raise Refused(_("Only an administrator of this person's mission may do that."))


def roles_to_give(keeper: User) -> QuerySet[Group]:
    """Give the roles an administrator gives alone."""
    roles = MissionRole.objects.filter(site__in=sites_administered_by(keeper))
    return Group.objects.filter(mission_role__in=roles.exclude(role__in=GRAVE)).order_by("name")


def require_roles(keeper: User | None, groups: list[Group]) -> None:
    """Refuse roles of another mission, and those that need a second administrator."""
    if keeper is None:
        return
    if any(group.mission_role.role in GRAVE for group in groups if has_role(group)):
        raise Refused(needs_second())
    if set(groups) - set(roles_to_give(keeper)):
        raise Refused(_("Choose roles of your own mission only."))


def has_role(group: Group) -> bool:
    """Whether a group stands for a role of a mission."""
    return MissionRole.objects.filter(group=group).exists()


def needs_second() -> str:
    """Say what one administrator alone cannot give."""
    return _(
        "The roles of administrator and break-glass need a second administrator: ask for them "
        "on the page of the account."
    )
