"""Publishes what was approved to go out at a time, and takes off what was approved to end.

Safe to run several at once and to end in any way: each page is one act of Wagtail's command
`publish_scheduled`, which this asks again and again. What fell due meanwhile is done at the start.
"""

import argparse
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

SECONDS = 20


class Command(BaseCommand):
    """Look for pages whose time has come, for ever or once."""

    help = "Publish and end pages at the times that were approved, looking every 20 seconds."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Ask whether to go on."""
        parser.add_argument("--once", action="store_true", help="end when nothing is due any more")

    def handle(self, *args, once: bool, **options) -> None:
        """Look, and look again."""
        while True:
            call_command("publish_scheduled", stdout=self.stdout)
            if once:
                return
            close_old_connections()
            time.sleep(SECONDS)
