"""Imports the State Department's travel advisories, RSS or JSON, as drafts for people to approve.

manage.py import_advisories FILE_OR_URL [--dry-run] [--accept-change]

What it guarantees:
- Readers see nothing of it: it makes drafts, and an advisory goes out by two people as ever.
- Words that somebody has under way, in review or open in the editor are not touched.
- It never guesses. The level is that of a title which is exactly "Country - Level N: Name". Items
  without text, with a date or a title that cannot be read, older than what is held, or that say
  different things of one country, are refused and counted.
- A feed in which many items are wrong, many countries are missing or many levels change at once
  (settings.ADVISORY_FEED) changes nothing, says why, and ends with status 1. --accept-change takes
  missing countries and changed levels, after a person has looked; it forgives no fault.
- The last good copy of every country stays until a better one comes. A refused attempt leaves a row
  that staff see, with nothing else written.
- A mission whose draft cannot be stored is named and stops no other; the end is status 1 then.
- All is written in one transaction, so it can be stopped at any time and run again. The same item
  makes one draft, however often it is seen. A second import at the same time ends with status 3.
- --dry-run does all of it and takes it back: what it prints is what would be done.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advisories.importing.importer import Busy, Report, import_feed
from advisories.importing.reasons import CAN_BE_ACCEPTED


class Command(BaseCommand):
    """Imports a feed and says what became of it."""

    help = "Import the State Department's travel advisories as drafts. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Ask for the source."""
        parser.add_argument("source", metavar="FILE_OR_URL")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument(
            "--accept-change",
            action="store_true",
            help="take missing countries and changed levels that would be refused as too many",
        )

    def handle(self, *args, **options) -> None:
        """Import, and print the summary."""
        try:
            report = import_feed(
                options["source"],
                timezone.now(),
                self.stdout.write,
                dry_run=options["dry_run"],
                accept_change=options["accept_change"],
            )
        except Busy:
            raise CommandError(
                "Another import is running. Nothing was done.", returncode=3
            ) from None
        self.tell_items(report)
        if report.refused:
            raise CommandError(f"The feed was refused: {self.why(report)} Nothing was changed.")
        self.tell_rest(report)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
        if any(outcome.kind == "failed" for outcome in report.outcomes):
            raise CommandError("Not every draft could be made; see above. All else is done.")

    def why(self, report: Report) -> str:
        """Say why a feed was refused, and what a person can do about it."""
        if report.refused.reason not in CAN_BE_ACCEPTED:
            return str(report.refused)
        return f"{report.refused} If that is right, run it again with --accept-change."

    def tell_items(self, report: Report) -> None:
        """Print how many items there were, and why some were refused."""
        judged = report.judged
        if judged is None:
            return
        self.stdout.write("Summary")
        self.stdout.write(
            f"  items: {judged.count}, countries taken: {len(judged.items)}, "
            f"repeated word for word: {judged.repeated}, refused: {len(judged.refusals)}"
        )
        for reason, count in judged.by_reason.most_common():
            titles = [refusal.title for refusal in judged.refusals if refusal.reason == reason]
            self.stdout.write(f"  refused as {reason}: {count}. {self.sentence(judged, reason)}")
            self.stdout.write("    " + "; ".join(titles[:5]) + ("; …" if count > 5 else ""))
        doubtful = [f"{i.title} (the text: {i.other_level})" for i in judged.items if i.other_level]
        if doubtful:
            self.stdout.write(f"  text and title disagree: {len(doubtful)}. " + "; ".join(doubtful))

    def sentence(self, judged, reason: str) -> str:
        """Word a reason as the first item has it."""
        first = next(refusal for refusal in judged.refusals if refusal.reason == reason)
        return first.sentence

    def tell_rest(self, report: Report) -> None:
        """Print what changed, and what became of the missions' advisories."""
        again = "the same copy again" if report.same_copy else "a new copy"
        self.stdout.write(
            f"  {again}: {report.new} countries new, {report.changed} changed, "
            f"{len(report.missing)} no longer named"
        )
        if report.missing:
            self.stdout.write("    " + "; ".join(report.missing))
        kinds = [outcome.kind for outcome in report.outcomes]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
        self.stdout.write(f"  missions: {len(kinds)} ({counts})")
