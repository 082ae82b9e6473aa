"""Roles: each has exactly the rights it names, on its own mission, in every language of it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Locale,
    Page,
    Site,
)

from embassy.models import MissionRole, MissionSettings, User
from embassy.roles import ROLES, sync

pytestmark = pytest.mark.django_db

EDIT = {"add_page", "change_page"}
PUBLISH = EDIT | {"publish_page", "bulk_delete_page", "lock_page", "unlock_page"}
FACTS = {
    *("add_contactpoint", "change_contactpoint", "add_schedule", "change_schedule"),
    *("add_closure", "change_closure", "delete_closure", "add_place", "change_place"),
    *("add_post", "change_post"),
}
PROMOTED = {"add_promotedresult", "change_promotedresult", "delete_promotedresult"}
WRITE = {"write_issue", "add_incident", "change_incident", "view_delivery", "change_delivery"}
CLEAR = WRITE | {"approve_issue"}
AUDIT = {"view_auditentry"}
PRESETS = {"add_alertpreset", "change_alertpreset", "delete_alertpreset"}
TELL = PRESETS | {"add_webhook", "change_webhook"}
REFERENCE = {"add_user", "change_user", "view_user", "view_alertkind", "view_indicator"}
FILES = {
    f"{action}_{kind}"
    for action in ("add", "change", "choose", "delete")
    for kind in ("image", "document")
}
GLASS = {"break_glass_issue", "break_glass_requestedact"}
DOOR = {"access_admin"}

# role: (plain rights, rights on pages, rights on facts, rights on files)
READERS = {"view_remark", "view_question", "change_question"}
EXPECTED = {
    "section_editor": (DOOR, EDIT, FACTS | READERS, FILES),
    "public_affairs": (
        DOOR,
        PUBLISH,
        FACTS | READERS | PROMOTED | WRITE | TELL | {"change_missionsettings"},
        FILES,
    ),
    "consular": (DOOR, PUBLISH, FACTS | READERS | PROMOTED | CLEAR | TELL, FILES),
    "duty_officer": (DOOR, EDIT, WRITE | {"view_remark"}, FILES),
    "approver": (
        DOOR,
        PUBLISH,
        FACTS | PROMOTED | CLEAR | TELL | AUDIT | {"confirm_requestedact", "view_remark"},
        FILES,
    ),
    "break_glass": (DOOR, set(), GLASS, set()),
    "administrator": (REFERENCE, set(), {"view_alertpreset"} | AUDIT, set()),
}


def group_of(site: Site, role: str) -> Group:
    """Give the group that stands for a role."""
    return MissionRole.objects.get(site=site, role=role).group


def rights(group: Group) -> list[set]:
    """Give all a group may do: plain, on pages, on sites and on collections, with where."""
    pages = GroupPagePermission.objects.filter(group=group)
    facts = GroupSitePermission.objects.filter(group=group)
    files = GroupCollectionPermission.objects.filter(group=group)
    return [
        set(group.permissions.values_list("codename", flat=True)),
        set(pages.values_list("page", "permission__codename")),
        set(facts.values_list("site", "permission__codename")),
        set(files.values_list("collection", "permission__codename")),
    ]


def add_french_home(site: Site) -> Page:
    """Make the home page's French sibling."""
    french, _made = Locale.objects.get_or_create(language_code="fr")
    existing = site.root_page.get_translations().filter(locale=french).first()
    return existing or site.root_page.copy_for_translation(french)


def test_every_role_is_told_of_here():
    assert set(EXPECTED) == set(ROLES)


def test_public_affairs_may_do_all_that_other_roles_of_the_staff_pages_may():
    # The walk through the staff pages is thorough for this role only, and leans on it.
    widest = EXPECTED["public_affairs"]
    # No screen of Wagtail asks for these; the walk with all the roles has them.
    more = GLASS | {"approve_issue", "view_auditentry", "confirm_requestedact"}
    for role in set(EXPECTED) - {"administrator"}:
        parts = zip(EXPECTED[role], widest, strict=True)
        assert all(part - more <= whole for part, whole in parts), role


@pytest.mark.parametrize("role", list(ROLES))
def test_a_role_has_its_rights_and_nothing_is_left_over(site, role):
    homes = {site.root_page.pk, add_french_home(site).pk}
    sync(site)
    plain, pages, facts, files = EXPECTED[role]
    folder = MissionSettings.for_site(site).collection_id
    left = [
        {"plain": plain, "pages": pages, "facts": facts, "files": files}[kind]
        ^ {right if kind == "plain" else right[1] for right in found}
        for kind, found in zip(
            ("plain", "pages", "facts", "files"), rights(group_of(site, role)), strict=True
        )
    ]
    assert left == [set(), set(), set(), set()]
    _plain, on_pages, on_sites, on_folders = rights(group_of(site, role))
    assert {page for page, _right in on_pages} == (homes if pages else set())
    assert {place for place, _right in on_sites} == ({site.pk} if facts else set())
    assert {place for place, _right in on_folders} == ({folder} if files else set())


def test_applying_the_roles_again_changes_nothing(site):
    sync(site)
    before = {group: rights(group) for group in Group.objects.all()}
    sync(site)
    assert {group: rights(group) for group in Group.objects.all()} == before


def test_applying_the_roles_takes_away_what_was_added_by_hand(site, dakar):
    group = group_of(site, "section_editor")
    before = rights(group)
    GroupPagePermission.objects.create(
        group=group,
        page=dakar.root_page,
        permission=GroupPagePermission.objects.filter(permission__codename="publish_page")
        .first()
        .permission,
    )
    group.permissions.add(*group_of(site, "administrator").permissions.all())
    sync(site)
    assert rights(group) == before


def test_nobody_has_rights_of_their_own(staff):
    assert not User.objects.filter(user_permissions__isnull=False).exists()
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_french_home_is_covered(site, staff):
    french = add_french_home(site)
    sync(site)
    permissions = french.permissions_for_user(User.objects.get(pk=staff["public_affairs"].pk))
    assert permissions.can_edit()
    assert permissions.holds_publish()
    assert not permissions.can_publish()  # it takes a second person


def test_a_role_of_one_mission_gives_nothing_in_another(dakar, staff):
    for user in staff.values():
        permissions = dakar.root_page.permissions_for_user(user)
        assert not permissions.can_edit()
        assert not permissions.can_add_subpage()
        assert not permissions.holds_publish()
