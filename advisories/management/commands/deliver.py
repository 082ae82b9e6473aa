"""Sends what the outbox owes: webhooks, mail, and whatever other channels there are.

Safe to run several at once and to end in any way: each message is leased to one worker, and what a
worker took and never finished is sent by another after two minutes. What has arrived is never sent
again. SIGTERM and Ctrl-C let what is under way finish, within seconds.
"""

import argparse
import signal

from django.core.management.base import BaseCommand

from advisories.worker import Worker, in_words


class Command(BaseCommand):
    """Empty the outbox, for ever or once."""

    help = "Send what the outbox owes, looking for more each second. Several may run at once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Ask whether to go on."""
        parser.add_argument("--once", action="store_true", help="end when nothing is due any more")

    def handle(self, *args, once: bool, **options) -> None:
        """Work, and say at the end how much it was."""
        worker = Worker(self.tell)
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, lambda *_: worker.stop())
        if not once:
            self.tell("The outbox is open.")
        counts = worker.run(once)
        self.tell(f"In all: {in_words(counts)}.")

    def tell(self, line: str) -> None:
        """Write a line at once, also into a pipe."""
        self.stdout.write(f"deliver: {line}")
        self.stdout.flush()
