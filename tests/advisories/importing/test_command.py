"""The command that imports: what it says, and how it ends."""

from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from advisories.importing.importer import LOCK, Busy
from advisories.models import (
    Clearance,
    CountryAdvice,
    FeedDraft,
    TravelAdvisoryPage,
)
from advisories.vocabulary import State
from tests.advisories.importing.feeds import entry, rss, world
from tests.advisories.importing.steps import changed_since, everything, kinds

pytestmark = pytest.mark.django_db


def test_the_command_says_what_it_did(page, command):
    items = [*world(Mali={"level": 3}), entry("Chad", 2), entry(title="Worldwide Caution")]
    said = command(*items)
    for line in (
        "Reading feed.xml …",
        "items: 42, countries taken: 40, repeated word for word: 1, refused: 1",
        "refused as title: 1. Its title is not “Country - Level N: Name of that level”.",
        "Worldwide Caution",
        "a new copy: 40 countries new, 0 changed, 0 no longer named",
        "A draft of an update, Level 3, dated 2026-06-08.",
        "missions: 1 (1 draft)",
    ):
        assert line in said


def test_a_dry_run_says_the_same_and_writes_nothing(page, command):
    items = world(Mali={"level": 3})
    before = everything()
    said = command(*items, dry_run=True)
    assert changed_since(before) == set()
    assert "Dry run: nothing was written." in said
    assert said.replace("Dry run: nothing was written.\n", "") == command(*items)
    before = everything()
    with pytest.raises(CommandError):
        command(raw=b"<rss/>", dry_run=True)
    assert changed_since(before) == set()


def test_a_refused_feed_ends_with_status_1_and_a_sentence(page, command):
    with pytest.raises(CommandError, match="40 of 40 items have no text") as e:
        command(*[item | {"body": ""} for item in world()])
    assert e.value.returncode == 1
    assert "refused as empty: 40. It has no text." in command.printed
    command(*world())
    with pytest.raises(CommandError, match="If that is right, run it again with --accept-change"):
        command(*world()[10:])


def test_a_draft_that_cannot_be_stored_stops_no_other(dakar, page, command):
    TravelAdvisoryPage.objects.filter(pk=page.pk).update(title="")
    with pytest.raises(CommandError, match="Not every draft") as error:
        command(entry("Mali", 3), entry("Senegal", 1))
    assert error.value.returncode == 1
    assert "missions: 2 (1 draft, 1 failed)" in command.printed
    assert Clearance.objects.get(page=page).state == State.ISSUED
    assert FeedDraft.objects.get().title.startswith("Senegal")
    assert CountryAdvice.objects.get(code="ML").level == 3


def test_a_file_that_is_not_there_is_refused(page, tmp_path):
    for source in (str(tmp_path / "none.xml"), str(tmp_path), "x\0y"):
        with pytest.raises(CommandError, match="no such file"):
            call_command("import_advisories", source, stdout=StringIO())


def test_a_feed_that_is_too_large_is_refused(page, take, settings):
    raw = rss(entry("Mali", 3))
    settings.ADVISORY_FEED = {**settings.ADVISORY_FEED, "bytes": len(raw) - 1}
    assert take(raw=raw).refused.reason == "large"
    settings.ADVISORY_FEED = {**settings.ADVISORY_FEED, "bytes": len(raw)}
    assert take(raw=raw).refused is None


def test_of_two_at_once_the_second_says_so_and_does_nothing(page, take, command):
    other = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    try:
        other.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        before = everything()
        with pytest.raises(Busy):
            take(entry("Mali", 3))
        with pytest.raises(CommandError, match="Another import is running") as error:
            command(entry("Mali", 3))
        assert error.value.returncode == 3
        assert changed_since(before) == set()
        other.rollback()  # frees the lock before it returns, which closing does not wait for
    finally:
        other.close()
    assert kinds(take(entry("Mali", 3))) == ["draft"]
