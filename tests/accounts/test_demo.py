"""A newcomer gets in with what `make run` prints; in public the demo accounts stay out."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.codes import code_at
from accounts.demo import second_factors, secret_of
from embassy import checks
from embassy.acts import proof
from embassy.approval import Refused
from embassy.demo import sign_ins, ways_in
from embassy.models import User
from tests.accounts.signing import give_code, give_password, recovery_codes_of, sign_in

pytestmark = pytest.mark.django_db


def test_every_demo_account_has_factors_and_they_are_made_once(site):
    before = {email: secret_of(email) for _role, email, _password in sign_ins()}
    assert all(before.values()) and len(set(before.values())) == len(before)
    assert second_factors() == 0
    assert {email: secret_of(email) for email in before} == before


def test_what_is_printed_gets_a_newcomer_in(client, site):
    _role, email, password = sign_ins()[0]
    code, uri, recovery = ways_in(email)
    assert f"manage.py demo_code {email}" in code
    assert re.search(r"otpauth://totp/editor%40bamako.example\?secret=[A-Z2-7]{32}", uri)
    assert recovery.count(",") == 9
    give_password(client, email, password)
    assert give_code(client, recovery.split(": ")[1].split(", ")[0])["Location"] == "/admin/"


def test_a_command_prints_the_code_of_this_moment(client, site):
    _role, email, password = sign_ins()[1]
    out = StringIO()
    call_command("demo_code", email, stdout=out)
    give_password(client, email, password)
    assert give_code(client, out.getvalue().strip())["Location"] == "/admin/"


@pytest.mark.parametrize("email", ["nobody@bamako.example", "new@bamako.example"])
def test_the_command_knows_demo_accounts_only(newcomer, email):
    with pytest.raises(CommandError, match="no demo account"):
        call_command("demo_code", email)


def test_in_public_the_command_says_nothing(site, settings):
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(CommandError):
        call_command("demo_code", sign_ins()[0][1])


def test_demo_accounts_fail_the_deployment_check(site, settings):
    assert checks.no_demo_accounts(None) == []
    settings.DEMO_ACCOUNTS = False
    [error] = checks.no_demo_accounts(None)
    assert error.id == "embassy.E005" and "(8)" in error.msg
    User.objects.filter(is_demo=True).update(is_active=False)
    assert checks.no_demo_accounts(None) == []


def test_only_demo_accounts_are_given_factors(newcomer):
    second_factors()
    assert not Authenticator.objects.filter(user=newcomer).exists()


def test_a_code_of_the_app_proves_who_breaks_the_glass(staff, home):
    chief, now = staff["break_glass"], timezone.now()
    code = code_at(secret_of(chief.email), now)
    proof.prove(chief, code, home, now)
    for given in (code, recovery_codes_of(chief)[0]):
        with pytest.raises(Refused, match="a code of your app"):
            proof.prove(chief, given, home, now)
    assert len(recovery_codes_of(chief)) == 10


def test_the_printed_password_is_the_accounts(client, staff):
    assert sign_in(client, staff["approver"], password="bamako-2300")["Location"] == "/admin/"
