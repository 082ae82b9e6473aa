"""The gravest roles take two administrators; nobody raises themself, whatever a form says."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import offboarding, raising, rolegiving
from accounts.models import RoleRequest
from embassy.approval import Refused
from embassy.models import AuditEntry, MissionRole, User
from tests.accounts.signing import words
from tests.accounts.test_invitations import role, signed_in
from tests.factories import person

pytestmark = pytest.mark.django_db
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


@pytest.fixture
def somebody(site) -> User:
    """Who is to be raised: a colleague with no role."""
    return User.objects.create_user("awa@bamako.example", "x", mission=site)


def grave(site, name: str = "administrator") -> MissionRole:
    """Give one of the gravest roles."""
    return MissionRole.objects.get(site=site, role=name)


def asked(first, somebody, site, at=None, name="administrator") -> RoleRequest:
    """Ask for a role."""
    return raising.ask(first, somebody, grave(site, name), "Replaces me", at or timezone.now())


def has(user: User, site, name: str = "administrator") -> bool:
    """Whether an account has a role."""
    return user.groups.filter(pk=grave(site, name).group_id).exists()


def test_two_administrators_raise_somebody(
    first, second, somebody, site, django_capture_on_commit_callbacks
):
    desk, other = signed_in(first), signed_in(second)
    address = reverse("admin:account_ask_for_role", args=[somebody.pk])
    data = {"role": grave(site).pk, "reason": "Replaces me"}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(address, data).status_code == 302
    assert not has(somebody, site)
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    assert "Replaces me" in mail.outbox[0].body
    confirm = reverse("admin:account_confirm_role", args=[somebody.pk])
    assert confirm in words(other.get("/django-admin/"))
    assert confirm not in words(desk.get("/django-admin/"))
    request = somebody.role_requests.get()
    assert "Replaces me" in words(other.get(confirm))
    other.post(confirm, {"request": request.pk})
    assert has(somebody, site)
    for action, by in ((raising.ASKED, first), (raising.CONFIRMED, second)):
        entry = AuditEntry.objects.get(action=action, target_id=str(somebody.pk))
        assert (entry.by, entry.details["role"]) == (by, "administrator")


def test_neither_who_asked_nor_who_is_raised_confirms(first, second, somebody, site):
    at = timezone.now()
    person(site, "administrator", "third@bamako.example")
    request = asked(first, somebody, site, name="break_glass")
    about_second = raising.ask_to_reset(first, second, "lost", at)
    for by, wanted in ((first, request), (somebody, request), (second, about_second)):
        with pytest.raises(Refused):
            raising.confirm(by, wanted, at)
    confirm = reverse("admin:account_confirm_role", args=[somebody.pk])
    signed_in(first).post(confirm, {"request": request.pk})
    about_second.refresh_from_db()
    assert not has(somebody, site, "break_glass") and about_second.is_waiting(at)


def test_nobody_asks_for_themself(first, second, site):
    with pytest.raises(Refused, match="your own account"):
        asked(first, first, site, name="break_glass")
    with pytest.raises(Refused, match="own roles"):
        rolegiving.set_roles(first, first, [role(site, "approver")], timezone.now())


@pytest.mark.parametrize(("age", "is_open"), [(WEEK - SECOND, True), (WEEK, False)])
def test_a_request_waits_for_a_week(first, second, somebody, site, age, is_open):
    at = timezone.now()
    request = asked(first, somebody, site, at)
    if is_open:
        raising.confirm(second, request, at + age)
    else:
        with pytest.raises(Refused, match="no longer open"):
            raising.confirm(second, request, at + age)
        assert asked(first, somebody, site, at + age).pk != request.pk
    assert has(somebody, site) is is_open


def test_asking_twice_is_one_request_and_one_answer_counts(first, second, somebody, site):
    at = timezone.now()
    request = asked(first, somebody, site)
    assert asked(first, somebody, site).pk == request.pk
    raising.decline(second, request, at)
    for answer in (raising.confirm, raising.decline):
        with pytest.raises(Refused, match="no longer open"):
            answer(second, request, at)
    assert not has(somebody, site)


def test_administrators_elsewhere_have_no_say(first, second, somebody, site, dakar):
    at, other = timezone.now(), person(dakar, "administrator")
    person(dakar, "administrator", "two@dakar.example")
    request = asked(first, somebody, site)
    for act in (raising.confirm, raising.decline):
        with pytest.raises(Refused):
            act(other, request, at)
    with pytest.raises(Refused):
        raising.ask(other, somebody, grave(site), "x", at)
    with pytest.raises(Refused, match="this person's mission"):
        raising.ask(first, somebody, grave(dakar), "x", at)
    with pytest.raises(Refused, match="your own mission"):
        raising.ask(first, somebody, grave(site, "duty_officer"), "x", at)
    assert "asks to give" not in words(signed_in(other).get("/django-admin/"))


def test_a_mission_with_one_administrator_is_told_what_to_do(first, second, somebody, site):
    offboarding.off_board(first, second, timezone.now())
    with pytest.raises(Refused, match="first_administrators"):
        asked(first, somebody, site)


def test_who_was_administrator_when_asking_must_still_be(first, second, somebody, site):
    request = asked(first, somebody, site)
    first.groups.remove(grave(site).group)
    with pytest.raises(Refused, match="no administrator any more"):
        raising.confirm(second, request, timezone.now())
    assert not has(somebody, site)


def test_a_superuser_is_no_second_administrator(first, second, somebody, site):
    root = User.objects.create_superuser("root@bamako.example", "x")
    with pytest.raises(Refused):
        raising.confirm(root, asked(first, somebody, site), timezone.now())


@pytest.mark.parametrize("name", ["administrator", "break_glass"])
def test_a_forged_role_is_refused_with_a_sentence(first, second, somebody, site, name):
    address = reverse("admin:embassy_user_change", args=[somebody.pk])
    data = {"first_name": "N", "mission": site.pk, "groups": [grave(site, name).group_id]}
    page = signed_in(first).post(address, data)
    assert page.status_code == 200 and "needs a second administrator" in words(page)
    for groups in (["x"], ["99999999999999999999"], ["-1"]):
        page = signed_in(first).post(address, data | {"groups": groups})
        assert page.status_code == 200
    with pytest.raises(Refused, match="second administrator"):
        group = grave(site, name).group
        rolegiving.set_roles(first, somebody, [group], timezone.now())
    assert not has(somebody, site, name)


def test_the_duty_officer_s_role_is_given_at_once_and_the_gravest_stay(first, site):
    glass = grave(site, "break_glass").group
    second = person(site, "break_glass", "glass@bamako.example")
    address = reverse("admin:embassy_user_change", args=[second.pk])
    page = words(signed_in(first).get(address))
    assert "Public affairs" in page and f'value="{glass.pk}"' not in page
    data = {"first_name": "", "mission": site.pk, "groups": [role(site, "duty_officer").pk]}
    assert signed_in(first).post(address, data).status_code == 302
    assert set(second.groups.all()) == {role(site, "duty_officer"), glass}
    (entry,) = AuditEntry.objects.filter(action=rolegiving.ROLES_SET)
    assert entry.details == {"given": [role(site, "duty_officer").name], "taken": []}


def test_a_grave_role_is_taken_at_once_but_not_the_last_ones(first, second, site):
    with pytest.raises(Refused, match="your own account"):
        raising.take(first, first, grave(site), "x", timezone.now())
    address = reverse("admin:account_take_role", args=[second.pk])
    signed_in(first).post(address, {"role": grave(site).pk, "reason": "moves on"})
    assert not has(second, site)
    assert raising.take(first, second, grave(site), "again", timezone.now()) is False
    root = User.objects.create_superuser("root@bamako.example", "x")
    with pytest.raises(Refused, match="last administrator"):
        raising.take(root, first, grave(site), "x", timezone.now())


def test_the_pages_speak_french(first, second, somebody, site, compiled):
    asked(first, somebody, site)
    french = {"headers": {"Accept-Language": "fr"}}
    assert "demande de donner" in words(signed_in(second).get("/django-admin/", **french))
    page = signed_in(first).get(reverse("admin:account_off_board", args=[somebody.pk]), **french)
    assert "Fermer le compte" in words(page)
