"""Prints what an account of each role can do in its mission and in another, by trying it for real.

manage.py rights_matrix [--site HOST] [--alone]

What it guarantees:
- Each cell is one try of the services that staff's screens call, on this database, by an account
  made for it. Everything is undone: one transaction, never committed; no mail, no message.
- It ends with 1, and says what, when an account did anything in a mission it does not work for, or
  alone what takes two. Break-glass does alone what its deeds name, nothing else.
- With --alone it prints, for each role, what of the public's view one stolen account changes by
  itself: the pages are fetched before and after each try and compared.
- While it runs, somebody who publishes below the same pages may have to wait. Safe to run again.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from embassy.matrix.tables import attack_lines, matrix_lines
from embassy.matrix.trials import all_trials
from embassy.models import MissionSettings


class Command(BaseCommand):
    """Tries, prints, and says whether anything is wrong."""

    help = "Print what each role can do, found out by trying it; ends with 1 when it is too much."

    def add_arguments(self, parser) -> None:
        """Ask which mission, and which table."""
        parser.add_argument("--site", metavar="HOST", help="the mission at this host name")
        parser.add_argument(
            "--alone", action="store_true", help="what the public reads that one account changes"
        )

    def handle(self, *args, site: str | None, alone: bool, **options) -> None:
        """Try everything and print the table."""
        tried = all_trials(mission(site), timezone.now(), looks=alone, say=self.stderr.write)
        for line in attack_lines(tried) if alone else matrix_lines(tried):
            self.stdout.write(line)
        faults = [entry.fault for entry in tried if entry.fault]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(tried)} tries, {len(faults)} went too far.")
        self.stdout.write(f"{len(tried)} tries, none went too far. Nothing was stored.")


def mission(host: str | None) -> Site:
    """Give the mission at a host, or else the one that answers under any other name."""
    sites = Site.objects.filter(pk__in=MissionSettings.objects.values("site"))
    sites = sites.filter(hostname=host) if host else sites.order_by("-is_default_site", "pk")
    if (found := sites.first()) is None:
        raise CommandError(f"No mission answers at {host}." if host else "There is no mission yet.")
    return found
