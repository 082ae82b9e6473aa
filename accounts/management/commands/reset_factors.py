"""Takes the second factors of an account away, for somebody who has lost all of them.

Safe to run twice. All sessions of the account end, and it is told by mail. First make sure, in
person or by a call to a known number, who is asking.
"""

import argparse

from django.core.management.base import BaseCommand, CommandError

from accounts.factors import reset
from embassy.models import User


class Command(BaseCommand):
    """Takes the factors away."""

    help = "Take the second factors of an account away; its owner sets up new ones."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the account's address."""
        parser.add_argument("email", help="the mail address of the account")

    def handle(self, *args, email: str, **options) -> None:
        """Reset them and say how many there were."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        self.stdout.write(f"{reset(user)} factors taken away; all sessions of {user.email} ended.")
