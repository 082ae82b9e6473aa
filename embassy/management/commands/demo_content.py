"""Fills the demo mission from its sources. Safe to run any number of times.

What it made once it never makes again: what staff changed, renamed or deleted is left as it is, and
what rests on something deleted is left out with a sentence.

Each app tells its own part in `demo.py`; parts run in the order of their number.
"""

import argparse

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules

from embassy import demo
from embassy.demo.records import Run, is_older_than_records, missing, running
from embassy.demo.registry import Part


class Command(BaseCommand):
    """Makes the demo site of the U.S. Embassy in Bamako."""

    help = "Make the demo site of the U.S. Embassy in Bamako. Safe to run twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Ask whether to leave out what is of today."""
        parser.add_argument(
            "--timeless", action="store_true", help="leave out what depends on today's date"
        )

    def handle(self, *args, timeless: bool, **options) -> None:
        """Run every app's part: all of them, or none when one fails."""
        autodiscover_modules("demo")
        with transaction.atomic():
            one_at_a_time()
            run = Run(takes_as_it_stands=is_older_than_records())
            with running(run):
                self.run_parts(demo.parts(of_today=not timeless))
                sentences = [*missing(), *run.left_out]
        for sentence in sentences:
            self.stdout.write(sentence)
        self.stdout.write("The demo site is complete.")

    def run_parts(self, parts: list[tuple[str, Part]]) -> None:
        """Run the parts and say what each made."""
        for number, (name, part) in enumerate(parts, start=1):
            self.stdout.write(f"[{number}/{len(parts)}] {name}: {part()} made")


def one_at_a_time() -> None:
    """Let a second run wait for the end of the first, which it then finds everything of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo_content'))")
