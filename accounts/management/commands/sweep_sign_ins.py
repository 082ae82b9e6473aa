"""Erases what sign-in no longer needs: failures of more than a day ago, and sessions that are over.

Safe to run at any time and twice at once. Each sign-in erases old failures by itself; this is for
the days on which nobody signs in.
"""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import SignInFailure


class Command(BaseCommand):
    """Erases old failures and sessions."""

    help = "Erase failed sign-ins of more than a day ago, and sessions that are over."

    def handle(self, *args, **options) -> None:
        """Erase them and say how many failures there were."""
        count, _by_model = SignInFailure.objects.outdated(timezone.now()).delete()
        call_command("clearsessions")
        self.stdout.write(f"{count} failed sign-ins erased; sessions that are over are gone.")
