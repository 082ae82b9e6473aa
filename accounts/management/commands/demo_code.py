"""Prints the code that a demo account's authenticator app would show now."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.codes import code_at
from accounts.demo import secret_of


class Command(BaseCommand):
    """Says the code of this moment."""

    help = "Print the code that the authenticator app of a demo account would show now."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the account's address."""
        parser.add_argument("email", help="the mail address of a demo account")

    def handle(self, *args, email: str, **options) -> None:
        """Print six digits, good once and for half a minute."""
        secret = secret_of(email.strip().lower()) if settings.DEMO_ACCOUNTS else ""
        if not secret:
            raise CommandError(f"{email} is no demo account with an authenticator app.")
        self.stdout.write(code_at(secret, timezone.now()))
