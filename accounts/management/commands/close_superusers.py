"""Closes every account that may do everything; a public server has none.

Safe to run twice. What they did stays on record.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.offboarding import off_board
from embassy.models import User


class Command(BaseCommand):
    """Closes superusers."""

    help = "Close every account that may do everything. Safe to run twice."

    def add_arguments(self, parser) -> None:
        """Let the command only count."""
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args, dry_run: bool, **options) -> None:
        """Close them and say how many there were."""
        found = list(User.objects.filter(is_superuser=True, is_active=True).order_by("pk"))
        for user in [] if dry_run else found:
            off_board(None, user, timezone.now(), reason="close_superusers")
        done = "would be closed" if dry_run else "closed"
        self.stdout.write(f"{len(found)} superusers {done}.")
