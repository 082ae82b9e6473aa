"""One administrator's account alone lets in nobody who stands by as a second person."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import asking, factors, invitations, keepers, offboarding, raising
from accounts.models import RoleRequest
from embassy import approval
from embassy.approval import Refused
from embassy.mission.permissions import scoped_models
from embassy.models import AuditEntry, MissionRole, User
from embassy.models.scoped import Fact
from embassy.roles import ROLES
from tests.accounts.signing import give_password, words
from tests.accounts.test_invitations import invited, open_letter, role, signed_in, token_in
from tests.factories import person

pytestmark = pytest.mark.django_db
GRAVE = sorted(set(keepers.GRAVE) - set(keepers.BY_NAME))


def has(account: User, site, name: str) -> bool:
    """Whether an account has a role."""
    return account.groups.filter(pk=role(site, name).pk).exists()


def closed_with(site, name: str) -> User:
    """Make an account with a role that nobody opened yet."""
    account = person(site, name, "closed@bamako.example")
    User.objects.filter(pk=account.pk).update(is_active=False)
    return User.objects.get(pk=account.pk)


def test_whoever_stands_by_as_a_second_person_is_given_the_role_by_two():
    facts = [model._meta.label_lower for model in scoped_models() if issubclass(model, Fact)]
    for code, one in ROLES.items():
        seconds = [
            "publish_page" in one.pages,
            any("change" in one.facts.get(model, ()) for model in facts),
            {"approve", "break_glass"} & set(one.facts.get("advisories.issue", ())),
            one.facts.get("embassy.requestedact"),
            "embassy.change_user" in one.globally,
        ]
        assert any(seconds) is (code in keepers.GRAVE), code


def test_whoever_approves_pages_of_any_type_is_given_the_role_by_two():
    from wagtail.models import get_page_models

    approving = {code for model in get_page_models() for code in getattr(model, "approved_by", ())}
    assert approving and approving <= set(keepers.GRAVE)


@pytest.mark.parametrize("name", GRAVE)
def test_an_invitation_leaves_at_once_and_the_role_waits(
    first, second, site, name, django_capture_on_commit_callbacks
):
    desk, add = signed_in(first), reverse("admin:embassy_user_add")
    groups = [role(site, name).pk, role(site, "duty_officer").pk]
    data = {"email": "awa@bamako.example", "mission": site.pk, "groups": groups}
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(add, data, follow=True)
    assert "Until a second administrator confirms" in words(page)
    account = User.objects.get(email="awa@bamako.example")
    assert not has(account, site, name) and has(account, site, "duty_officer")
    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {account.email, second.email}
    assert account.email in told[second.email].body
    invitations.accept(invitations.digest_of(token_in(told[account.email])), None, timezone.now())
    assert not has(account, site, name)
    request = account.role_requests.get()
    confirm = reverse("admin:account_confirm_role", args=[account.pk])
    assert account.email in words(signed_in(second).get("/django-admin/"))
    desk.post(confirm, {"request": request.pk})
    assert not has(account, site, name)
    signed_in(second).post(confirm, {"request": request.pk})
    assert has(account, site, name)


def test_whose_role_still_waits_is_told_so(first, staff, site):
    account = User.objects.create_user("new@bamako.example", "x", mission=site)
    assert "has no role yet" in words(signed_in(account).get("/django-admin/"))
    for one in (first, staff["approver"]):
        assert "has no role yet" not in words(signed_in(one).get("/django-admin/"))


def test_the_service_invites_nobody_with_such_a_role_alone(first, second, site):
    for name in keepers.GRAVE:
        stranger = User(email="awa@bamako.example", mission=site)
        with pytest.raises(Refused, match="second administrator"):
            invitations.invite(first, stranger, [role(site, name)], timezone.now())
    assert not User.objects.filter(email="awa@bamako.example").exists()


def test_a_role_ticked_later_waits_and_one_unticked_goes(first, second, staff, site):
    account = staff["duty_officer"]
    address = reverse("admin:embassy_user_change", args=[account.pk])
    data = {"first_name": "S", "mission": site.pk}
    ticked = data | {"groups": [role(site, "approver").pk, role(site, "duty_officer").pk]}
    for _time in range(2):
        signed_in(first).post(address, ticked)
    assert not has(account, site, "approver") and has(account, site, "duty_officer")
    raising.confirm(second, account.role_requests.get(), timezone.now())
    signed_in(first).post(address, ticked)  # held and ticked: nothing is asked
    assert has(account, site, "approver") and account.role_requests.count() == 1
    signed_in(first).post(address, data | {"groups": [role(site, "duty_officer").pk]})
    assert not has(account, site, "approver") and has(account, site, "duty_officer")


def test_two_accounts_of_one_administrator_confirm_nothing(first, second, staff, site):
    at = timezone.now()
    for name in ("one", "two"):
        account = User(email=f"{name}@bamako.example", mission=site)
        asking.invite(first, account, [role(site, "approver")], at)
        letter = account.invitations.get()
        User.objects.filter(pk=letter.account_id).update(is_active=True)
    one, two = User.objects.filter(email__in=["one@bamako.example", "two@bamako.example"])
    for by in (one, two, first, staff["approver"]):
        with pytest.raises(Refused):
            raising.confirm(by, one.role_requests.get(), at)
    assert not approval.has_role(two, site, ["approver"])


def test_factors_of_who_approves_are_reset_by_two(
    client, first, second, officer, site, django_capture_on_commit_callbacks
):
    desk, address = signed_in(first), reverse("admin:account_reset_factors", args=[officer.pk])
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(address, {"reason": "telephone lost"}, follow=True)
    assert "waits for a second administrator" in words(page)
    assert Authenticator.objects.filter(user=officer).exists()
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    assert give_password(client, officer.email).status_code == 302  # all is as it was
    with pytest.raises(Refused, match="second administrator"):
        factors.reset_by(first, officer, "telephone lost", timezone.now())
    request = officer.role_requests.get()
    assert (request.act, request.role) == (RoleRequest.Act.FACTORS, None)
    confirm = reverse("admin:account_confirm_role", args=[officer.pk])
    desk.post(confirm, {"request": request.pk})
    assert Authenticator.objects.filter(user=officer).exists()
    assert "reset the second factor" in words(signed_in(second).get("/django-admin/"))
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(second).post(confirm, {"request": request.pk})
    assert not Authenticator.objects.filter(user=officer).exists()
    assert "do not belong together" in words(give_password(Client(), officer.email))
    assert open_letter(Client(), token_in(mail.outbox[-1])).status_code == 200
    (entry,) = AuditEntry.objects.filter(action=factors.RESET, target_id=str(officer.pk))
    assert (entry.by, entry.details["reason"]) == (second, "telephone lost")


def test_a_letter_to_an_account_with_such_a_role_is_sent_by_two(
    first, second, site, django_capture_on_commit_callbacks
):
    account = closed_with(site, "approver")
    for alone in (
        lambda: invitations.invite_again(first, account, timezone.now()),
        lambda: invitations.invite(first, account, [], timezone.now()),
    ):
        with pytest.raises(Refused, match="second administrator"):
            alone()
    address = reverse("admin:account_invite_again", args=[account.pk])
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(first).post(address, {"reason": "back from leave"})
    assert not account.invitations.exists()
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    request = account.role_requests.get()
    with django_capture_on_commit_callbacks(execute=True):
        raising.confirm(second, request, timezone.now())
    assert mail.outbox[-1].to == [account.email]
    assert account.invitations.good(timezone.now()).count() == 1


def test_a_letter_for_lost_factors_is_sent_again_by_two(first, second, officer):
    factors.take_away(second, officer, "lost", timezone.now())
    with pytest.raises(Refused, match="second administrator"):
        invitations.invite_again(first, officer, timezone.now())
    raising.confirm(
        second, raising.ask_for_letter(first, officer, "old", timezone.now()), timezone.now()
    )
    assert officer.invitations.unanswered().get().why == "factors"


def test_who_is_here_gets_no_letter_even_by_two(first, second, officer):
    with pytest.raises(Refused, match="open already"):
        raising.ask_for_letter(first, officer, "x", timezone.now())
    with pytest.raises(Refused, match="closed"):
        offboarding.off_board(second, officer, timezone.now())
        raising.ask_to_reset(first, officer, "x", timezone.now())


def test_a_duty_officer_is_replaced_by_one_at_night(first, second, staff, site):
    _account, token = invited(first, site)
    account = invitations.accept(invitations.digest_of(token), None, timezone.now())
    assert has(account, site, "duty_officer")
    assert asking.reset_factors(first, account, "lost", timezone.now()).why == "factors"
    assert asking.invite_again(first, account, "old", timezone.now()).why == "factors"
    assert not RoleRequest.objects.filter(account=account).exists()


def test_asking_twice_is_one_request(first, second, officer):
    at = timezone.now()
    one, again = (raising.ask_to_reset(first, officer, "lost", at) for _time in range(2))
    assert one == again and officer.role_requests.count() == 1
    raising.decline(second, one, at)
    assert Authenticator.objects.filter(user=officer).exists()


def test_a_mission_with_one_administrator_is_told_what_to_do(first, second, officer, site):
    offboarding.off_board(first, second, timezone.now())
    with pytest.raises(Refused, match="reset_factors"):
        asking.reset_factors(first, officer, "lost", timezone.now())
    desk, add = signed_in(first), reverse("admin:embassy_user_add")
    data = {"email": "awa@bamako.example", "mission": site.pk}
    page = desk.post(add, data | {"groups": [role(site, "approver").pk]}, follow=True)
    assert "first_administrators" in words(page)
    assert not User.objects.filter(email="awa@bamako.example").exists()


def test_a_name_like_a_colleague_s_hides_no_address(first, second, site):
    account = User(email="thief@example.org", first_name="Mariam", last_name="Approver")
    account.mission = site
    asking.invite(first, account, [role(site, "approver")], timezone.now())
    assert "thief@example.org" in words(signed_in(second).get("/django-admin/"))
    stored = User.objects.get(email="thief@example.org")
    page = words(signed_in(second).get(reverse("admin:account_confirm_role", args=[stored.pk])))
    assert "thief@example.org" in page and first.email in page


def test_of_another_mission_nobody_asks_or_confirms(first, second, officer, dakar):
    other = person(dakar, "administrator")
    request = raising.ask_to_reset(first, officer, "lost", timezone.now())
    for act in (
        lambda: raising.confirm(other, request, timezone.now()),
        lambda: raising.ask_to_reset(other, officer, "lost", timezone.now()),
        lambda: raising.ask_for_letter(other, officer, "lost", timezone.now()),
    ):
        with pytest.raises(Refused):
            act()


def test_the_demo_mission_has_two_administrators(site):
    group = MissionRole.objects.get(site=site, role="administrator").group
    assert group.user_set.filter(is_active=True, is_demo=True).count() == 2
