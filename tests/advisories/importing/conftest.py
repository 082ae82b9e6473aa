"""Fixtures of the tests about the import: the advisory, and ways to import a file."""

from io import StringIO

import pytest
from django.core.management import call_command

from advisories.importing.importer import import_feed
from advisories.models import TravelAdvisoryPage
from tests.advisories.importing.feeds import rss
from tests.advisories.importing.steps import AT


@pytest.fixture
def page(site):
    """The demo mission's advisory: issued, Level 4, of January 9, 2026, in two languages."""
    return TravelAdvisoryPage.objects.get()


@pytest.fixture
def take(tmp_path):
    """Import items that stand in a file, as of a moment."""

    def take(*entries, at=AT, raw=b"", **how):
        file = tmp_path / "feed.xml"
        file.write_bytes(raw or rss(*entries))
        return import_feed(str(file), at, lambda line: None, **how)

    return take


@pytest.fixture
def command(tmp_path):
    """Run the command on items in a file; give what it printed."""

    def run(*entries, raw=b"", **options):
        file = tmp_path / "feed.xml"
        file.write_bytes(raw or rss(*entries))
        out = StringIO()
        try:
            call_command("import_advisories", str(file), stdout=out, **options)
        finally:
            run.printed = out.getvalue()
        return run.printed

    return run
