"""Staff look after their own factors: with a fresh proof, told by mail, never without any."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts import codes, sessions
from accounts.codes import code_at
from embassy.models import User
from tests.accounts.signing import (
    HOST,
    PASSWORD,
    SECURITY,
    SIGN_IN,
    come_by_letter,
    give_code,
    give_password,
    recovery_codes_of,
    secret_of,
    sign_in,
    words,
)

pytestmark = pytest.mark.django_db
APP, CODES = f"{SECURITY}app/add/", f"{SECURITY}codes/"


def passkey(user: User, name: str = "Laptop") -> Authenticator:
    """Give an account a passkey as far as lists and removal look at it."""
    return Authenticator.objects.create(
        user=user, type="webauthn", data={"name": name, "credential": {}}
    )


def shown_secret(page: str) -> str:
    """Give the secret that a page shows in letters."""
    return re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page)[0].replace(" ", "")


def set_up_app(client) -> str:
    """Add an app as a person does it; gives its secret."""
    secret = shown_secret(words(client.get(APP, **HOST)))
    client.post(APP, {"code": code_at(secret, timezone.now())}, **HOST)
    return secret


def make_old(client, seconds: int) -> None:
    """Let what was proven in a session be so much older."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def test_a_newcomer_is_led_to_a_factor_and_then_on(
    client, newcomer, django_capture_on_commit_callbacks, mailoutbox
):
    assert come_by_letter(client, newcomer)["Location"] == SECURITY
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.get("/admin/account/", **HOST)
        assert sent["Location"].startswith(SECURITY)
        assert "Set up a second factor first" in words(client.get(sent["Location"], **HOST))
        secret = set_up_app(client)
    shown = words(client.get(CODES, **HOST))
    told = re.findall(r"<code>(\d{4}) (\d{4})</code>", shown)
    assert ["".join(code) for code in told] == recovery_codes_of(newcomer)
    file = client.get(f"{CODES}file/", **HOST)
    assert "attachment" in file["Content-Disposition"]
    assert all(" ".join(code) in words(file) for code in told)
    assert client.post(CODES, **HOST)["Location"] == "/admin/account/"
    assert client.get("/admin/account/", **HOST).status_code == 200
    assert [mail.subject for mail in mailoutbox] == ["About your account at Chancery"]
    assert secret == secret_of(newcomer)


def test_codes_are_shown_once(client, newcomer):
    come_by_letter(client, newcomer)
    set_up_app(client)
    client.post(CODES, **HOST)
    assert client.get(CODES, **HOST)["Location"] == SECURITY
    assert client.get(f"{CODES}file/", **HOST).status_code == 404
    other = Client()
    sign_in_again(other, newcomer)
    assert other.get(CODES, **HOST)["Location"] == SECURITY


def sign_in_again(client, user: User) -> None:
    """Sign in with a recovery code, since the app's code of now is spent."""
    give_password(client, user.email)
    give_code(client, recovery_codes_of(user)[0])


def test_the_code_that_set_an_app_up_is_spent(client, newcomer):
    come_by_letter(client, newcomer)
    secret = set_up_app(client)
    other = Client()
    give_password(other, newcomer.email)
    step = Authenticator.objects.get(user=newcomer, type="totp").data["last_step"]
    assert give_code(other, codes.code_of_step(secret, step)).status_code == 200


def test_a_wrong_first_code_keeps_the_secret_that_was_scanned(client, newcomer):
    come_by_letter(client, newcomer)
    secret = shown_secret(words(client.get(APP, **HOST)))
    answer = client.post(APP, {"code": "12"}, **HOST)
    assert "That did not work." in words(answer) and shown_secret(words(answer)) == secret
    assert shown_secret(words(client.get(APP, **HOST))) == secret
    assert not Authenticator.objects.filter(user=newcomer).exists()


@pytest.mark.parametrize(
    "path", ["passkeys/add/", "app/remove/", "codes/new/", "password/", "app/add/"]
)
def test_changes_ask_for_a_fresh_second_factor(client, officer, secret, path):
    sign_in(client, officer)
    if path == "app/add/":  # for those who have a passkey and no app yet
        Authenticator.objects.filter(user=officer, type="totp").update(type="webauthn")
    make_old(client, 300)
    sent = client.get(f"{SECURITY}{path}", **HOST)
    assert sent.status_code == 302 and sent["Location"].startswith("/account/prove/")
    assert "/password/?" not in sent["Location"].replace(f"{SECURITY}password/", "")
    assert client.get("/account/prove/password/", **HOST).status_code == 404  # it is no proof


def test_a_fresh_code_opens_what_was_asked_for(client, officer, secret):
    sign_in(client, officer)
    make_old(client, 300)
    sent = client.get(f"{SECURITY}codes/new/", **HOST)
    assert sent["Location"].startswith("/account/prove/code/?next=")
    answer = client.post(sent["Location"], {"code": recovery_codes_of(officer)[0]}, **HOST)
    assert answer["Location"] == f"{SECURITY}codes/new/"
    assert client.get(answer["Location"], **HOST).status_code == 200


def test_new_recovery_codes_take_the_place_of_those_of_before(
    client, officer, mailoutbox, django_capture_on_commit_callbacks
):
    sign_in(client, officer)
    before = recovery_codes_of(officer)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{SECURITY}codes/new/", **HOST)["Location"] == CODES
    assert not set(before) & set(recovery_codes_of(officer))
    assert "Your recovery codes" in words(client.get(CODES, **HOST))
    assert "New recovery codes were made" in mailoutbox[0].body
    assert mailoutbox[0].to == [officer.email]
    assert client.get("/admin/", **HOST).status_code == 200


def test_factors_are_listed_with_what_is_left(client, officer):
    passkey(officer, "Blue key")
    sign_in(client, officer)
    page = words(client.get(SECURITY, **HOST))
    assert "Blue key" in page and "Remove the app" in page and "10 codes are left" in page


def test_the_last_factor_stays(client, officer):
    sign_in(client, officer)
    assert "Remove the app" not in words(client.get(SECURITY, **HOST))
    answer = client.post(f"{SECURITY}app/remove/", **HOST)
    assert answer.status_code == 200 and "this is your last one" in words(answer)
    only = passkey(officer)
    Authenticator.objects.filter(user=officer, type="totp").delete()
    officer.refresh_from_db()
    sign_in_by_session(client, officer)
    answer = client.post(f"{SECURITY}passkeys/{only.pk}/remove/", **HOST, follow=True)
    assert "this is your last one" in words(answer)
    assert Authenticator.objects.filter(pk=only.pk).exists()


def sign_in_by_session(client, user: User) -> None:
    """Sign in as with a passkey just used."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": timezone.now().timestamp()}
    ]
    session.save()


def test_a_removed_factor_ends_the_other_sessions_and_is_told(client, officer, mailoutbox):
    key = passkey(officer)
    other = Client()
    sign_in(client, officer)
    sign_in_again(other, officer)
    assert other.get("/admin/", **HOST).status_code == 200
    assert client.post(f"{SECURITY}passkeys/{key.pk}/remove/", **HOST)["Location"] == SECURITY
    assert client.get("/admin/", **HOST).status_code == 200
    assert other.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "A passkey was removed." in mailoutbox[0].body


def test_a_factor_taken_away_by_others_ends_all_sessions(client, officer):
    sign_in(client, officer)
    Authenticator.objects.filter(user=officer).delete()
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)


def test_a_passkey_gets_another_name(client, officer):
    key = passkey(officer)
    sign_in(client, officer)
    address = f"{SECURITY}passkeys/{key.pk}/"
    assert client.post(address, {"name": "x" * 81}, **HOST).status_code == 200
    assert client.post(address, {"name": "Telephone"}, **HOST)["Location"] == SECURITY
    assert "Telephone" in words(client.get(SECURITY, **HOST))


@pytest.mark.parametrize("path", ["", "remove/"])
def test_a_colleagues_passkey_is_out_of_reach(client, officer, newcomer, path):
    theirs = passkey(newcomer)
    passkey(officer)
    sign_in(client, officer)
    address = f"{SECURITY}passkeys/{theirs.pk}/{path}"
    assert client.get(address, **HOST).status_code == 404
    assert client.post(address, {"name": "mine"}, **HOST).status_code == 404
    assert Authenticator.objects.get(pk=theirs.pk).data["name"] == "Laptop"


def test_signing_out_everywhere_ends_every_session(client, officer, mailoutbox):
    other = Client()
    sign_in(client, officer)
    sign_in_again(other, officer)
    assert client.get(f"{SECURITY}sign-out/", **HOST).status_code == 405
    answer = client.post(f"{SECURITY}sign-out/", **HOST, follow=True)
    assert "You are signed out everywhere." in words(answer)
    for browser in (client, other):
        assert browser.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert User.objects.get(pk=officer.pk).sign_outs == 1
    assert "signed out everywhere" in mailoutbox[0].body


def test_a_session_of_a_colleague_goes_on(client, officer, staff):
    other = Client()
    sign_in(client, officer)
    sign_in(other, give_known_password(staff["consular"]))
    client.post(f"{SECURITY}sign-out/", **HOST)
    assert other.get("/admin/", **HOST).status_code == 200


def give_known_password(user: User) -> User:
    """Give an account the password of the tests."""
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_new_password_ends_the_other_sessions(client, officer, mailoutbox):
    other = Client()
    sign_in(client, officer)
    sign_in_again(other, officer)
    address = f"{SECURITY}password/"
    weak = client.post(address, {"new_password1": "123", "new_password2": "123"}, **HOST)
    assert weak.status_code == 200 and "too short" in words(weak)
    good = {"new_password1": "a long new password", "new_password2": "a long new password"}
    assert client.post(address, good, **HOST)["Location"] == SECURITY
    assert client.get("/admin/", **HOST).status_code == 200
    assert other.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "The password was changed." in mailoutbox[0].body


def test_a_mail_server_that_is_away_stops_nothing(client, officer, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sign_in(client, officer)
    client.post(f"{SECURITY}sign-out/", **HOST)
    assert "could not be mailed" in caplog.text and officer.email not in caplog.text
    assert User.objects.get(pk=officer.pk).sign_outs == 1


@pytest.mark.parametrize("age", [timedelta(seconds=299), timedelta(seconds=300)])
def test_a_proof_is_fresh_for_five_minutes(client, officer, age, rf):
    sign_in(client, officer)
    request = rf.get("/")
    request.session, request.user = client.session, officer
    moment = request.session["account_authentication_methods"][-1]["at"]
    at = timezone.now() + (timedelta(seconds=moment - timezone.now().timestamp()) + age)
    is_short = age < timedelta(seconds=300)
    margin = timedelta(milliseconds=-5 if is_short else 5)
    assert sessions.is_fresh(request, at + margin) is is_short


def test_with_a_lost_key_the_page_still_opens(client, officer, settings):
    sign_in(client, officer)
    session = client.session
    session["staff_codes"] = Authenticator.objects.get(user=officer, type="recovery_codes").pk
    session.save()
    assert client.get(CODES, **HOST).status_code == 200
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    sign_in_by_session(other := Client(), officer)
    page = other.get(SECURITY, **HOST)
    assert page.status_code == 200 and "10 codes are left" in words(page)
    assert other.get(f"{SECURITY}codes/new/", **HOST).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("", "passkeys/add/", "passkeys/1/", "passkeys/1/remove/", "app/add/", "app/remove/"),
        *("codes/", "codes/file/", "codes/new/", "password/", "sign-out/"),
    ],
)
def test_nobody_sees_them_without_signing_in(client, site, path):
    for send in (client.get, client.post):
        answer = send(f"{SECURITY}{path}", **HOST)
        assert answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)


def test_a_challenge_is_for_who_is_signed_in(client, officer):
    challenge = f"{SECURITY.replace('security', 'prove')}passkey/challenge/"
    assert client.get(challenge, **HOST).status_code == 401
    sign_in(client, officer)
    asked = [client.get(challenge, **HOST) for _time in range(2)]
    assert all("no-store" in answer["Cache-Control"] for answer in asked)
    [one, other] = [answer.json()["request_options"]["publicKey"] for answer in asked]
    assert one["challenge"] != other["challenge"]
    assert client.post(challenge, **HOST).status_code == 405
