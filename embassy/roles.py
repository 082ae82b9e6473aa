"""Roles as data: what each role of a mission may do; applied by `manage.py sync_roles`.

Models are named by string, so that this file imports no app. A role's rights hold for one mission:
its pages in every language, its files, its facts. Accounts are the administrators' alone.
"""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Site,
)

from embassy.models import MissionRole, MissionSettings
from embassy.release import publishing

Rights = dict[str, Permission]

EDIT = ("add_page", "change_page")
# Wagtail's right to publish opens unpublishing, moving and privacy; words go out by two people, and
# the type of the page says whose role that is (`two_people.py`).
PUBLISH = (*EDIT, "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
FILES = ("add", "change", "choose", "delete")
FACTS = {
    "embassy.contactpoint": ("add", "change"),
    "embassy.schedule": ("add", "change"),
    "embassy.closure": ("add", "change", "delete"),
    "embassy.place": ("add", "change"),
    "sections.post": ("add", "change"),
}
PROMOTED = {"embassy.promotedresult": ("add", "change", "delete")}
SETTINGS = {"embassy.missionsettings": ("change",)}
WRITE = {
    "advisories.issue": ("write",),
    "advisories.incident": ("add", "change"),
    # What was given up is sent again at night too: the words are the issued ones.
    "advisories.delivery": ("view", "change"),
}
CLEAR = {**WRITE, "advisories.issue": ("write", "approve")}
PRESETS = {"advisories.alertpreset": ("add", "change", "delete")}
TELL = {**PRESETS, "advisories.webhook": ("add", "change")}
CONFIRM = {"embassy.requestedact": ("confirm",)}
GLASS = {"advisories.issue": ("break_glass",), "embassy.requestedact": ("break_glass",)}
AUDIT = {"embassy.auditentry": ("view",)}
REMARKS = {"embassy.remark": ("view",)}
QUESTIONS = {"sections.question": ("view", "change")}


@dataclass(frozen=True)
class Role:
    """What one role may do in its mission.

    `pages` are Wagtail's page rights on the whole tree, `facts` model rights per site,
    `globally` plain Django rights (reference data and accounts, in the Django admin).
    """

    name: str
    pages: tuple[str, ...] = ()
    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: bool = False
    globally: tuple[str, ...] = ()
    staff_pages: bool = True


ROLES: dict[str, Role] = {
    "section_editor": Role(
        _("Section editor"), pages=EDIT, facts={**FACTS, **REMARKS, **QUESTIONS}, files=True
    ),
    "public_affairs": Role(
        _("Public affairs"),
        pages=PUBLISH,
        facts={**FACTS, **SETTINGS, **PROMOTED, **WRITE, **TELL, **REMARKS, **QUESTIONS},
        files=True,
    ),
    "consular": Role(
        _("Consular"),
        pages=PUBLISH,
        facts={**FACTS, **PROMOTED, **CLEAR, **TELL, **REMARKS, **QUESTIONS},
        files=True,
    ),
    "duty_officer": Role(_("Duty officer"), pages=EDIT, facts={**WRITE, **REMARKS}, files=True),
    "approver": Role(
        _("Approver"),
        pages=PUBLISH,
        facts={**FACTS, **PROMOTED, **CLEAR, **TELL, **AUDIT, **CONFIRM, **REMARKS},
        files=True,
    ),
    # Given to few, beside another role: acts alone where it takes two, and everyone is told.
    "break_glass": Role(_("Break-glass"), facts=GLASS),
    "administrator": Role(
        _("Administrator"),
        globally=(
            "embassy.add_user",
            "embassy.change_user",
            "embassy.view_user",
            "advisories.view_alertkind",
            "advisories.view_indicator",
        ),
        # Presets are read beside the kinds they are of, in the Django admin.
        facts={"advisories.alertpreset": ("view",), **AUDIT},
        staff_pages=False,
    ),
}


def roles_that_may(action: str, model: str) -> list[str]:
    """Name the roles that may do something with rows of a mission, as its staff call them."""
    return [str(ROLES[code].name) for code in codes_that_may(action, model)]


def whom_to_ask(model: str) -> str:
    """Say who adds rows of a mission, for whoever has not the menu that a text before it names."""
    roles = {"roles": ", ".join(roles_that_may("add", model))}
    return gettext("If you do not have that menu, ask one of these roles: %(roles)s.") % roles


whom_to_ask_lazy = lazy(whom_to_ask, str)


def codes_that_may(action: str, model: str) -> list[str]:
    """Give the codes of the roles that may do something with rows of a mission."""
    return [code for code, role in ROLES.items() if action in role.facts.get(model, ())]


@transaction.atomic
def sync(site: Site) -> list[Group]:
    """Give every role of a mission exactly its rights, and the workflow; safe to run again."""
    mission = MissionSettings.for_site(site)
    publishing.set_up(site)
    rights = all_rights()
    return [apply(role, code, site, mission, rights) for code, role in ROLES.items()]


def all_rights() -> Rights:
    """Give every right by app and code name, like embassy.add_user."""
    rows = Permission.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def apply(role: Role, code: str, site: Site, mission: MissionSettings, rights: Rights) -> Group:
    """Make a role's group if need be, and set its rights to what the role says."""
    group = group_for(site, code, role)
    set_global(group, role, rights)
    homes = site.root_page.get_translations(inclusive=True)
    wanted = {(home.pk, name) for home in homes for name in role.pages}
    GroupPagePermission.objects.filter(group=group).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=pk, permission=rights[f"wagtailcore.{name}"])
        for pk, name in sorted(wanted)
    )
    set_facts(group, role, site, rights)
    set_files(group, role, mission.collection, rights)
    return group


def group_for(site: Site, code: str, role: Role) -> Group:
    """Find or make the group that stands for a role of a mission."""
    found = MissionRole.objects.filter(site=site, role=code).select_related("group").first()
    if found:
        return found.group
    group, _made = Group.objects.get_or_create(name=f"{site.hostname}: {code}")
    MissionRole.objects.create(site=site, role=code, group=group)
    return group


def set_global(group: Group, role: Role, rights: Rights) -> None:
    """Set the plain Django rights, with the door to the staff pages where the role has it."""
    names = list(role.globally) + (["wagtailadmin.access_admin"] if role.staff_pages else [])
    group.permissions.set([rights[name] for name in names])


def set_facts(group: Group, role: Role, site: Site, rights: Rights) -> None:
    """Set the rights on the mission's rows."""
    GroupSitePermission.objects.filter(group=group).delete()
    names = [
        f"{app}.{action}_{name}"
        for model, actions in role.facts.items()
        for app, _dot, name in [model.partition(".")]
        for action in actions
    ]
    GroupSitePermission.objects.bulk_create(
        GroupSitePermission(group=group, site=site, permission=rights[name]) for name in names
    )


def set_files(group: Group, role: Role, collection: Collection | None, rights: Rights) -> None:
    """Set the rights on the mission's images and documents."""
    GroupCollectionPermission.objects.filter(group=group).delete()
    if not role.files or collection is None:
        return
    # Wagtail asks for the rights on its own image and document models, whatever ours are called.
    names = [f"wagtailimages.{action}_image" for action in FILES]
    names += [f"wagtaildocs.{action}_document" for action in FILES]
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=rights[name])
        for name in names
    )
