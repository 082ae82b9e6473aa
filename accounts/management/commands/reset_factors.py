"""Takes factors and password of an account away, for somebody who has lost all of them.

All sessions of the account end, and only the letter that it is sent opens it, once and for a week.
Safe to run twice: the last letter is the good one. A letter that cannot be mailed is printed as an
address instead; pass it on by a safe way. First make sure, in person or by a call to a known
number, who is asking.
"""

import argparse

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.factors import reset_by
from accounts.invitation_mail import address_of
from embassy.approval import Refused
from embassy.models import User

REASON = "Command on the server"


class Command(BaseCommand):
    """Takes the factors away."""

    help = "Take the second factors of an account away; its owner sets up new ones."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the account's address."""
        parser.add_argument("email", help="the mail address of the account")

    def handle(self, *args, email: str, **options) -> None:
        """Reset them and say what came of it."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        try:
            letter, token = reset_by(None, user, REASON, timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Factors and password of {user.email} taken away, all sessions ended.")
        letter.refresh_from_db()
        if letter.mail_failed:
            address = address_of(letter, token)
            self.stdout.write(f"The mail did not leave. Pass this on: {address}")
