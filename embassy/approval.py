"""Who may write, approve and issue what in a mission: the one wording of the two-person rule.

Words that reach the public need two people: whoever wrote any of them since they last went out may
not be the one who lets them out. It holds for everybody, whatever their rights.
"""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import GroupSitePermission, Site

from embassy.models.mission_parts import MissionRole
from embassy.models.users import User

ADMINISTRATOR = "administrator"
DECIDING = ("approve_", "confirm_", "break_glass_")  # how rights begin that let words out


def of_both() -> QuerySet[User]:
    """Give the accounts that are administrator and have another role: roles that must not meet.

    Whoever lets accomplices in would otherwise approve what these write.
    """
    keepers = Group.objects.filter(mission_role__role=ADMINISTRATOR)
    others = Group.objects.exclude(mission_role__role=ADMINISTRATOR)
    return User.objects.filter(pk__in=User.objects.filter(groups__in=keepers), groups__in=others)


def decides(user) -> bool:
    """Whether an account may be the second person for anything: not while it is of both."""
    return not of_both().filter(pk=user.pk).exists()


def has_right(user, site: Site, app_label: str, codename: str) -> bool:
    """Whether an account holds a right in a mission; who is of both decides nothing."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    rights = GroupSitePermission.objects.filter(
        group__in=user.groups.all(),
        site=site,
        permission__codename=codename,
        permission__content_type__app_label=app_label,
    )
    if codename.startswith(DECIDING):
        rights = rights.exclude(Exists(of_both().filter(pk=user.pk)))
    return rights.exists()


def people_with(codename: str, app_label: str, site: Site) -> QuerySet[User]:
    """Give the open accounts of a mission's staff that hold a right there, each once."""
    groups = GroupSitePermission.objects.filter(
        site=site,
        permission__codename=codename,
        permission__content_type__app_label=app_label,
    )
    people = User.objects.filter(is_active=True, groups__in=groups.values("group")).distinct()
    return people.exclude(pk__in=of_both()) if codename.startswith(DECIDING) else people


def has_role(user, site: Site, codes: Collection[str]) -> bool:
    """Whether an account may decide by one of these roles of a mission; nobody of both may."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    roles = MissionRole.objects.filter(site=site, role__in=codes)
    both = Exists(of_both().filter(pk=user.pk))
    return roles.filter(group__in=user.groups.all()).exclude(both).exists()


def people_in(codes: Collection[str], site: Site) -> QuerySet[User]:
    """Give the open accounts that may decide by one of these roles of a mission, each once."""
    groups = MissionRole.objects.filter(site=site, role__in=codes).values("group")
    people = User.objects.filter(is_active=True, groups__in=groups).distinct()
    return people.exclude(pk__in=of_both())


def is_second_person(user, writers: Collection[int]) -> bool:
    """Whether somebody wrote none of the words that are to go out."""
    return user.pk not in writers


def second_person_needed() -> str:
    """Say why a writer cannot approve."""
    return _("You wrote part of this. Somebody who wrote none of it must approve it.")


class Refused(Exception):
    """A step that cannot be taken now; its text says why and what to do instead."""
