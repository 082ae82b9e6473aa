"""Closing an account in one act, resetting factors, ending sessions: by whom, and what is left."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from accounts import checks, factors, invitations, offboarding, people, raising
from accounts.invitations import accept, digest_of, invite_again
from embassy.approval import Refused
from embassy.models import AuditEntry, MissionRole, User
from tests.accounts.signing import (
    HOST,
    SIGN_IN,
    give_password,
    recovery_codes_of,
    sign_in,
    with_password,
    words,
)
from tests.accounts.test_invitations import invited, open_letter, signed_in, token_in
from tests.accounts.test_security import make_old
from tests.factories import person

pytestmark = pytest.mark.django_db
DAYS, SECOND = timedelta(days=90), timedelta(seconds=1)


@pytest.fixture
def keeper(staff) -> User:
    """The demo mission's administrator."""
    return staff["administrator"]


@pytest.fixture
def leaver(staff) -> User:
    """Public affairs, who leaves."""
    return staff["public_affairs"]


def acts_on(account: User, action: str) -> list[AuditEntry]:
    """Give what is on record of an account."""
    return list(AuditEntry.objects.filter(target_id=str(account.pk), action=action))


def test_one_act_takes_back_all_an_account_had(client, keeper, officer, home):
    sign_in(client, officer)
    Page.objects.filter(pk=home.pk).update(locked=True, locked_by=officer, locked_at=timezone.now())
    kind = ContentType.objects.get_for_model(home)
    EditingSession.objects.create(
        user=officer, content_type=kind, object_id=home.pk, last_seen_at=timezone.now()
    )
    address = reverse("admin:account_off_board", args=[officer.pk])
    desk = signed_in(keeper)
    assert "1 page it locked is unlocked" in words(desk.get(address))
    assert desk.post(address, {}).status_code == 200  # without a reason nothing happens
    assert User.objects.get(pk=officer.pk).is_active
    assert desk.post(address, {"reason": "Moved to Dakar"}).status_code == 302
    officer.refresh_from_db()
    home.refresh_from_db()
    assert (officer.is_active, officer.groups.count(), home.locked) == (False, 0, False)
    assert not Authenticator.objects.filter(user=officer).exists()
    assert not EditingSession.objects.filter(user=officer).exists()
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "do not belong together" in words(give_password(Client(), officer.email))
    (entry,) = acts_on(officer, offboarding.OFF_BOARDED)
    assert (entry.by, entry.details["reason"]) == (keeper, "Moved to Dakar")
    assert entry.details["roles"] and entry.details["unlocked"] == 1


def test_an_act_asks_for_a_fresh_proof(keeper, leaver):
    address = reverse("admin:account_off_board", args=[leaver.pk])
    for seconds, is_fresh in ((299, True), (300, False)):
        desk = signed_in(keeper)
        make_old(desk, seconds)
        answer = desk.get(address)
        assert answer.status_code == (200 if is_fresh else 302)
    assert answer["Location"].startswith("/account/prove/code/?next=")
    sent = desk.post(address, {"reason": "retires"})
    assert sent["Location"].startswith("/account/prove/")
    assert User.objects.get(pk=leaver.pk).is_active
    code = recovery_codes_of(keeper)[0]
    desk.post(answer["Location"], {"code": code}, **HOST)  # goes on with what was sent
    assert not User.objects.get(pk=leaver.pk).is_active
    (entry,) = acts_on(leaver, offboarding.OFF_BOARDED)
    assert (entry.by, entry.details["reason"]) == (keeper, "retires")


def test_inviting_and_roles_ask_for_a_fresh_proof_too(keeper, leaver, site):
    add = reverse("admin:embassy_user_add")
    change = reverse("admin:embassy_user_change", args=[leaver.pk])
    invited_one = {"email": "new@bamako.example", "first_name": "New", "mission": site.pk}
    without_roles = {"first_name": "Press", "last_name": "", "mission": site.pk}
    roles = set(leaver.groups.all())
    for address, sent in ((add, invited_one), (change, without_roles)):
        desk = signed_in(keeper)
        make_old(desk, 300)
        assert desk.get(address).status_code == 200  # to read takes none
        answer = desk.post(address, sent)
        assert answer["Location"].startswith("/account/prove/")
        assert not User.objects.filter(email="new@bamako.example").exists() or address == change
        assert set(leaver.groups.all()) == roles
        code = recovery_codes_of(keeper).pop(0)
        desk.post(answer["Location"], {"code": code}, **HOST)  # goes on with what was sent
    assert User.objects.filter(email="new@bamako.example").exists()
    assert not leaver.groups.exists()


def test_closing_twice_is_one_act(keeper, leaver):
    at = timezone.now()
    assert offboarding.off_board(keeper, leaver, at) is True
    assert offboarding.off_board(keeper, leaver, at) is False
    assert len(acts_on(leaver, offboarding.OFF_BOARDED)) == 1


def test_a_letter_and_a_request_come_to_nothing(keeper, site):
    second = User.objects.get(email="keeper@bamako.example")
    account, token = invited(keeper, site)
    break_glass = MissionRole.objects.get(site=site, role="break_glass")
    request = raising.ask(keeper, account, break_glass, "duty", timezone.now())
    offboarding.off_board(keeper, account, timezone.now())
    with pytest.raises(invitations.Gone):
        accept(digest_of(token), None, timezone.now())
    with pytest.raises(Refused, match="no longer open"):
        raising.confirm(second, request, timezone.now())


def test_what_somebody_asked_for_goes_with_them(keeper, staff, site):
    second = User.objects.get(email="keeper@bamako.example")
    glass = MissionRole.objects.get(site=site, role="break_glass")
    request = raising.ask(second, staff["approver"], glass, "duty", timezone.now())
    offboarding.off_board(keeper, second, timezone.now())
    request.refresh_from_db()
    assert request.outcome == "lapsed"


def test_a_closed_account_opens_again_by_invitation_without_its_roles(keeper, leaver):
    offboarding.off_board(keeper, leaver, timezone.now())
    letter = invite_again(keeper, leaver, timezone.now())
    assert letter.account == leaver and letter.why == "account"
    leaver.refresh_from_db()
    assert not leaver.is_active and not leaver.groups.exists()


def test_who_left_one_mission_is_invited_by_another(keeper, site, dakar):
    leaver = person(site, "public_affairs", "goes@bamako.example")
    other = signed_in(person(dakar, "administrator"))
    add = reverse("admin:embassy_user_add")
    data = {"email": leaver.email.upper(), "first_name": "O", "mission": dakar.pk}
    refused = other.post(add, data)
    assert refused.status_code == 200 and "exists already" in words(refused)
    assert "Constraint" not in words(refused)
    joined = leaver.date_joined
    offboarding.off_board(keeper, leaver, timezone.now())
    assert other.post(add, data).status_code == 302
    leaver.refresh_from_db()
    assert (leaver.mission, leaver.is_active, leaver.date_joined) == (dakar, False, joined)
    assert leaver.invitations.good(timezone.now()).get().site == dakar
    with pytest.raises(Refused):  # their invitation is no longer ours
        invitations.withdraw(keeper, leaver, timezone.now())


def test_the_last_administrator_stays(keeper, site, staff):
    with pytest.raises(Refused):
        offboarding.off_board(keeper, keeper, timezone.now())
    root = User.objects.create_superuser("root@bamako.example", "x")
    second = User.objects.get(email="keeper@bamako.example")
    second.groups.clear()
    for by in (root, None):
        with pytest.raises(Refused, match="last administrator"):
            offboarding.off_board(by, keeper, timezone.now())
    second.groups.add(MissionRole.objects.get(site=site, role="administrator").group)
    assert offboarding.off_board(second, keeper, timezone.now())
    with pytest.raises(Refused):
        offboarding.off_board(keeper, second, timezone.now())
    assert User.objects.get(pk=second.pk).is_active


def test_closing_an_administrator_is_told_to_all_and_one_who_is_left_is_told_so(
    keeper, site, django_capture_on_commit_callbacks
):
    second = person(site, "administrator", "second@bamako.example")
    third = User.objects.get(email="keeper@bamako.example")
    desk, needed = signed_in(keeper), "A second administrator is needed"
    assert checks.nobody_is_administrator_alone(None) == []
    for leaver, told, is_alone in ((second, {third.email}, False), (third, set(), True)):
        mail.outbox.clear()
        address = reverse("admin:account_off_board", args=[leaver.pk])
        page = words(desk.get(address))
        assert "the others are told by mail" in page
        assert ("One administrator will be left." in page) is is_alone
        assert needed not in words(desk.get("/django-admin/"))
        with django_capture_on_commit_callbacks(execute=True):
            page = words(desk.post(address, {"reason": "Left the service"}, follow=True))
        assert ("first_administrators" in page) is is_alone
        letters = {letter.to[0]: letter.body for letter in mail.outbox}
        assert set(letters) == told | {leaver.email}
        for body in letters.values():
            assert keeper.email in body and leaver.email in body and "Left the service" in body
            assert ("first_administrators" in body) is is_alone
    assert needed in words(desk.get("/django-admin/"))
    (warning,) = checks.nobody_is_administrator_alone(None)
    assert warning.id == "accounts.W001" and site.hostname in warning.msg


def test_only_an_administrator_of_the_mission_closes_resets_and_ends(staff, leaver, dakar):
    at, other = timezone.now(), person(dakar, "administrator")
    for by in (other, staff["approver"], leaver):
        for act in (
            lambda by=by: offboarding.off_board(by, leaver, at),
            lambda by=by: offboarding.sign_out(by, leaver, at),
            lambda by=by: factors.reset_by(by, leaver, "lost", at),
        ):
            with pytest.raises(Refused):
                act()
    leaver.refresh_from_db()
    assert leaver.is_active and leaver.sign_outs == 0


@pytest.mark.parametrize(
    "code", ["off_board", "sign_out", "reset_factors", "ask_for_role", "take_role"]
)
def test_pages_of_acts_are_closed_next_door_and_to_others(staff, leaver, dakar, code):
    address = reverse(f"admin:account_{code}", args=[leaver.pk])
    for who in (person(dakar, "administrator"), staff["approver"]):
        browser = signed_in(who)
        for answer in (browser.get(address), browser.post(address, {"reason": "x"})):
            assert answer.status_code in (403, 404)
    leaver.refresh_from_db()
    assert leaver.is_active and leaver.sign_outs == 0


def test_after_a_reset_only_the_letter_opens_the_account(
    client, keeper, staff, django_capture_on_commit_callbacks
):
    officer = with_password(staff["duty_officer"])
    sign_in(client, officer)
    address = reverse("admin:account_reset_factors", args=[officer.pk])
    desk = signed_in(keeper)
    assert "field is required" in words(desk.post(address, {"reason": " "}))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {"reason": "telephone lost; called back"})
    assert not Authenticator.objects.filter(user=officer).exists()
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "do not belong together" in words(give_password(Client(), officer.email))
    (entry,) = acts_on(officer, factors.RESET)
    assert entry.details["reason"] == "telephone lost; called back"
    assert mail.outbox[-1].to == [officer.email] and "taken away" in mail.outbox[-1].body
    assert officer.email in words(open_letter(Client(), token_in(mail.outbox[-1])))
    assert "new factors awaited" in words(desk.get(reverse("admin:embassy_user_changelist")))


def test_nobody_resets_their_own_factor(keeper):
    with pytest.raises(Refused, match="your own account"):
        factors.reset_by(keeper, keeper, "lost", timezone.now())
    signed_in(keeper).post(
        reverse("admin:account_reset_factors", args=[keeper.pk]), {"reason": "lost"}
    )
    assert Authenticator.objects.filter(user=keeper, type="totp").exists()


def test_an_administrator_ends_all_sessions_of_a_colleague(
    client, keeper, officer, django_capture_on_commit_callbacks
):
    sign_in(client, officer)
    address = reverse("admin:account_sign_out", args=[officer.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(keeper).post(address).status_code == 302
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "signed out everywhere" in mail.outbox[-1].body
    assert acts_on(officer, offboarding.SIGNED_OUT)


@pytest.mark.parametrize(("age", "is_away"), [(DAYS - SECOND, False), (DAYS, True)])
def test_who_was_away_for_ninety_days_is_found(site, age, is_away):
    at = timezone.now()
    once = person(site, "section_editor", "once@bamako.example")
    never = person(site, "section_editor", "never@bamako.example")
    User.objects.filter(pk=once.pk).update(last_login=at - age, date_joined=at - 2 * DAYS)
    User.objects.filter(pk=never.pk).update(last_login=None, date_joined=at - age)
    found = User.objects.filter(people.away(at), pk__in=[once.pk, never.pk])
    assert found.count() == (2 if is_away else 0)
    found.update(is_active=False)
    assert not User.objects.filter(people.away(at), pk__in=[once.pk, never.pk]).exists()


def test_the_list_says_how_accounts_stand(keeper, officer, site, django_assert_max_num_queries):
    account, _token = invited(keeper, site)
    old, _token = invited(
        keeper, site, timezone.now() - timedelta(days=7), email="old@bamako.example"
    )
    desk = signed_in(keeper)
    address = reverse("admin:embassy_user_changelist")
    page = words(desk.get(address))
    assert "invitation too old" in page and "app" in page
    assert reverse("admin:account_invite_again", args=[old.pk]) in page
    assert reverse("admin:account_invite_again", args=[account.pk]) not in page
    only = words(desk.get(address, {"standing": "invited"}))
    assert account.email in only and officer.email not in only
    shut = words(desk.get(address, {"standing": "closed"}))
    assert account.email not in shut and officer.email not in shut
    User.objects.filter(pk=officer.pk).update(last_login=timezone.now() - DAYS)
    gone = words(desk.get(address, {"away": "long"}))
    assert officer.email in gone and account.email not in gone
    with django_assert_max_num_queries(40) as queries:
        desk.get(address)
    for number in range(8):
        person(site, "section_editor", f"{number}@bamako.example")
    with django_assert_max_num_queries(len(queries)):
        desk.get(address)


def test_the_list_names_the_roles_of_each_account(keeper, officer, staff, site):
    desk, address = signed_in(keeper), reverse("admin:embassy_user_changelist")
    page = words(desk.get(address))
    officer.groups.set([])
    without = words(desk.get(address))
    row = r"{}</a></th>\s*<td class=\"field-roles\">{}</td>"
    assert re.search(row.format(staff["approver"].email, "Approver"), page)
    assert re.search(row.format(officer.email, "none"), without)
    assert "column-mission" not in page  # of one mission only


def test_who_looks_after_two_missions_reads_where_somebody_works(keeper, officer, site, dakar):
    roles = {role.role: role.group for role in MissionRole.objects.filter(site=dakar)}
    keeper.groups.add(roles["administrator"])
    officer.groups.add(roles["section_editor"])
    dakar_name = dakar.site_name or dakar.hostname
    page = words(signed_in(keeper).get(reverse("admin:embassy_user_changelist")))
    assert "column-mission" in page
    assert f"Section editor ({dakar_name})" in page


def test_a_colleague_who_left_is_named_as_such(staff, leaver, keeper):
    from django.template.loader import render_to_string

    name = "components/colleague.html"
    assert "closed" not in render_to_string(name, {"person": leaver})
    offboarding.off_board(keeper, leaver, timezone.now())
    leaver.refresh_from_db()
    assert "(account closed)" in render_to_string(name, {"person": leaver})
    assert render_to_string(name, {"person": None}).strip() == ""
