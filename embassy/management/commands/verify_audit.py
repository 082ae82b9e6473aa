"""Says whether the audit is as it was written. Changes nothing but closes what seals are open.

Ends with 1 and names each fault: an entry changed, missing, or put in around the database's own
trigger. The last line is the latest seal: keep it elsewhere, and name it the next time with
`--seal NUMBER:SHA256`; then the audit was neither cut off nor written anew before it. Safe to run
at any time.
"""

from django.core.management.base import BaseCommand, CommandError

from embassy.auditing import audit, audit_chain

EVERY = 100_000


class Command(BaseCommand):
    """Checks the chain of seals."""

    help = "Say whether the audit is as it was written; ends with 1 when it is not."

    def add_arguments(self, parser) -> None:
        """Take a seal that was kept."""
        parser.add_argument("--seal", help="a seal kept from before, NUMBER:SHA256")

    def handle(self, *args, seal: str | None, **options) -> None:
        """Go through the chain."""
        audit.seal()
        checked, wrong, latest, kept = 0, [], None, seal
        for found, fault in audit_chain.faults():
            checked += 1
            latest = found or latest
            kept = None if str(found) == kept else kept
            if fault:
                wrong.append(fault)
                self.stderr.write(fault)
            if checked % EVERY == 0:
                self.stdout.write(f"{checked} entries looked at")
        if kept:
            wrong.append(f"The seal {kept} is not in the chain.")
            self.stderr.write(wrong[-1])
        if wrong:
            raise CommandError(f"{checked} entries, {len(wrong)} faults: the audit was changed.")
        self.stdout.write(f"{checked} entries, each as it was written. The latest seal:")
        self.stdout.write(str(latest or "none"))
