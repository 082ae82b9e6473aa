"""An administrator holds no other role: whoever lets people in neither writes nor approves."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import asking, checks, invitations, raising, rolegiving
from accounts.keepers import GRAVE
from accounts.models import RoleRequest
from embassy import approval
from embassy.acts import requested_pages
from embassy.approval import Refused
from embassy.models import ContentPage, MissionRole, RequestedAct, User
from embassy.roles import ROLES
from tests.accounts.signing import words
from tests.accounts.test_invitations import role, signed_in
from tests.factories import person

pytestmark = pytest.mark.django_db
APART = "holds no other role"
OTHERS = sorted(set(ROLES) - {"administrator"})


@pytest.fixture
def awa(site) -> User:
    """A colleague with no role."""
    return User.objects.create_user("awa@bamako.example", "x", mission=site)


def grave(site, name: str = "administrator") -> MissionRole:
    """Give a role of a mission."""
    return MissionRole.objects.get(site=site, role=name)


def names(user: User) -> set[str]:
    """Give the roles of an account."""
    return set(user.groups.values_list("mission_role__role", flat=True))


def both(site, name: str = "approver") -> User:
    """Make an account that is of both already."""
    user = person(site, "administrator", "both@bamako.example")
    user.groups.add(role(site, name))
    return user


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_with_another_role_is_made_administrator(first, site, name):
    user = person(site, name, "other@bamako.example")
    with pytest.raises(Refused, match=APART):
        raising.ask(first, user, grave(site), "x", timezone.now())
    assert not RoleRequest.objects.exists()


@pytest.mark.parametrize("name", OTHERS)
def test_an_administrator_is_given_no_other_role(first, second, site, name):
    at = timezone.now()
    with pytest.raises(Refused, match=APART):
        if name == "break_glass":
            raising.ask(first, second, grave(site, name), "x", at)
        else:
            asking.set_roles(first, second, [role(site, name)], at)
    assert names(second) == {"administrator"} and not RoleRequest.objects.exists()


@pytest.mark.parametrize("name", sorted(set(GRAVE) - {"administrator"}))
def test_of_two_roles_asked_for_before_either_was_given_one_is(first, second, awa, site, name):
    at = timezone.now()
    keeps = raising.ask(first, awa, grave(site), "x", at)
    writes = raising.ask(first, awa, grave(site, name), "x", at)
    for given, refused in ((keeps, writes), (writes, keeps)):
        awa.groups.clear()
        RoleRequest.objects.update(decided_at=None, outcome="")
        raising.confirm(second, given, at)
        with pytest.raises(Refused, match=APART):
            raising.confirm(second, refused, at)
        assert names(awa) == {given.role.role}
        refused.refresh_from_db()
        assert refused.is_waiting(at)
        raising.decline(second, refused, at)


def test_a_role_given_at_once_stops_what_waits(first, second, awa, site):
    at = timezone.now()
    keeps = raising.ask(first, awa, grave(site), "x", at)
    rolegiving.set_roles(first, awa, [role(site, "duty_officer")], at)
    with pytest.raises(Refused, match=APART):
        raising.confirm(second, keeps, at)
    assert names(awa) == {"duty_officer"}


def test_a_role_in_another_mission_counts(first, second, awa, site, dakar):
    at = timezone.now()
    keeps = raising.ask(first, awa, grave(site), "x", at)
    awa.groups.add(role(dakar, "approver"))
    with pytest.raises(Refused):
        raising.confirm(second, keeps, at)
    awa.groups.set([role(dakar, "administrator")])
    with pytest.raises(Refused, match=APART):
        invitations.invite(None, closed(awa), [role(site, "duty_officer")], at)


def closed(user: User) -> User:
    """Close an account, which keeps its roles."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


def test_whoever_was_invited_as_administrator_is_not_invited_as_another(awa, site):
    awa.groups.add(role(site, "administrator"))
    at = timezone.now()
    with pytest.raises(Refused, match=APART):
        invitations.invite(None, closed(awa), [role(site, "duty_officer")], at)
    assert names(awa) == {"administrator"} and not awa.invitations.exists()
    with pytest.raises(Refused, match=APART):
        chosen = [role(site, "duty_officer"), role(site, "administrator")]
        invitations.invite(None, User(email="new@bamako.example", mission=site), chosen, at)
    assert not User.objects.filter(email="new@bamako.example").exists()


def test_the_command_makes_nobody_administrator_who_has_another_role(dakar):
    user = person(dakar, "duty_officer", "two@dakar.example")
    mails = ("one@dakar.example", "two@dakar.example")
    with pytest.raises(CommandError, match=f"two@dakar.example.*{APART}"):
        call_command("first_administrators", "dakar.localhost", *mails, stdout=StringIO())
    assert names(user) == {"duty_officer"}
    assert not User.objects.filter(email="one@dakar.example").exists()
    user.groups.clear()
    call_command("first_administrators", "dakar.localhost", *mails, stdout=StringIO())
    assert names(user) == {"administrator"}


def test_the_forms_say_so_at_the_field(first, second, awa, site):
    desk = signed_in(first)
    address = reverse("admin:embassy_user_change", args=[second.pk])
    data = {"first_name": "Typed", "mission": site.pk}
    for name in ("duty_officer", "approver"):
        page = desk.post(address, data | {"groups": [role(site, name).pk]})
        assert APART in str(page.context["adminform"].form.errors["groups"])
        assert "Typed" in words(page)
    ask = reverse("admin:account_ask_for_role", args=[second.pk])
    page = desk.post(ask, {"role": grave(site, "approver").pk, "reason": "Typed"})
    assert APART in str(page.context["form"].errors["role"]) and "Typed" in words(page)
    request = raising.ask(first, awa, grave(site), "x", timezone.now())
    awa.groups.add(role(site, "duty_officer"))
    confirm = reverse("admin:account_confirm_role", args=[awa.pk])
    page = signed_in(second).post(confirm, {"request": request.pk})
    assert APART in str(page.context["form"].errors["request"])
    assert names(awa) == {"duty_officer"} and names(second) == {"administrator"}
    decline = reverse("admin:account_decline_role", args=[awa.pk])
    assert signed_in(second).post(decline, {"request": request.pk}).status_code == 302
    assert not RoleRequest.objects.undecided().exists()


def test_an_administrator_s_name_is_still_changed_in_the_form(first, second, site):
    address = reverse("admin:embassy_user_change", args=[second.pk])
    page = signed_in(first).post(address, {"first_name": "Rama", "mission": site.pk})
    second.refresh_from_db()
    assert page.status_code == 302 and second.first_name == "Rama"


def test_who_is_of_both_is_named_and_loses_one_role_after_the_other(first, site):
    assert checks.administrators_hold_no_other_role(None) == []
    user = both(site, "consular")
    user.groups.add(role(site, "duty_officer"))
    (error,) = checks.administrators_hold_no_other_role(None)
    assert error.id == "accounts.E002" and "(1)" in error.msg
    page = words(signed_in(first).get("/django-admin/"))
    assert "Roles that must not meet" in page and page.count("both@bamako.example") == 1
    address = reverse("admin:embassy_user_change", args=[user.pk])
    assert address in page
    data = {"mission": site.pk, "groups": [role(site, "consular").pk]}
    assert signed_in(first).post(address, data).status_code == 302
    assert names(user) == {"administrator", "consular"}
    raising.take(first, user, grave(site), "x", timezone.now())
    assert checks.administrators_hold_no_other_role(None) == []
    assert "Roles that must not meet" not in words(signed_in(first).get("/django-admin/"))


def test_other_missions_administrators_are_not_told(site, dakar):
    both(site)
    other = person(dakar, "administrator", "one@dakar.example")
    assert "both@bamako.example" not in words(signed_in(other).get("/django-admin/"))
    assert "both@bamako.example" not in words(Client().get("/django-admin/", follow=True))


def test_who_is_of_both_decides_nothing_until_one_is_taken(site, staff, home):
    user, at = both(site), [("advisories", "approve_issue"), ("embassy", "confirm_requestedact")]
    user.groups.add(role(site, "break_glass"))
    at += [("advisories", "break_glass_issue"), ("embassy", "break_glass_requestedact")]
    request = RequestedAct(site=site, act=RequestedAct.Act.UNPUBLISH)

    def may() -> list[bool]:
        found = [approval.has_right(user, site, app, name) for app, name in at]
        found += [approval.has_role(user, site, ["approver"])]
        found += [user in approval.people_in(["approver"], site)]
        found += [user in approval.people_with("approve_issue", "advisories", site)]
        page = ContentPage.objects.descendant_of(home).live().first()
        return [*found, requested_pages.may_confirm(user, request, page), approval.decides(user)]

    assert not any(may())
    assert approval.has_right(user, site, "advisories", "write_issue")
    user.groups.remove(role(site, "administrator"))
    user = User.objects.get(pk=user.pk)
    assert all(may())


def test_no_demo_account_is_of_both_but_an_administrator_of_two_missions_is_fine(site, dakar):
    assert not approval.of_both().exists()
    user = person(site, "administrator", "two@bamako.example")
    user.groups.add(role(dakar, "administrator"))
    assert not approval.of_both().exists()
    user.groups.add(role(dakar, "section_editor"))
    assert approval.of_both().get() == user
