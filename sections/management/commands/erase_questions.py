"""Erases who asked what, once the time for it is over.

manage.py erase_questions [--dry-run]

What it guarantees:
- Of a question that was answered or set aside 30 days ago, or was asked 90 days ago
  (settings.QUESTIONS), name, mail address, phone number, words and note are gone; that there was
  one, for which office, when, and what became of it stays.
- Safe to run at any time and twice at once. --dry-run counts and erases nothing.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from sections import questions


class Command(BaseCommand):
    """Erases what is personal in old questions."""

    help = "Erase names, addresses and words of old questions. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Ask whether to count only."""
        parser.add_argument("--dry-run", action="store_true", help="erase nothing")

    def handle(self, *args, dry_run: bool, **options) -> None:
        """Erase them and say how many there were."""
        counts = questions.erase(timezone.now(), dry_run)
        by_state = ", ".join(f"{state} {count}" for state, count in counts.items())
        would = "would be erased" if dry_run else "erased"
        self.stdout.write(f"{sum(counts.values())} questions {would} ({by_state}).")
