"""A public server has no superusers; its first two administrators come from a command."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import checks
from accounts.invitations import accept, digest_of
from accounts.keepers import administrators_of
from embassy.models import AuditEntry, User
from tests.accounts.signing import CODE, HOST, SIGN_IN, give_password, sign_in, words
from tests.accounts.test_invitations import PAGE, token_in
from tests.factories import person

pytestmark = pytest.mark.django_db
TWO = ("awa@dakar.example", "issa@dakar.example")


@pytest.fixture
def run(dakar, django_capture_on_commit_callbacks):
    """Run the command for the mission in Dakar, whose mails leave at once."""

    def command(*mails: str, host: str = "dakar.localhost") -> str:
        out = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("first_administrators", host, *mails, stdout=out)
        return out.getvalue()

    return command


def test_two_people_are_invited_and_then_look_after_the_mission(run, dakar):
    out = run(*TWO)
    assert all(f"{address} is invited" in out for address in TWO)
    assert [letter.to[0] for letter in mail.outbox] == list(TWO)
    assert not administrators_of(dakar).exists()
    for letter in mail.outbox:
        accept(digest_of(token_in(letter)), "open sesame 77", timezone.now())
    assert set(administrators_of(dakar).values_list("email", flat=True)) == set(TWO)
    assert AuditEntry.objects.filter(action="accounts.appointed", site=dakar).count() == 2


def test_running_again_sends_again_to_who_has_not_come(run, dakar):
    run(*TWO)
    old = token_in(mail.outbox[1])
    accept(digest_of(token_in(mail.outbox[0])), "open sesame 77", timezone.now())
    mail.outbox.clear()
    out = run(*TWO)
    assert "awa@dakar.example is an administrator" in out
    assert [letter.to for letter in mail.outbox] == [["issa@dakar.example"]]
    assert Client().get(f"{PAGE}{old}/", **HOST, follow=True).status_code == 410
    assert User.objects.filter(mission=dakar).count() == 2


def test_a_mistyped_address_is_let_go(run, dakar):
    run("awa@dakar.example", "isa@dakar.example")
    run(*TWO)
    lost = User.objects.get(email="isa@dakar.example")
    assert not lost.groups.exists() and not lost.invitations.unanswered().exists()


@pytest.mark.parametrize(
    ("mails", "sentence"),
    [
        (("awa@dakar.example", " AWA@dakar.example"), "two different"),
        (("awa@dakar.example", "issa"), "no mail address"),
        (("awa@dakar.example", "admin@bamako.example"), "not of this mission"),
    ],
)
def test_nobody_is_invited_when_one_address_will_not_do(run, dakar, site, mails, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*mails)
    assert not User.objects.filter(mission=dakar).exists() and not mail.outbox


def test_a_mission_that_has_administrators_gets_no_third(run, dakar):
    person(dakar, "administrator", "one@dakar.example")
    with pytest.raises(CommandError, match=r"one@dakar\.example"):
        run(*TWO)
    run("one@dakar.example", "two@dakar.example")  # the one there is beside a second
    assert [letter.to for letter in mail.outbox] == [["two@dakar.example"]]
    person(dakar, "administrator", "three@dakar.example")
    with pytest.raises(CommandError):
        run("one@dakar.example", "two@dakar.example")


def test_an_unknown_host_is_refused(run):
    with pytest.raises(CommandError, match="no mission"):
        run(*TWO, host="nowhere.example")


def test_a_superuser_is_refused_in_public(client, officer, settings):
    User.objects.filter(pk=officer.pk).update(is_superuser=True, is_demo=False)
    settings.SUPERUSERS = True
    assert checks.no_superusers(None) == []
    sign_in(client, officer)
    assert client.get("/admin/", **HOST).status_code == 200
    settings.SUPERUSERS = False
    (error,) = checks.no_superusers(None)
    assert error.id == "accounts.E001" and "(1)" in error.msg
    assert client.get("/admin/", **HOST)["Location"].startswith(SIGN_IN)
    assert "do not belong together" in words(give_password(Client(), officer.email))
    User.objects.filter(pk=officer.pk).update(is_superuser=False)
    assert checks.no_superusers(None) == []
    assert give_password(Client(), officer.email)["Location"] == CODE


def test_a_command_closes_superusers(settings):
    settings.SUPERUSERS = False
    root = User.objects.create_superuser("root@bamako.example", "x")
    call_command("close_superusers", "--dry-run", stdout=StringIO())
    assert checks.no_superusers(None)
    for _time in range(2):
        call_command("close_superusers", stdout=StringIO())
    root.refresh_from_db()
    assert not root.is_active and checks.no_superusers(None) == []
