"""Erases the words readers wrote of pages a year ago, and what slows down a flood of forms.

manage.py erase_remarks [--dry-run]

What it guarantees:
- How many found a page useful stays; the words of why go after the days of settings.REMARKS.
- Keys of who sent a form in the last hour stay, since they still count; those of before go, and
  with the salt of their day whatever led back to them.
- Safe to run at any time and twice at once. --dry-run counts and erases nothing.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from embassy.readers import flood, remark_report


class Command(BaseCommand):
    """Erases old words and old keys."""

    help = "Erase words of remarks after a year, and keys of senders. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Ask whether to count only."""
        parser.add_argument("--dry-run", action="store_true", help="erase nothing")

    def handle(self, *args, dry_run: bool, **options) -> None:
        """Erase them and say how many there were."""
        at = timezone.now()
        words, senders = remark_report.erase(at, dry_run), flood.erase(at, dry_run)
        would = "would be erased" if dry_run else "erased"
        self.stdout.write(f"{words} remarks lost their words, {senders} senders: {would}.")
