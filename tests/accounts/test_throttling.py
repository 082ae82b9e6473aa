"""Guessing is slowed down for all processes together, and a passkey is the way in meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import throttling
from accounts.codes import code_at
from accounts.models import KEPT, SignInFailure
from tests.accounts.signing import CODE, HOST, give_code, give_password, words, wrong_code

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTES = timedelta(minutes=15)
ANN, BEN = "ann@bamako.example", "ben@bamako.example"
HERE, THERE = "192.0.2.1", "198.51.100.7"


def fail(times: int, account: str = ANN, client: str = HERE, at: datetime = NOON) -> None:
    """Begin tries that were not right."""
    for _time in range(times):
        throttling.begin(account, client, at)


def test_the_fifth_try_is_looked_at_and_the_sixth_waits():
    fail(5)
    with pytest.raises(throttling.Locked) as locked:
        fail(1)
    assert locked.value.until == NOON + MINUTES
    assert "Wait 15 minutes" in locked.value.message and "passkey" in locked.value.message
    assert SignInFailure.objects.count() == 5


def test_waiting_ends_to_the_second():
    fail(1)
    fail(4, at=NOON + timedelta(minutes=1))
    with pytest.raises(throttling.Locked) as locked:
        fail(1, at=NOON + MINUTES - timedelta(seconds=1))
    assert locked.value.minutes == 1
    fail(1, at=NOON + MINUTES)
    with pytest.raises(throttling.Locked):
        fail(1, at=NOON + MINUTES)


def test_another_account_does_not_wait_nor_another_spelling_help():
    fail(5)
    fail(1, account=BEN)
    with pytest.raises(throttling.Locked):
        fail(1, account=f" {ANN.upper()}", client=THERE)


def test_what_was_right_is_not_counted():
    for _time in range(9):
        throttling.begin(ANN, HERE, NOON).was_right()
    assert not SignInFailure.objects.exists()


def test_a_client_waits_whatever_accounts_it_tries(settings):
    settings.SIGN_IN_TRIES = {"account": 5, "client": 6, "minutes": 15}
    for number in range(6):
        fail(1, account=f"{number}@bamako.example")
    with pytest.raises(throttling.Locked):
        fail(1, account=BEN)
    fail(1, account=BEN, client=THERE)


def test_a_network_of_ipv6_is_one_client():
    first, second, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"
    assert throttling.key_of_client(first) == throttling.key_of_client(second)
    assert throttling.key_of_client(first) != throttling.key_of_client(other)
    assert throttling.key_of_client("") == throttling.key_of_client("")


def test_nothing_personal_is_kept_and_nothing_for_long():
    fail(2)
    kept = str(list(SignInFailure.objects.values()))
    assert ANN not in kept and HERE not in kept and "bamako" not in kept
    fail(1, account=BEN, at=NOON + KEPT - timedelta(seconds=1))
    assert SignInFailure.objects.count() == 3
    fail(1, account=BEN, at=NOON + KEPT)
    assert SignInFailure.objects.count() == 2


def test_a_command_erases_what_nobody_came_by_to_erase():
    now = timezone.now()
    fail(1, at=now - KEPT)
    fail(1, account=BEN, at=now - KEPT + timedelta(minutes=5))
    for _time in range(2):
        call_command("sweep_sign_ins")
    assert SignInFailure.objects.get().account_key == throttling.key_of_account(BEN)


def test_keys_change_with_the_secret(settings):
    before = throttling.key_of_account(ANN)
    settings.SECRET_KEY = "another"
    assert throttling.key_of_account(ANN) != before


def test_the_right_password_waits_too_and_the_page_says_how_long(client, officer):
    for _time in range(5):
        assert "do not belong together" in words(give_password(client, officer.email, "wrong"))
    answer = words(give_password(client, officer.email))
    assert "Wait 15 minutes" in answer and "passkey works all the same" in answer
    assert not SignInFailure.objects.filter(account_key=officer.email).exists()


def test_a_locked_account_still_gets_the_challenge_of_a_passkey(client, officer):
    for _time in range(6):
        give_password(client, officer.email, "wrong")
    script = {"HTTP_ACCEPT": "application/json"}
    for _time in range(20):
        answer = client.get("/account/sign-in/passkey/", **HOST, **script)
        assert answer.json()["request_options"]["publicKey"]["challenge"]


def test_codes_are_counted_with_passwords(client, officer, secret):
    for _time in range(3):
        give_password(Client(), officer.email, "wrong")
    give_password(client, officer.email)
    for _time in range(2):
        assert "That did not work." in words(give_code(client, wrong_code(secret)))
    answer = give_code(client, code_at(secret, timezone.now()))
    assert answer.status_code == 200 and "Wait 15 minutes" in words(answer)
    assert client.get(CODE, **HOST).status_code == 200


def test_the_account_is_told_once_when_codes_are_guessed(client, officer, secret, mailoutbox):
    give_password(client, officer.email)
    for _time in range(8):
        give_code(client, wrong_code(secret))
    assert [mail.to for mail in mailoutbox] == [[officer.email]]
    assert "Somebody may know your password" in mailoutbox[0].body


def test_wrong_passwords_alone_send_no_mail(client, officer, mailoutbox):
    for _time in range(8):
        give_password(client, officer.email, "wrong")
    assert not mailoutbox


def test_a_client_is_who_the_proxy_says(client, officer, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    give_password(client, officer.email, "wrong", **{})
    client.post(
        "/account/sign-in/",
        {"login": officer.email, "password": "wrong"},
        headers={"X-Forwarded-For": f"{HERE}, {THERE}"},
        **HOST,
    )
    keys = set(SignInFailure.objects.values_list("client_key", flat=True))
    assert keys == {throttling.key_of_client("127.0.0.1"), throttling.key_of_client(THERE)}
