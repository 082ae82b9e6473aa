"""One page to sign in at, with two factors, and nothing beside it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.codes import code_at
from embassy.models import User
from tests.accounts.signing import (
    CODE,
    HOST,
    SECURITY,
    SIGN_IN,
    give_code,
    give_password,
    recovery_codes_of,
    sign_in,
    with_password,
    words,
    wrong_code,
)

pytestmark = pytest.mark.django_db


def test_a_password_alone_opens_nothing(client, officer):
    answer = give_password(client, officer.email)
    assert answer["Location"] == CODE
    for address in ("/admin/", "/django-admin/"):
        sent = client.get(address, **HOST)
        assert sent.status_code == 302 and sent["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_a_password_and_a_code_open_the_staff_pages(client, officer):
    assert sign_in(client, officer)["Location"] == "/admin/"
    assert client.get("/admin/", **HOST).status_code == 200


def test_a_recovery_code_is_good_once(client, officer):
    code = recovery_codes_of(officer)[0]
    give_password(client, officer.email)
    assert give_code(client, f"{code[:4]} {code[4:]}")["Location"] == "/admin/"
    other = Client()
    give_password(other, officer.email)
    assert give_code(other, code).status_code == 200
    assert code not in recovery_codes_of(officer)
    assert len(recovery_codes_of(officer)) == 9


def test_a_code_of_the_app_is_good_once(officer, secret):
    code = code_at(secret, timezone.now())
    for status in (302, 200):
        client = Client()
        give_password(client, officer.email)
        assert give_code(client, code).status_code == status


def test_a_wrong_code_is_refused_with_a_sentence(client, officer, secret):
    give_password(client, officer.email)
    answer = give_code(client, wrong_code(secret))
    assert answer.status_code == 200 and "That did not work." in words(answer)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["", "{}", "[]", "1", '{"id": 1, "response": {}}', "no"])
def test_what_is_no_passkey_is_refused_with_a_sentence(client, officer, credential):
    give_password(client, officer.email)
    answer = client.post(CODE, {"credential": credential}, **HOST)
    assert answer.status_code == 200
    alone = Client().post("/account/sign-in/passkey/", {"credential": credential}, **HOST)
    assert alone["Location"] == SIGN_IN


def test_an_unknown_address_and_a_wrong_password_are_answered_alike(officer):
    told = []
    for email in (officer.email, "nobody@bamako.example"):
        answer = give_password(Client(), email, "wrong")
        told.append(re.sub(r'value="[^"]*"', "", words(answer)))
    assert told[0] == told[1] and "do not belong together" in told[0]


def test_an_address_may_be_typed_in_capitals(client, officer):
    assert give_password(client, f" {officer.email.upper()} ")["Location"] == CODE


@pytest.mark.parametrize(
    ("goal", "leads_to"),
    [
        ("/admin/pages/", "/admin/pages/"),
        ("https://evil.example/admin/", "/admin/"),
        ("//evil.example", "/admin/"),
        ("https://localhost.evil.example/", "/admin/"),
    ],
)
def test_it_leads_on_within_this_host_only(client, officer, goal, leads_to):
    assert sign_in(client, officer, next=goal)["Location"] == leads_to


def test_administrators_are_led_to_accounts(client, staff):
    assert sign_in(client, with_password(staff["administrator"]))["Location"] == "/django-admin/"


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/django-admin/login/", "/_util/login/", "/fr/_util/login/"]
)
def test_all_ways_lead_to_the_one_page(client, site, address):
    answer = client.get(f"{address}?next=/admin/pages/", **HOST)
    assert answer["Location"] == f"{SIGN_IN}?next=/admin/pages/"


@pytest.mark.parametrize(
    "address",
    [
        *("signup/", "email/", "password/reset/", "login/code/", "confirm-email/", "login/"),
        *("sign-up/", "password/set/", "inactive/"),
    ],
)
def test_nobody_signs_up_or_resets_a_password_by_mail(client, site, address):
    for path in (f"/account/{address}", f"/admin/{address}"):
        answer = client.get(path, **HOST, follow=True)
        assert answer.status_code == 404 or answer.request["PATH_INFO"] == SIGN_IN


def test_the_page_of_wagtail_for_passwords_is_off(client, officer):
    sign_in(client, officer)
    assert client.get("/admin/password_reset/", **HOST).status_code == 404
    account = words(client.get("/admin/account/", **HOST))
    assert "new_password" not in account and SECURITY in account
    changed = client.get("/django-admin/password_change/", **HOST)
    assert changed["Location"] == "/account/security/password/"


def test_secrets_are_not_in_the_django_admin(client, officer):
    User.objects.filter(pk=officer.pk).update(is_superuser=True)
    sign_in(client, officer)
    index = words(client.get("/django-admin/", **HOST))
    assert "/django-admin/mfa/" not in index and "/django-admin/account/" not in index
    assert SECURITY in index


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_closed_account_is_refused_and_its_sessions_end(client, officer, change):
    sign_in(client, officer)
    User.objects.filter(pk=officer.pk).update(**change)
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "do not belong together" in words(give_password(Client(), officer.email))


def test_demo_accounts_are_refused_in_public(client, officer, settings):
    sign_in(client, officer)
    settings.DEMO_ACCOUNTS = False
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "do not belong together" in words(give_password(Client(), officer.email))
    User.objects.filter(pk=officer.pk).update(is_demo=False)
    assert give_password(Client(), officer.email)["Location"] == CODE


def test_the_page_speaks_the_browsers_language(client, site, compiled):
    french = words(client.get(SIGN_IN, headers={"Accept-Language": "fr"}, **HOST))
    assert '<html lang="fr" dir="ltr">' in french and "Se connecter à Chancery" in french
    assert '<html lang="en" dir="ltr">' in words(client.get(SIGN_IN, **HOST))


def test_the_page_keeps_the_strict_policy_and_is_never_kept(client, site):
    answer = client.get(SIGN_IN, **HOST)
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    page = words(answer)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page)
    assert set(re.findall(r'(?:src|href)="(https?:)?//', page)) == set()


def test_public_pages_set_no_cookie(client, site):
    for address in ("/", "/fr/alerts/", "/search/?q=visa"):
        assert not client.get(address, **HOST).cookies


def test_somebody_begins_again_at_the_second_step(client, officer):
    give_password(client, officer.email)
    assert client.get(SIGN_IN, **HOST)["Location"] == CODE
    client.post("/account/sign-out/", **HOST)
    assert client.get(SIGN_IN, **HOST).status_code == 200
