"""Prints the kinds of alert and the risk indicators of all missions, or takes them from a file.

Without a file they are printed as JSON. With one, what would be different is shown first, and
stored when it is confirmed: all of it or nothing. Safe to repeat; nothing is ever deleted. Alerts
that were issued keep the words they were issued with.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advisories import reference_data


class Command(BaseCommand):
    """Prints or takes reference data."""

    help = "Print the kinds of alert and risk indicators, or take them from a JSON file."

    def add_arguments(self, parser) -> None:
        """Take a file."""
        parser.add_argument("file", nargs="?", help="a JSON file, as this command prints it")
        parser.add_argument("--yes", action="store_true", help="store without asking")

    def handle(self, *args, file: str | None, yes: bool, **options) -> None:
        """Print, or compare and store."""
        if file is None:
            whole = reference_data.whole()
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
            return
        changes = self.read(file)
        for change in changes:
            self.stdout.write(f"{change}\n")
        if not changes:
            self.stdout.write("Nothing is different.")
        elif yes or input("Store this? Write yes: ") == "yes":
            reference_data.store(changes, timezone.now())
            self.stdout.write(f"Stored: {len(changes)}.")
        else:
            self.stdout.write("Nothing was stored.")

    def read(self, file: str) -> list[reference_data.Change]:
        """Read a file and compare it with what is stored."""
        try:
            return reference_data.changes_in(json.loads(Path(file).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except ValueError as error:
            raise CommandError(f"{file} is not JSON: {error}") from error
        except reference_data.NotTaken as error:
            raise CommandError(f"Nothing was stored.\n{error}") from error
