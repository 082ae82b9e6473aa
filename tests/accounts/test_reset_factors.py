"""The command that takes factors away: on record, and only its letter opens the account then."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import factors
from embassy.models import AuditEntry, User
from tests.accounts.signing import HOST, SECURITY, SIGN_IN, give_password, sign_in, words
from tests.accounts.test_invitations import GOOD, PAGE, open_letter, token_in

pytestmark = pytest.mark.django_db


def test_the_command_takes_factors_away_and_only_its_letter_opens_the_account(
    client, officer, mailoutbox, django_capture_on_commit_callbacks
):
    sign_in(client, officer)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("reset_factors", officer.email.upper(), stdout=StringIO())
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert not Authenticator.objects.filter(user=officer).exists()
    assert "do not belong together" in words(give_password(Client(), officer.email))
    assert [mail.to for mail in mailoutbox] == [[officer.email]] * 2
    first, last = (token_in(mail) for mail in mailoutbox)
    assert open_letter(Client(), first).status_code == 410
    assert open_letter(client, last).status_code == 200
    assert client.post(PAGE, GOOD, **HOST)["Location"] == SECURITY
    assert open_letter(Client(), last).status_code == 410  # it is used up
    entries = AuditEntry.objects.filter(action=factors.RESET, target_id=str(officer.pk))
    assert [(entry.by, entry.details["factors"]) for entry in entries.order_by("pk")] == [
        (None, 2),
        (None, 0),
    ]


def test_a_closed_account_has_nothing_to_reset(staff):
    User.objects.filter(pk=staff["consular"].pk).update(is_active=False)
    with pytest.raises(CommandError, match="closed"):
        call_command("reset_factors", staff["consular"].email)


def test_there_is_nothing_to_reset_of_nobody():
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_factors", "nobody@bamako.example")
