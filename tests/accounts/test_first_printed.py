"""Commands print the address in a letter only where its mail did not leave."""

import re
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from accounts.invitations import accept, digest_of
from embassy.models import User
from tests.accounts.test_invitations import PAGE
from tests.factories import second_mission


def test_an_address_is_printed_only_when_its_mail_did_not_leave(committed_database, settings):
    site, two = second_mission(), ("awa@dakar.example", "issa@dakar.example")

    def printed() -> str:
        out = StringIO()
        call_command("first_administrators", site.hostname, *two, stdout=out)
        return out.getvalue()

    assert PAGE not in printed()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tokens = re.findall(rf"http\S+{PAGE}([\w-]+)/", printed())
    assert len(tokens) == 2
    assert accept(digest_of(tokens[0]), None, timezone.now()).email == two[0]


def test_the_address_for_new_factors_is_printed_only_then_too(committed_database, settings):
    officer = User.objects.get(email="press@bamako.example")

    def printed() -> str:
        out = StringIO()
        call_command("reset_factors", officer.email, stdout=out)
        return out.getvalue()

    assert PAGE not in printed()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    (token,) = re.findall(rf"http\S+{PAGE}([\w-]+)/", printed())
    assert accept(digest_of(token), None, timezone.now()) == officer
