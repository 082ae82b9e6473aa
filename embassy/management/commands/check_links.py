"""Checks the links of published pages; staff read what leads nowhere in Reports, Broken links.

manage.py check_links [--site HOST] [--external] [--dry-run]

What it guarantees:
- It reads pages and changes none. It writes only the list of problems, and is safe to run again.
- A problem that is mended goes at the next check; one that stays keeps the day it was first seen.
- Without --external no other server is asked, and what is known of them stays as it is.
- With it, each address is asked for once, each host at most once a second, with a limit of time,
  and none in a private network (settings.LINK_CHECK). Only the heads of answers are read.
- It can be stopped at any time: what was checked is written, page by page. A second check at the
  same time ends with status 3.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from embassy.links.link_check import Busy, Check, alone
from embassy.links.link_requests import Asker


class Command(BaseCommand):
    """Checks links and says how far it is."""

    help = "Check the links of published pages. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Ask which mission, and how far to go."""
        parser.add_argument("--site", metavar="HOST", help="only the mission at this host name")
        parser.add_argument("--external", action="store_true", help="ask other servers too")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args, **options) -> None:
        """Check each mission, and print the counts."""
        sites = Site.objects.select_related("root_page").order_by("pk")
        if options["site"]:
            sites = sites.filter(hostname=options["site"])
            if not sites:
                raise CommandError(f"No mission answers at {options['site']}.")
        asker = Asker() if options["external"] else None
        try:
            with alone():
                for site in sites:
                    self.look_at(site, asker, options["dry_run"])
        except Busy:
            sentence = "Another check is running. Nothing was done."
            raise CommandError(sentence, returncode=3) from None
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")

    def look_at(self, site: Site, asker: Asker | None, dry_run: bool) -> None:
        """Check one mission."""
        counts = Check(site, timezone.now(), asker, dry_run).run(self.stdout.write)
        self.stdout.write(
            f"{site.hostname}: {counts['pages']} pages, {counts['links']} links, "
            f"{counts['broken']} broken ({counts['new']} new), {counts['mended']} mended"
        )
