"""Invitations by mail: good once, for a week, for whom an administrator invites, and no other."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.invitations import Gone, accept, invite, invite_again, withdraw
from accounts.models import Invitation
from accounts.sessions import is_enrolled
from embassy.approval import Refused
from embassy.models import AuditEntry, MissionRole, User
from tests.accounts.signing import HOST, SECURITY, give_password, with_app, words
from tests.accounts.test_security import set_up_app
from tests.factories import person

pytestmark = pytest.mark.django_db
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)
GOOD = {"new_password1": "open sesame 77", "new_password2": "open sesame 77"}
PAGE = "/account/invitation/"


@pytest.fixture
def keeper(staff) -> User:
    """The demo mission's administrator."""
    return staff["administrator"]


@pytest.fixture
def desk(keeper) -> Client:
    """A browser in which the administrator is signed in."""
    return signed_in(keeper)


def signed_in(user: User) -> Client:
    """Sign somebody in as with a second factor, which they have."""
    if not is_enrolled(user):
        with_app(user)
    client = Client(**HOST)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": timezone.now().timestamp()}
    ]
    session.save()
    return client


def role(site, name: str):
    """Give the group of a role."""
    return MissionRole.objects.get(site=site, role=name).group


def somebody(site, email: str = "awa@bamako.example") -> User:
    """Describe somebody who is not there yet."""
    return User(email=email, first_name="Awa", last_name="Diarra", mission=site)


def invited(keeper, site, at=None, **more) -> tuple[User, str]:
    """Invite somebody; give the account and the token."""
    roles = [role(site, "duty_officer")]
    letter, token = invite(keeper, somebody(site, **more), roles, at or timezone.now())
    return letter.account, token


def token_in(letter) -> str:
    """Give the token in a mail."""
    return re.search(rf"http\S+{PAGE}([\w-]+)/", letter.body)[1]


def open_letter(client, token: str):
    """Open the address of a letter, and the page it leads to."""
    return client.get(f"{PAGE}{token}/", **HOST, follow=True)


def test_an_invited_person_comes_in_with_a_password_and_a_factor(
    client, desk, site, django_capture_on_commit_callbacks
):
    data = {"email": "Awa@Bamako.example", "first_name": "Awa", "last_name": "D"}
    data |= {"mission": site.pk, "groups": [role(site, "duty_officer").pk]}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(reverse("admin:embassy_user_add"), data).status_code == 302
    account = User.objects.get(email="awa@bamako.example")
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert mail.outbox[0].to == [account.email]
    assert "invites you" in mail.outbox[0].body and "vous invite" in mail.outbox[0].body
    shown = open_letter(client, token_in(mail.outbox[0]))
    assert shown.redirect_chain == [(PAGE, 302)] and "awa@bamako.example" in words(shown)
    assert client.post(PAGE, GOOD, **HOST)["Location"] == SECURITY
    assert client.get("/admin/", **HOST)["Location"].startswith(SECURITY)  # a factor first
    set_up_app(client)
    assert client.post(f"{SECURITY}codes/", **HOST)["Location"] == "/admin/"
    assert client.get("/admin/", **HOST).status_code == 200
    assert give_password(Client(), account.email, GOOD["new_password1"]).status_code == 302
    acts = AuditEntry.objects.filter(target_id=str(account.pk)).values_list("action", flat=True)
    assert {"accounts.invited", "accounts.accepted"} <= set(acts)


def test_a_passkey_needs_no_password(client, keeper, site):
    account, token = invited(keeper, site)
    open_letter(client, token)
    answer = client.post(PAGE, {"passkey": "1"}, **HOST)
    assert answer["Location"] == f"{SECURITY}passkeys/add/"
    assert client.get(answer["Location"], **HOST).status_code == 200
    account.refresh_from_db()
    assert account.is_active and not account.has_usable_password()


def test_a_weak_password_is_refused_and_the_invitation_stays(client, keeper, site):
    account, token = invited(keeper, site)
    open_letter(client, token)
    weak = client.post(PAGE, {"new_password1": "123", "new_password2": "123"}, **HOST)
    assert "too short" in words(weak)
    account.refresh_from_db()
    assert not account.is_active and client.post(PAGE, GOOD, **HOST).status_code == 302


@pytest.mark.parametrize(("age", "is_good"), [(WEEK - SECOND, True), (WEEK, False)])
def test_an_invitation_is_good_for_a_week(keeper, site, age, is_good):
    at = timezone.now()
    account, token = invited(keeper, site, at)
    if is_good:
        assert accept(invitations.digest_of(token), "open sesame 77", at + age) == account
    else:
        with pytest.raises(Gone):
            accept(invitations.digest_of(token), "open sesame 77", at + age)


@pytest.mark.parametrize("cause", ["used", "withdrawn", "replaced", "expired", "forged", "none"])
def test_whatever_is_wrong_with_a_letter_is_answered_alike(client, keeper, site, cause):
    at = timezone.now()
    account, token = invited(keeper, site, at - WEEK if cause == "expired" else at)
    if cause == "used":
        accept(invitations.digest_of(token), None, at)
    elif cause == "withdrawn":
        withdraw(keeper, account, at)
    elif cause == "replaced":
        invite_again(keeper, account, at)
    token = "x" * 43 if cause == "forged" else token
    page = client.get(PAGE, **HOST) if cause == "none" else open_letter(client, token)
    assert page.status_code == 410 and "Ask your administrator" in words(page)
    assert "bamako.example" not in words(page) and "Awa" not in words(page)
    assert client.post(PAGE, GOOD, **HOST).status_code == 410


def test_opening_a_letter_uses_nothing_up_and_tells_no_other_page(client, keeper, site):
    _account, token = invited(keeper, site)
    first = client.get(f"{PAGE}{token}/", **HOST)
    assert first["Referrer-Policy"] == "no-referrer" and "no-store" in first["Cache-Control"]
    assert token not in first["Location"]
    assert open_letter(Client(), token).status_code == 200
    assert token not in str(dict(client.session)) + str(list(Invitation.objects.values()))


def test_somebody_else_is_signed_out_by_going_on(keeper, site):
    account, token = invited(keeper, site)
    browser = signed_in(keeper)
    assert keeper.email in words(open_letter(browser, token))
    browser.post(PAGE, GOOD, **HOST)
    assert browser.session["_auth_user_id"] == str(account.pk)


def test_a_new_letter_takes_the_place_of_the_old(keeper, site):
    account, _token = invited(keeper, site)
    for _time in range(2):
        invite_again(keeper, account, timezone.now())
    assert account.invitations.unanswered().count() == 1
    assert withdraw(keeper, account, timezone.now()) == 1
    assert withdraw(keeper, account, timezone.now()) == 0


def test_who_is_here_already_is_not_invited(keeper, staff, site):
    for again in (lambda: invite(keeper, staff["consular"], [], timezone.now()),):
        with pytest.raises(Refused, match="open already"):
            again()
    with pytest.raises(Refused, match="exists already"):
        invited(keeper, site, email=staff["consular"].email)
    with pytest.raises(Refused, match="open already"):
        invite_again(keeper, staff["consular"], timezone.now())


def test_only_an_administrator_of_the_mission_invites(keeper, staff, site, dakar):
    at, other = timezone.now(), person(dakar, "administrator")
    for who, where in ((staff["consular"], site), (keeper, dakar), (other, site)):
        with pytest.raises(Refused):
            invite(who, somebody(where), [], at)
    account, _token = invited(keeper, site)
    for act in (invite_again, withdraw):
        with pytest.raises(Refused):
            act(other, account, at)
    assert not User.objects.filter(email="awa@bamako.example", mission=dakar).exists()


def test_a_role_of_another_mission_or_a_grave_one_is_refused(desk, keeper, site, dakar):
    add = reverse("admin:embassy_user_add")
    data = {"email": "awa@bamako.example", "mission": site.pk}
    for group, sentence in (
        (role(dakar, "section_editor"), "roles of your own mission only"),
        (role(dakar, "administrator"), "roles of your own mission only"),
        (role(site, "administrator"), "needs a second administrator"),
        (role(site, "break_glass"), "needs a second administrator"),
    ):
        page = desk.post(add, data | {"groups": [group.pk]})
        assert page.status_code == 200 and sentence in words(page), group
        with pytest.raises(Refused):
            invite(keeper, somebody(site), [group], timezone.now())
    assert not User.objects.filter(email="awa@bamako.example").exists()


def test_a_letter_that_did_not_leave_says_so_on_its_row(
    desk, site, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    add = reverse("admin:embassy_user_add")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(add, {"email": "awa@bamako.example", "mission": site.pk})
    assert "awa@" not in caplog.text and "was not mailed" in caplog.text
    account = User.objects.get(email="awa@bamako.example")
    again = reverse("admin:account_invite_again", args=[account.pk])
    listed = words(desk.get(reverse("admin:embassy_user_changelist")))
    assert "the letter could not be sent" in listed and again in listed
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "A new letter goes" in words(desk.get(again))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(again, {"reason": "it did not leave"})
    assert mail.outbox[0].to == [account.email]
    listed = words(desk.get(reverse("admin:embassy_user_changelist")))
    assert "the letter could not be sent" not in listed and again not in listed


def test_nobody_sets_a_password_of_another(desk, staff):
    address = reverse("admin:embassy_user_change", args=[staff["consular"].pk])
    for page in (desk.get(reverse("admin:embassy_user_add")), desk.get(address)):
        assert page.status_code == 200 and 'type="password"' not in words(page)
    assert desk.get(address.replace("change", "password")).status_code in (302, 404)
    before = staff["consular"].password
    names = {"first_name": "F", "password": "x", "email": "mine@example.org", "is_active": ""}
    desk.post(address, names | {"mission": staff["consular"].mission_id})
    staff["consular"].refresh_from_db()
    assert (staff["consular"].password, staff["consular"].is_active) == (before, True)
    assert staff["consular"].email == "consul@bamako.example"


def test_next_door_no_page_of_an_account_opens(keeper, site, dakar):
    account, _token = invited(keeper, site)
    other = signed_in(person(dakar, "administrator"))
    for code in ("invite_again", "withdraw"):
        address = reverse(f"admin:account_{code}", args=[account.pk])
        assert other.get(address).status_code in (403, 404)
        assert other.post(address).status_code in (403, 404)
    assert account.invitations.unanswered().count() == 1


def test_the_pages_speak_french(client, keeper, site, compiled):
    _account, token = invited(keeper, site)
    french = {"headers": {"Accept-Language": "fr"}}
    client.get(f"{PAGE}{token}/", **HOST, **french)
    assert "Bienvenue, Awa" in words(client.get(PAGE, **HOST, **french))
    assert "votre administrateur" in words(Client().get(PAGE, **HOST, **french))
