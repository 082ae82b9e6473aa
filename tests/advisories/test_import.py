"""The import of the Department's feed: what it keeps, what it drafts, and what it never touches."""

import gzip
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import psycopg2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.models import EditingSession
from wagtail.models import PageLogEntry

from advisories import lifecycle
from advisories.importing.importer import LOCK, Busy, import_feed
from advisories.importing.reasons import OF_THE_FEED
from advisories.models import (
    Clearance,
    CountryAdvice,
    FeedCopy,
    FeedDraft,
    FeedRefusal,
    Issue,
    Issued,
    TravelAdvisoryPage,
    Writer,
)
from advisories.vocabulary import Act, State
from embassy.approval import Refused
from embassy.models import MissionSettings
from tests.advisories.feeds import as_json, entry, rss, world
from tests.editor import posted

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 9, 12, tzinfo=UTC)
HOST = {"HTTP_HOST": "localhost"}


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


def approve(page, staff, at=AT):
    """Let the words under way out: the officer submits, the approver approves."""
    clearance = lifecycle.submit(fresh(page), staff["duty_officer"], at)
    return lifecycle.approve(fresh(page), staff["approver"], at, clearance.revision)


def fresh(page):
    """Give the page as it is stored now."""
    return TravelAdvisoryPage.objects.get(pk=page.pk)


def words(page):
    """Give the page with the words under way."""
    return fresh(page).get_latest_revision_as_object()


def everything() -> dict[str, str]:
    """Give a digest of every table, to see whether anything was written."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f"SELECT md5(string_agg(line, '' ORDER BY line)) FROM "
                f'(SELECT row::text AS line FROM "{table}" row) lines'
            )
            found[table] = cursor.fetchone()[0]
    return found


def changed_since(before: dict[str, str]) -> set[str]:
    """Give the tables that are not as they were."""
    after = everything()
    return {table for table in after if before[table] != after[table]}


def kinds(report) -> list[str]:
    """Give what became of each mission's advisory."""
    return [outcome.kind for outcome in report.outcomes]


# The draft


def test_an_item_becomes_a_draft_and_readers_see_nothing_of_it(page, take, client):
    before = client.get(page.url, **HOST).content
    report = take(entry("Mali", 3))
    assert kinds(report) == ["draft"]
    assert client.get(page.url, **HOST).content == before
    clearance = Clearance.objects.get(page=page)
    assert (clearance.state, clearance.act) == (State.DRAFT, Act.UPDATE)
    assert Issue.objects.filter(page=page).count() == 1
    assert not Writer.objects.filter(page=page).exists()


def test_a_draft_says_what_the_item_says_and_keeps_what_the_feed_does_not_have(page, take):
    letters = {indicator.code for indicator in page.indicators.all()}
    contacts = [row.contact_id for row in page.contact_rows.all()]
    take(entry("Mali", 3, more="Élan & <b>vital</b>."))
    draft = words(page)
    assert draft.level == 3
    assert draft.reviewed_on == draft.changed_on == datetime(2026, 6, 8).date()
    assert {indicator.code for indicator in draft.indicators.all()} == letters
    assert [row.contact_id for row in draft.contact_rows.all()] == contacts
    [text] = draft.texts.all()
    assert (text.language, text.posture, text.staff_rules) == ("en", "", "")
    assert text.title == "Mali - Level 3: Reconsider Travel"
    assert text.summary.startswith("<p><b><i>There was no change to the level.</i></b></p>")
    advice = [(block.value["heading"], block.value["text"].source) for block in text.advice]
    assert [heading for heading, _html in advice] == ["Crime", "If you decide to travel to Mali"]
    assert advice[0][1].startswith("<p>Crime is common. Élan &amp; <b>vital</b>.</p><ul>")
    [source] = draft.sources
    assert source.value["title"] == "Mali - Level 3: Reconsider Travel"
    assert source.value["dated"] == "June 8, 2026"
    assert source.value["address"] == "https://travel.example.gov/mali.html"


def test_no_old_summary_stays_under_a_new_level(page, take, staff):
    assert "Level 4" in page.summary_in("en")
    take(entry("Mali", 3))
    approve(page, staff)
    page = TravelAdvisoryPage.objects.get()
    assert page.level == 3
    assert (page.summary, dict(page.summaries)) == ("", {})
    assert page.summary_in("en").startswith("There was no change to the level.")


def test_the_draft_can_be_stored_again_in_the_editor_word_for_word(page, take, staff):
    take(entry("Mali", 3))
    before = words(page)
    browser = Client()
    browser.force_login(staff["duty_officer"])
    data = posted(before, staff["duty_officer"])
    response = browser.post(f"/admin/pages/{page.pk}/edit/", data, **HOST)
    assert response.status_code == 302, response.context["form"].errors
    after = words(page)
    assert after.latest_revision_id != before.latest_revision_id
    [old], [new] = before.freeze(AT), after.freeze(AT)
    assert new.content["words"] == old.content["words"]
    assert new.content["sources"] == old.content["sources"]


def test_three_issues_in_a_row_go_through_two_people_and_stay_on_record(page, take, staff, client):
    for month, level in ((1, 4), (2, 3), (3, 4)):
        at = datetime(2026, month + 1, 1, tzinfo=UTC)
        published = at - timedelta(days=1)
        item = entry("Mali", level, f"Month {month}.", published=f"{published:%a, %d %b %Y}")
        assert kinds(take(item, at=at)) == ["draft"]
        approve(page, staff, at)
    issues = Issue.objects.of(page)
    assert [issue.number for issue in issues] == [4, 3, 2, 1]
    assert all(issue.writers == [staff["duty_officer"].pk] for issue in issues[:3])
    levels = Issued.objects.filter(page=page, language="en").order_by("number")
    assert [row.content["level"] for row in levels] == [4, 4, 3, 4]
    assert list(Issued.objects.current_of(page).values_list("language", flat=True)) == ["en"]
    assert Issued.objects.filter(page=page, language="fr", number=1).exists()
    assert "Month 3." in client.get(page.url, **HOST).content.decode()
    assert "Month 2." in client.get(f"{page.url}2026-02-28/", **HOST).content.decode()


def test_a_reissue_of_the_same_words_is_a_review_and_no_change(page, take, staff):
    take(entry("Mali", 3))
    approve(page, staff)
    later = AT + timedelta(days=60)
    assert kinds(take(entry("Mali", 3, published="Mon, 03 Aug 2026"), at=later)) == ["draft"]
    draft = words(page)
    assert draft.reviewed_on == datetime(2026, 8, 3).date()
    assert draft.changed_on == datetime(2026, 6, 8).date()
    approve(page, staff, later)


def test_a_reissue_older_than_our_own_review_of_the_same_words_is_nothing_new(page, take, staff):
    take(entry("Mali", 3))
    approve(page, staff)
    lifecycle.reopen(fresh(page), staff["duty_officer"], AT, Act.UPDATE)
    draft = words(page)
    draft.indicators = []
    draft.reviewed_on = draft.changed_on = datetime(2026, 6, 20).date()
    draft.save_revision(user=staff["duty_officer"])
    approve(page, staff)
    later = AT + timedelta(days=20)
    assert kinds(take(entry("Mali", 3, published="Mon, 15 Jun 2026"), at=later)) == ["same"]
    assert kinds(take(entry("Mali", 3, published="Sat, 20 Jun 2026"), at=later)) == ["same"]
    assert kinds(take(entry("Mali", 3, published="Sun, 21 Jun 2026"), at=later)) == ["draft"]


def test_a_mission_without_an_advisory_gets_its_first_draft(dakar, take, staff, client):
    report = take(entry("Senegal", 1), entry("Mali"))
    assert kinds(report) == ["draft", "draft"]
    page = TravelAdvisoryPage.objects.child_of(dakar.root_page).get()
    assert not page.live and page.slug == "travel-advisory"
    assert [text.title for text in words(page).texts.all()] == [
        "Senegal - Level 1: Exercise Normal Precautions"
    ]
    assert client.get("/fr/travel-advisory/", HTTP_HOST="dakar.localhost").status_code == 404
    assert kinds(take(entry("Senegal", 1), entry("Mali"))) == ["same", "same"]
    newer = entry("Senegal", 2, published="Tue, 09 Jun 2026")
    assert kinds(take(newer, entry("Mali"))) == ["same", "draft"]
    assert words(page).level == 2
    assert TravelAdvisoryPage.objects.child_of(dakar.root_page).count() == 1


def test_a_country_is_found_by_its_name_where_its_code_is_another(site, page, take):
    mission = MissionSettings.objects.get(site=site)
    mission.host_state_code = "XX"
    mission.host_state["en"] = "French West Indies"
    mission.save()
    assert kinds(take(entry("French West Indies", 1), entry("Mali"))) == ["draft"]
    assert words(page).level == 1


# Two people


def test_no_account_lets_an_import_out_alone(page, take, staff):
    take(entry("Mali", 3))
    for name in ("consular", "approver"):
        user = staff[name]
        with pytest.raises(Refused):
            lifecycle.approve(fresh(page), user, AT, words(page).latest_revision_id)
    clearance = lifecycle.submit(fresh(page), staff["approver"], AT)
    with pytest.raises(Refused, match="none of it"):
        lifecycle.approve(fresh(page), staff["approver"], AT, clearance.revision)
    lifecycle.withdraw(fresh(page), staff["consular"])
    clearance = lifecycle.submit(fresh(page), staff["consular"], AT)
    for user in (staff["approver"], staff["consular"]):
        with pytest.raises(Refused, match="none of it"):
            lifecycle.approve(fresh(page), user, AT, clearance.revision)
    assert Issue.objects.filter(page=page).count() == 1


def test_an_import_stands_in_the_log_with_no_account(page, take):
    take(entry("Mali", 3))
    logged = PageLogEntry.objects.get(page=page.pk, action="advisories.feed")
    assert logged.user is None


# Twice, and what is newer


def test_the_same_item_makes_one_draft(page, take, staff):
    take(entry("Mali", 3))
    revision = words(page).latest_revision_id
    assert kinds(take(entry("Mali", 3))) == ["same"]
    assert kinds(take(entry("Mali", 3), entry("Chad"))) == ["same"]
    assert words(page).latest_revision_id == revision
    approve(page, staff)
    assert kinds(take(entry("Mali", 3))) == ["same"]
    assert FeedDraft.objects.count() == 1
    assert Clearance.objects.get(page=page).state == State.ISSUED


def test_a_draft_that_was_discarded_does_not_come_back(page, take, staff):
    take(entry("Mali", 3))
    lifecycle.discard(fresh(page), staff["duty_officer"])
    assert kinds(take(entry("Mali", 3))) == ["same"]
    assert Clearance.objects.get(page=page).state == State.ISSUED
    assert words(page).level == 4 and words(page).texts.count() == 2
    newer = entry("Mali", 2, published="Tue, 09 Jun 2026")
    assert kinds(take(newer)) == ["draft"]


def test_a_newer_item_replaces_a_draft_that_nobody_touched(page, take):
    take(entry("Mali", 3))
    assert kinds(take(entry("Mali", 2, published="Tue, 09 Jun 2026"))) == ["draft"]
    assert words(page).level == 2
    assert FeedDraft.objects.count() == 2


def test_an_item_older_than_the_issued_words_makes_no_draft(page, take):
    assert kinds(take(entry("Mali", 3, published="Thu, 08 Jan 2026"))) == ["older"]
    assert Clearance.objects.get(page=page).state == State.ISSUED
    assert kinds(take(entry("Mali", 3, published="Fri, 09 Jan 2026"))) == ["draft"]


def test_the_same_copy_again_only_moves_when_it_was_seen(page, take):
    take(entry("Mali", 3))
    before = everything()
    later = AT + timedelta(hours=1)
    report = take(entry("Mali", 3), at=later)
    assert report.same_copy
    assert changed_since(before) == {"advisories_feedcopy"}
    copy = FeedCopy.objects.get()
    assert (copy.fetched_at, copy.seen_at) == (AT, later)


# What is never touched


def under_way(page, staff):
    """Words that the officer has stored."""
    lifecycle.reopen(fresh(page), staff["duty_officer"], AT, Act.UPDATE)
    words(page).save_revision(user=staff["duty_officer"])


def only_opened(page, staff):
    """An update that somebody opened and has not written on."""
    lifecycle.reopen(fresh(page), staff["duty_officer"], AT, Act.UPDATE)


def in_review(page, staff):
    """Words that wait for an approver."""
    lifecycle.end(fresh(page), staff["duty_officer"], AT, Act.REVIEWED)


def returned(page, staff):
    """Words that an approver returned."""
    lifecycle.reopen(fresh(page), staff["duty_officer"], AT, Act.UPDATE)
    draft = words(page)
    draft.level = 3
    draft.save_revision(user=staff["duty_officer"])
    lifecycle.submit(fresh(page), staff["duty_officer"], AT)
    lifecycle.give_back(fresh(page), staff["approver"], "Why?")


@pytest.mark.parametrize("state", [under_way, only_opened, in_review, returned])
def test_a_person_s_words_are_not_touched(page, take, staff, state):
    state(page, staff)
    before = everything()
    report = take(entry("Mali", 3))
    assert kinds(report) == ["left alone"]
    assert "Nothing was touched" in report.outcomes[0].sentence
    assert changed_since(before) == {"advisories_feedcopy", "advisories_countryadvice"}


def test_an_import_that_was_edited_or_submitted_is_a_person_s(page, take, staff):
    take(entry("Mali", 3))
    words(page).save_revision(user=staff["duty_officer"])
    newer = entry("Mali", 2, published="Tue, 09 Jun 2026")
    assert kinds(take(newer)) == ["left alone"]
    lifecycle.submit(fresh(page), staff["duty_officer"], AT)
    assert kinds(take(newer)) == ["left alone"]
    lifecycle.withdraw(fresh(page), staff["duty_officer"])
    assert kinds(take(newer)) == ["left alone"]
    assert words(page).level == 3


def test_what_waited_is_drafted_once_the_words_are_issued(page, take, staff):
    under_way(page, staff)
    assert kinds(take(entry("Mali", 3))) == ["left alone"]
    lifecycle.discard(fresh(page), staff["duty_officer"])
    assert kinds(take(entry("Mali", 3))) == ["draft"]


@pytest.mark.parametrize(("minutes", "kind"), [(1, "left alone"), (3, "draft")])
def test_a_draft_open_in_an_editor_is_not_replaced(page, take, staff, minutes, kind):
    take(entry("Mali", 3))
    EditingSession.objects.create(
        user=staff["duty_officer"],
        content_type=ContentType.objects.get_for_model(page),
        object_id=page.pk,
        last_seen_at=AT - timedelta(minutes=minutes),
    )
    assert kinds(take(entry("Mali", 2, published="Tue, 09 Jun 2026"))) == [kind]


def test_a_draft_of_ours_that_was_never_issued_is_not_touched(dakar, take, staff, page):
    own = TravelAdvisoryPage(
        title="Avis", slug="avis", locale=dakar.root_page.locale, live=False, level=1
    )
    own.reviewed_on = own.changed_on = AT.date()
    dakar.root_page.add_child(instance=own)
    own.save_revision(user=staff["duty_officer"])
    assert kinds(take(entry("Senegal", 2), entry("Mali"))) == ["draft", "left alone"]
    assert words(own).level == 1


# The last good copy


def test_a_day_of_empty_bodies_blanks_nothing(page, take, client):
    good = world(Mali={"level": 3})
    take(*good)
    before = everything()
    empty = [item | {"body": ""} for item in good]
    report = take(*empty, at=AT + timedelta(hours=1))
    assert report.refused.reason == "blank"
    assert changed_since(before) == {"advisories_feedrefusal"}
    assert all(row.body for row in CountryAdvice.objects.all())


def test_an_empty_item_among_good_ones_keeps_what_is_held(page, take):
    take(*world(Mali={"level": 3}))
    report = take(*world(Mali={"body": "", "published": "Tue, 09 Jun 2026"}, Chad={"level": 3}))
    assert report.refused is None and report.changed == 1
    held = CountryAdvice.objects.get(code="ML")
    assert held.level == 3 and "Crime is common" in held.body
    assert held.copy != FeedCopy.objects.latest_good()
    assert kinds(report) == ["not in the feed"]


def test_a_country_that_is_gone_keeps_its_row_and_staff_are_told(page, take, staff):
    take(*world(Mali={"level": 3}))
    lifecycle.discard(fresh(page), staff["duty_officer"])
    later = AT + timedelta(hours=1)
    report = take(*world()[1:], at=later)
    assert report.missing == ["Mali"] and kinds(report) == ["not in the feed"]
    assert CountryAdvice.objects.get(code="ML").level == 3
    browser = Client()
    browser.force_login(staff["duty_officer"])
    shown = browser.get("/admin/warnings/", **HOST).content.decode()
    assert "Mali - Level 3: Reconsider Travel" in shown
    assert "No longer taken from the feed since June 9, 2026" in shown
    assert "with 39 countries" in shown


def test_refused_attempts_are_counted_until_a_good_one_comes(page, take):
    for hour in range(3):
        take(raw=b"<rss/>", at=AT + timedelta(hours=hour))
    take(raw=b"{", at=AT + timedelta(hours=3))
    take(raw=b"<rss/>", at=AT + timedelta(hours=4))
    rows = FeedRefusal.objects.order_by("pk").values_list("reason", "times")
    assert list(rows) == [("no_items", 3), ("malformed", 1), ("no_items", 1)]
    assert FeedRefusal.objects.after(None).reason == "no_items"
    take(entry("Mali", 3), at=AT + timedelta(hours=5))
    assert FeedRefusal.objects.after(FeedCopy.objects.latest_good()) is None
    take(raw=b"<rss/>", at=AT + timedelta(hours=6))
    last = FeedRefusal.objects.after(FeedCopy.objects.latest_good())
    assert (last.reason, last.times) == ("no_items", 1)


def test_a_mass_change_is_taken_when_a_person_accepts_it(page, take):
    take(*world())
    changed = {name: {"level": 3} for name in ("Mali", "Chad", "Chile", "Cuba", "Egypt")}
    assert take(*world(**changed)).refused.reason == "levels"
    assert CountryAdvice.objects.filter(level=3).count() == 0
    assert take(*world(**changed), accept_change=True).refused is None
    assert CountryAdvice.objects.filter(level=3).count() == 5


def test_json_makes_the_same_draft(page, take):
    take(raw=as_json(entry("Mali", 3)))
    assert words(page).level == 3
    assert kinds(take(entry("Mali", 3))) == ["same"]


def test_a_hostile_text_reaches_no_reader_of_the_desk(page, take, staff):
    body = (
        "<p onclick='alert(1)'>Stay <a href='javascript:alert(2)'>home</a>.</p>"
        "<h2>Crime</h2><p>\u202eYes<img src=x onerror=alert(3)></p><p>لا تسافر</p>"
    )
    take(entry("Mali", 3, body=body))
    browser = Client()
    browser.force_login(staff["duty_officer"])
    shown = browser.get(f"/admin/warnings/{page.pk}/", **HOST).content.decode()
    assert "لا تسافر" in shown and "Stay home." in shown
    for bad in ("alert(", "onerror", "onclick", "javascript:alert", "\u202e"):
        assert bad not in shown


# The command


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
    finally:
        other.close()
    assert kinds(take(entry("Mali", 3))) == ["draft"]


# A server


class Answers(BaseHTTPRequestHandler):
    """Answers by the path it is asked for."""

    raw = rss(entry("Mali", 3))
    hold = threading.Event()

    def do_GET(self):
        """Answer as the path says."""
        getattr(self, self.path.strip("/").partition("?")[0])()

    def answer(self, status=200, body=b"", length=None, **headers):
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def good(self):
        self.answer(body=self.raw)

    def error(self):
        self.answer(500, self.raw)

    def not_found(self):
        self.answer(404, b"<rss/>")

    def no_content(self):
        self.answer(204)

    def moved(self):
        self.answer(302, b"", Location="/good?key=secret")

    def empty(self):
        self.answer(body=b" \n")

    def truncated(self):
        self.answer(body=self.raw[:200], length=len(self.raw))

    def page(self):
        self.answer(body=b"<html><p>Come back later</p></html>")

    def huge(self):
        self.answer(body=self.raw * 5)

    def packed(self):
        self.answer(body=gzip.compress(self.raw), **{"Content-Encoding": "gzip"})

    def chunked(self, end=b"0\r\n\r\n"):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(self.raw), self.raw) + end)

    def chunk_missing(self):
        self.chunked(end=b"")

    def silent(self):
        self.hold.wait(20)

    def pauses(self):
        self.answer(body=self.raw[:200], length=len(self.raw))
        self.wfile.flush()
        self.hold.wait(20)

    def drips(self):
        self.answer(body=b"<rss>", length=10_000)
        while not self.hold.wait(0.1):
            self.wfile.write(b" ")
            self.wfile.flush()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    """A server on this machine; gives its address."""
    monkeypatch.setenv("NO_PROXY", "*")
    Answers.hold.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        Answers.hold.set()
        running.shutdown()


def from_server(address: str):
    """Import from an address."""
    return import_feed(address, AT, lambda line: None)


@pytest.mark.parametrize("path", ["good", "chunked"])
def test_an_address_is_imported_and_named_without_its_keys(page, server, path):
    report = from_server(f"{server}/{path}?key=secret#x")
    assert report.refused is None and kinds(report) == ["draft"]
    assert FeedCopy.objects.get().source == f"{server}/{path}"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("error", "status"),
        ("not_found", "status"),
        ("no_content", "status"),
        ("moved", "moved"),
        ("empty", "nothing"),
        ("truncated", "broken_off"),
        ("page", "neither"),
        ("huge", "large"),
        ("packed", "neither"),
        ("chunk_missing", "broken_off"),
        ("silent", "silent"),
        ("pauses", "silent"),
        ("drips", "silent"),
    ],
)
def test_an_answer_that_is_not_a_whole_feed_changes_nothing(page, server, settings, path, reason):
    limits = {"seconds": 1, "bytes": len(Answers.raw) * 4}
    settings.ADVISORY_FEED = {**settings.ADVISORY_FEED, **limits}
    before = everything()
    report = from_server(f"{server}/{path}")
    assert report.refused.reason == reason
    assert "secret" not in str(report.refused)
    assert changed_since(before) == {"advisories_feedrefusal"}


@pytest.mark.parametrize(
    "address",
    [
        *("http://travel.example.gov/feed.xml", "ftp://travel.example.gov/", "https://", "://x"),
        *("file:///etc/hostname", "https://[", "http://localhost.example.org/"),
    ],
)
def test_only_secure_addresses_are_asked(page, address):
    assert from_server(address).refused.reason == "address"


def test_a_server_that_is_not_there_is_said_to_be_so(page, server, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as gone:
        port = gone.server_port
    assert from_server(f"http://127.0.0.1:{port}/good").refused.reason == "unreachable"


# What staff see


def desk_of(page, staff) -> str:
    """Give the desk of the advisory as the officer sees it."""
    browser = Client()
    browser.force_login(staff["duty_officer"])
    return browser.get(f"/admin/warnings/{page.pk}/", **HOST).content.decode()


def overview(staff) -> str:
    """Give the overview of warnings as the officer sees it."""
    browser = Client()
    browser.force_login(staff["duty_officer"])
    return browser.get("/admin/warnings/", **HOST).content.decode()


def test_the_desk_says_where_a_draft_came_from(page, take, staff):
    assert "This draft came from" not in desk_of(page, staff)
    take(entry("Mali", 3))
    shown = desk_of(page, staff)
    assert "This draft came from the Department’s feed" in shown
    assert 'href="https://travel.example.gov/mali.html"' in shown
    assert "June 8, 2026" in shown and "The feed has no risk indicators" in shown
    assert "old text under new advice: French" in shown
    assert "Title and text disagree" not in shown
    approve(page, staff)
    assert "This draft came from" not in desk_of(page, staff)
    lifecycle.reopen(fresh(page), staff["duty_officer"], AT, Act.UPDATE)
    assert "This draft came from" not in desk_of(page, staff)


def test_the_desk_says_when_title_and_text_disagree(page, take, staff):
    body = "<p>Exercise increased caution in Mali.</p><h2>Crime</h2><p>x</p>"
    take(entry("Mali", 3, body=body))
    shown = desk_of(page, staff)
    assert "the text says “Exercise Increased Caution” of the country" in shown


def test_the_desk_says_that_the_feed_has_something_newer(page, take, staff):
    under_way(page, staff)
    assert "something newer" not in desk_of(page, staff)
    take(entry("Mali", 3))
    shown = desk_of(page, staff)
    assert "The Department’s feed has something newer" in shown
    assert "This draft came from" not in shown
    lifecycle.discard(fresh(page), staff["duty_officer"])
    assert "something newer" not in desk_of(page, staff)


def test_the_overview_shows_the_age_of_the_copy(page, take, staff):
    assert "There is no copy of it yet." in overview(staff)
    now = timezone.now()
    take(*world(Mali={"level": 3}), at=now - timedelta(hours=23))
    shown = overview(staff)
    assert "23\xa0hours" in shown and "from feed.xml" in shown
    assert "This copy is old" not in shown and "was refused" not in shown
    FeedCopy.objects.update(seen_at=now - timedelta(hours=24, minutes=1))
    assert "This copy is old" in overview(staff)


def test_the_overview_shows_what_was_refused(page, take, staff):
    now = timezone.now()
    take(*world(Chad={"body": ""}), at=now - timedelta(hours=3))
    shown = overview(staff)
    assert "1 item of it was refused" in shown and "It has no text." in shown
    for hours in (2, 1):
        take(raw=b"<rss/>", at=now - timedelta(hours=hours))
    shown = overview(staff)
    assert "was refused, and nothing was changed. It has no items." in shown
    assert "It was refused 2 times since" in shown
    take(*world(), at=now)
    assert "nothing was changed" not in overview(staff)


def test_every_reason_has_its_sentence_in_french(compiled):
    english = {reason: str(sentence) for reason, sentence in OF_THE_FEED.items()}
    with override("fr"):
        assert all(str(OF_THE_FEED[reason]) != text for reason, text in english.items())
