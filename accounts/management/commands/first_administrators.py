"""Invites the first two administrators of a mission by mail; they invite everybody else.

manage.py first_administrators bamako.example awa@bamako.example issa@bamako.example

Two different people, or none. Safe to run again: who has accepted is left alone, who has not gets
another letter and the one before is worthless; somebody an earlier run named in error is let go.
Refused where the mission has other administrators. A letter that cannot be mailed is printed as an
address instead, since whoever runs this holds the server anyway: pass it on by a safe way.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from accounts import first
from accounts.invitation_mail import address_of
from embassy.approval import Refused


class Command(BaseCommand):
    """Invites two administrators."""

    help = "Invite the first two administrators of a mission. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Take the mission's host and two addresses."""
        parser.add_argument("host", help="the mission's host name, like bamako.example")
        parser.add_argument("mails", nargs=2, help="the mail addresses of two people")

    def handle(self, *args, host: str, mails: list[str], **options) -> None:
        """Invite them and say what came of it."""
        site = Site.objects.filter(hostname=host.lower()).first()
        if site is None:
            raise CommandError(f"There is no mission at {host}. Make it with create_mission.")
        try:
            appointed = first.appoint(site, mails, timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        for one in appointed:
            self.stdout.write(said(one))


def said(one: first.Appointed) -> str:
    """Say what came of one address."""
    if one.letter is None:
        return f"{one.account.email} is an administrator."
    one.letter.refresh_from_db()
    if one.letter.mail_failed:
        address = address_of(one.letter, one.token)
        return f"{one.account.email} is invited; the mail did not leave. Pass this on: {address}"
    return f"{one.account.email} is invited by mail."
