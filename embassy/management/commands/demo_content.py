"""Fills the demo mission from its sources. Safe to run twice: what exists is left as it is.

Each app tells its own part in `demo.py`; parts run in the order of their number.
"""

import argparse

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from embassy import demo


class Command(BaseCommand):
    """Makes the demo site of the U.S. Embassy in Bamako."""

    help = "Make the demo site of the U.S. Embassy in Bamako. Safe to run twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Ask whether to leave out what is of today."""
        parser.add_argument(
            "--timeless", action="store_true", help="leave out what depends on today's date"
        )

    def handle(self, *args, timeless: bool, **options) -> None:
        """Run every app's part, each in a transaction of its own."""
        autodiscover_modules("demo")
        parts = demo.parts(of_today=not timeless)
        for number, (name, part) in enumerate(parts, start=1):
            with transaction.atomic():
                made = part()
            self.stdout.write(f"[{number}/{len(parts)}] {name}: {made} made")
        self.stdout.write("The demo site is complete.")
