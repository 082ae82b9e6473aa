"""Who looks after whose account, worded once: administrators, within their missions."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Site

from embassy.approval import ADMINISTRATOR, Refused
from embassy.mission.permissions import sites_administered_by
from embassy.models import MissionRole, User

BY_NAME = (ADMINISTRATOR, "break_glass")  # asked for on the page of an account alone
# Given by two administrators together: with any of these, somebody stands by as a second person.
GRAVE = (*BY_NAME, "approver", "consular", "public_affairs", "section_editor")


def administrators_of(site: Site) -> QuerySet[User]:
    """Give the open accounts that look after those of a mission."""
    roles = MissionRole.objects.filter(site=site, role=ADMINISTRATOR)
    return User.objects.filter(is_active=True, groups__in=roles.values("group")).distinct()


def left_alone(site: Site) -> list[str]:
    """Say what a mission lacks that has one administrator, and how it is mended."""
    if administrators_of(site).count() != 1:
        return []
    return [_("One administrator is left. %(mend)s") % {"mend": second_comes(site)}]


def second_comes(site: Site) -> str:
    """Say why one administrator is not enough, and which command makes a second."""
    words = _(
        "What needs two administrators, nobody can confirm then. Whoever runs the server makes "
        "another: manage.py first_administrators %(host)s MAIL MAIL, with the address of the one "
        "there is and that of the new one."
    )
    return words % {"host": site.hostname}


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


def roles_to_tick(keeper: User) -> QuerySet[Group]:
    """Give the roles that stand in the form of an account."""
    roles = MissionRole.objects.filter(site__in=sites_administered_by(keeper))
    return Group.objects.filter(mission_role__in=roles.exclude(role__in=BY_NAME)).order_by("name")


def grave_among(groups: Iterable[Group]) -> list[MissionRole]:
    """Give the roles among groups that need a second administrator."""
    return list(MissionRole.objects.filter(group__in=list(groups), role__in=GRAVE).order_by("pk"))


def has_grave_role(account: User) -> bool:
    """Whether whoever signs in as somebody stands by as a second person, or more."""
    return bool(grave_among(account.groups.all()))


def require_roles(keeper: User | None, groups: Iterable[Group]) -> None:
    """Refuse roles of another mission, and those that need a second administrator."""
    if keeper is None:
        return
    if grave_among(groups):
        raise Refused(needs_second())
    if set(groups) - set(roles_to_tick(keeper)):
        raise Refused(_("Choose roles of your own mission only."))


def would_meet(given: Iterable[Group], kept: Iterable[Group]) -> bool:
    """Whether somebody given roles would be administrator and have another role.

    Takes what is kept beside them. Who is both already may lose roles one by one.
    """
    wanted = {group.pk for group in given}
    together = Group.objects.filter(pk__in=wanted | {group.pk for group in kept})
    keepers = together.filter(mission_role__role=ADMINISTRATOR)
    return bool(wanted) and keepers.exists() and together.exclude(pk__in=keepers).exists()


def require_apart(given: Iterable[Group], kept: Iterable[Group]) -> None:
    """Refuse roles that must not meet; the account is locked, so of two at once one is refused."""
    if would_meet(given, kept):
        raise Refused(must_not_meet())


def require_alone(keeper: User | None, account: User) -> None:
    """Refuse one administrator a letter that opens an account with such a role."""
    if keeper is not None and has_grave_role(account):
        raise Refused(letter_needs_second())


def needs_second() -> str:
    """Say what one administrator alone cannot give."""
    return _("This role needs a second administrator: ask for it on the page of the account.")


def must_not_meet() -> str:
    """Say which roles nobody has together, and why."""
    return _(
        "An administrator holds no other role, in any mission: whoever lets people in neither "
        "writes nor approves. Take the other role away first, or give this one to somebody else."
    )


def letter_needs_second() -> str:
    """Say what one administrator alone cannot send."""
    return _(
        "With this account somebody approves what the public reads, so a second administrator "
        "must agree that its letter is sent. Ask for it on the page of the account."
    )
