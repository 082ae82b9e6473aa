"""The first factor is set up in the session that a letter opened: no password alone does it."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import factors, middleware, raising
from accounts.codes import code_at
from accounts.invitations import accept, digest_of
from accounts.sessions import BEGAN, may_enroll
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.demo import sign_ins
from embassy.models import AuditEntry, User
from tests.accounts.signing import (
    CODE,
    HOST,
    PASSWORD,
    SECURITY,
    SIGN_IN,
    come_by_letter,
    give_code,
    give_password,
    secret_of,
    with_app,
    with_password,
    words,
)
from tests.accounts.test_first_administrators import TWO, run  # noqa: F401
from tests.accounts.test_invitations import GOOD, PAGE, token_in
from tests.accounts.test_security import APP, set_up_app
from tests.accounts.test_sessions import Clock
from tests.factories import person

pytestmark = pytest.mark.django_db
NEEDS_A_LETTER = "Ask an administrator of your mission for a new letter"
PASSKEY = f"{SECURITY}passkeys/add/"
IDLE, SECOND = timedelta(minutes=30), timedelta(seconds=1)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """A clock to set, as the middleware reads it."""
    clock = Clock()
    monkeypatch.setattr(middleware, "timezone", clock)
    return clock


def is_signed_in(client) -> bool:
    """Whether a browser is signed in as anybody, proven or not."""
    return "_auth_user_id" in client.session


def enroll(client) -> bool:
    """Try all that sets a first factor up; whether the account has one now."""
    for address in (APP, PASSKEY):
        client.get(address, **HOST)
    secret = client.session.get("mfa.totp.secret")
    code = code_at(secret, timezone.now()) if secret else "123456"
    client.post(APP, {"code": code}, **HOST)
    client.post(PASSKEY, {"credential": "{}", "name": "Mine"}, **HOST)
    return Authenticator.objects.exclude(user__is_demo=True).exists()


def test_whoever_stole_the_password_sets_no_factor_up(client, newcomer):
    come_by_letter(Client(), newcomer)  # and never comes back
    said = give_password(client, newcomer.email, next="/admin/")
    assert said["Location"] == SIGN_IN
    assert NEEDS_A_LETTER in words(client.get(SIGN_IN, **HOST))
    assert not is_signed_in(client) and not enroll(client)
    for address in ("/admin/", "/django-admin/", SECURITY, APP, PASSKEY):
        sent = client.get(address, **HOST)
        assert sent.status_code == 302 and sent["Location"].startswith(SIGN_IN), address
    (entry,) = AuditEntry.objects.filter(action=audit.SIGN_IN_FAILED, target_id=str(newcomer.pk))
    assert entry.details == {"step": "no second factor"}


def test_a_wrong_password_learns_nothing(client, newcomer):
    said = words(give_password(client, newcomer.email, "wrong words"))
    assert "do not belong together" in said and NEEDS_A_LETTER not in said


@pytest.mark.parametrize(("age", "opens"), [(IDLE - SECOND, True), (IDLE, False)])
def test_there_is_half_an_hour_after_the_letter(client, newcomer, clock, age, opens):
    come_by_letter(client, newcomer)
    began = datetime.fromtimestamp(client.session[BEGAN], tz=clock.at.tzinfo)
    clock.at = began + IDLE / 2
    assert client.get(SECURITY, **HOST).status_code == 200  # looking does not lengthen it
    clock.at = began + age
    page = client.get(APP, **HOST)
    assert (page.status_code == 200) is opens
    assert enroll(client) is opens
    if not opens:
        assert give_password(client, newcomer.email)["Location"] == SIGN_IN
        assert NEEDS_A_LETTER in words(client.get(SIGN_IN, **HOST))


def test_the_pages_say_how_long_there_is(client, newcomer):
    _letter, token = factors.take_away(None, newcomer, "Lost", timezone.now())
    welcome = words(client.get(f"{PAGE}{token}/", follow=True, **HOST))
    assert "within 30 minutes" in welcome
    client.post(PAGE, GOOD, **HOST)
    assert "after 30 minutes you need another letter" in words(client.get(SECURITY, **HOST))


@pytest.mark.parametrize("chosen", [GOOD, {"passkey": "1"}])
def test_another_letter_opens_it_again(client, newcomer, chosen):
    come_by_letter(Client(), newcomer)
    give_password(client, newcomer.email)
    _letter, token = factors.take_away(None, newcomer, "Did not finish", timezone.now())
    client.get(f"{PAGE}{token}/", **HOST)
    client.post(PAGE, chosen, **HOST)
    assert enroll(client)
    assert client.get("/admin/", **HOST).status_code == 200
    assert "do not belong together" in words(give_password(Client(), newcomer.email, PASSWORD))


def test_a_session_that_a_password_began_is_worth_nothing(client, newcomer):
    client.force_login(newcomer)  # as before there was this rule
    session = client.session
    session["account_authentication_methods_user"] = str(newcomer.pk)
    at = timezone.now().timestamp()
    session["account_authentication_methods"] = [{"method": "password", "at": at}]
    session.save()
    assert client.get(APP, **HOST)["Location"].startswith(SIGN_IN)
    assert not is_signed_in(client) and not enroll(client)


def test_the_letter_of_one_sets_nothing_up_for_another(client, newcomer, site, rf):
    other = person(site, "section_editor", "other@bamako.example")
    come_by_letter(client, newcomer)
    request = rf.get("/")
    request.session, request.user = client.session, newcomer
    assert may_enroll(request)
    request.user = other
    assert not may_enroll(request)


def test_once_a_factor_is_there_the_letter_proves_nothing(client, newcomer, rf):
    come_by_letter(client, newcomer)
    set_up_app(client)
    request = rf.get("/")
    request.session, request.user = client.session, newcomer
    assert not may_enroll(request)
    other = Client()
    assert give_password(other, newcomer.email)["Location"] == CODE


def test_a_second_session_of_the_letter_ends_where_the_first_enrolled(newcomer):
    first, late = Client(), Client()
    _letter, token = factors.take_away(None, newcomer, "Lost", timezone.now())
    for browser in (first, late):
        browser.get(f"{PAGE}{token}/", **HOST)
    first.post(PAGE, GOOD, **HOST)
    assert late.post(PAGE, GOOD, **HOST).status_code == 410  # a letter is good once
    assert not is_signed_in(late)


def test_the_demo_accounts_get_in(client, site):
    for _role, email, password in sign_ins():
        browser = Client()
        assert give_password(browser, email, password)["Location"] == CODE
        secret = secret_of(User.objects.get(email=email))
        assert give_code(browser, code_at(secret, timezone.now())).status_code == 302
        assert browser.get(SECURITY, **HOST).status_code == 200


def test_the_first_administrators_get_in(run, dakar, mailoutbox):  # noqa: F811
    run(*TWO)
    for letter in mailoutbox:
        browser = Client(HTTP_HOST="dakar.localhost")
        browser.get(f"{PAGE}{token_in(letter)}/")
        assert browser.post(PAGE, GOOD)["Location"] == SECURITY
        page = browser.get(APP)
        assert page.status_code == 200
        secret = browser.session["mfa.totp.secret"]
        browser.post(APP, {"code": code_at(secret, timezone.now())})
        assert browser.get("/django-admin/").status_code == 200


def test_who_opened_a_letter_and_stopped_is_helped_by_a_reset(staff, newcomer):
    keeper, why = staff["administrator"], "Was interrupted"
    officer = person(newcomer.mission, "duty_officer", "officer@bamako.example")
    for account in (officer, newcomer):
        come_by_letter(Client(), account)
    assert factors.reset_by(keeper, officer, why, timezone.now())
    officer.refresh_from_db()
    assert not officer.has_usable_password() and officer.invitations.unanswered().count() == 1
    with pytest.raises(Refused, match="second administrator"):  # an editor confirms facts
        factors.reset_by(keeper, newcomer, why, timezone.now())
    assert raising.ask_to_reset(keeper, newcomer, why, timezone.now())


def test_it_is_said_in_french(client, newcomer, compiled):
    french = {"headers": {"Accept-Language": "fr"}}
    sent = {"login": with_password(newcomer).email, "password": PASSWORD}
    said = words(client.post(SIGN_IN, sent, follow=True, **french, **HOST))
    assert "n’a pas encore de second facteur" in said


def test_an_account_with_a_factor_is_asked_for_it_as_before(client, newcomer):
    with_app(with_password(newcomer))
    assert give_password(client, newcomer.email)["Location"] == CODE
    assert not AuditEntry.objects.filter(action=audit.SIGN_IN_FAILED).exists()


def test_accepting_alone_enrolls_nobody(client, newcomer):
    _letter, token = factors.take_away(None, newcomer, "Lost", timezone.now())
    accept(digest_of(token), PASSWORD, timezone.now())
    assert give_password(client, newcomer.email)["Location"] == SIGN_IN
    assert reverse("account_login") == SIGN_IN and not is_signed_in(client)
