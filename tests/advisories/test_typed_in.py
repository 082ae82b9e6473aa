"""Numbers to call stand in a warning as contact points: a typed one is named and refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisories import lifecycle
from advisories.importing.importer import import_feed
from advisories.models import AlertPage, Clearance, FeedDraft, TravelAdvisoryPage
from advisories.readiness import checklist
from advisories.typed import typed_in
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.models import ContactPoint
from tests.advisories.factories import draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
TYPED = "was typed into"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def page(staff, now):
    """An alert in English that the duty officer is writing."""
    return draft(now, now + timedelta(hours=6), by=staff["duty_officer"])


def store(page, user, **said):
    """Store the first text of a warning with other words."""
    words = page.get_latest_revision_as_object()
    texts = list(words.texts.all())
    for name, value in said.items():
        setattr(texts[0], name, value)
    words.texts = texts
    words.save_revision(user=user)
    page.refresh_from_db()
    return page.get_latest_revision_as_object()


@pytest.mark.parametrize("name", ["title", "location", "event", "actions", "assistance"])
def test_a_typed_number_is_refused_in_every_block(page, staff, now, name):
    words = store(page, staff["duty_officer"], **{name: "- Call the guard at 6644-1122."})
    with pytest.raises(Refused, match=f"6644-1122 {TYPED} .*under “Whom to call”"):
        lifecycle.submit(page, staff["duty_officer"], now)
    [typed] = typed_in(words)
    assert not typed.from_feed and typed.language == "en"


def test_who_cannot_make_the_contact_point_is_told_whom_to_ask(page, staff):
    words = store(page, staff["duty_officer"], assistance="Call the guard at 6644-1122.")
    [todo] = [check.todo for check in checklist(words, AT) if TYPED in check.todo]
    makers = "Section editor, Public affairs, Consular, Approver."
    whom = f"If you do not have that menu, ask one of these roles: {makers}"
    assert todo.endswith(whom)
    browser = Client()
    browser.force_login(staff["duty_officer"])
    editor = browser.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    places = editor.partition("made under Mission facts, Places.")[2]
    assert places.strip().startswith(whom)


def test_a_number_of_the_mission_is_refused_in_one_piece_too(page, staff, now):
    store(page, staff["duty_officer"], assistance="Call 66752860 at night.")
    with pytest.raises(Refused, match=f"66752860 {TYPED} “Assistance”"):
        lifecycle.submit(page, staff["duty_officer"], now)


def test_a_retired_number_is_refused_too_and_another_mission_s_is_a_figure(
    page, staff, now, nairobi
):
    ContactPoint.objects.create(
        site=nairobi, purpose="office", label=Texts(en="Desk"), value="+254 203636000"
    )
    old = ContactPoint.objects.filter(retired=True, value__startswith="+223").first()
    digits = old.value.removeprefix("+223").replace(" ", "")
    store(page, staff["duty_officer"], assistance=f"It cost 203636000, or {digits}.")
    words = page.get_latest_revision_as_object()
    assert [one.number for one in typed_in(words)] == [digits]


def test_dates_counts_and_hours_are_no_numbers_to_call(page, staff, now):
    said = "On 10/01/2026 from 07:30, 1,234,567 people, ext. 2570, at 12.63920, -8.00290."
    store(page, staff["duty_officer"], event=said)
    assert lifecycle.submit(page, staff["duty_officer"], now).revision


def test_the_message_of_2012_types_none(site):
    for page in AlertPage.objects.all():
        assert typed_in(page) == []


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("summary", "<p>Call <b>6644-1122</b>.</p>"),
        ("staff_rules", '<p>Call <a href="tel:+22366441122">the guard</a>.</p>'),
        ("advice", [("advice", {"heading": "Crime", "text": "<p>Call +223 6644 1122</p>"})]),
        ("advice", [("advice", {"heading": "Call +223 6644 1122", "text": "<p>Soon</p>"})]),
    ],
)
def test_an_advisory_is_refused_with_one_too(site, staff, name, html):
    page = TravelAdvisoryPage.objects.get()
    lifecycle.reopen(page, staff["consular"], AT, Act.UPDATE)
    store(page, staff["consular"], **{name: html})
    with pytest.raises(Refused, match=TYPED):
        lifecycle.submit(page, staff["consular"], AT)


FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>Travel advisories</title>
<item><title>Mali - Level 4: Do Not Travel</title>
<link>https://travel.state.gov/mali.html</link><pubDate>Mon, 08 Jun 2026</pubDate>
<description><![CDATA[<p>Do not travel to Mali for any reason.</p>
<p><b>Crime</b></p>
<p>Violent crime is common. Dial +1-888-407-4747 or 2070-2300 for help.</p>]]></description>
</item></channel></rss>"""


@pytest.fixture
def from_feed(site, tmp_path):
    """The mission's advisory with the words of an item that has numbers."""
    file = tmp_path / "feed.xml"
    file.write_text(FEED, encoding="utf-8")
    report = import_feed(str(file), AT, say=lambda line: None)
    assert report.refused is None and FeedDraft.objects.count() == 1
    return TravelAdvisoryPage.objects.get()


def test_a_number_that_the_feed_typed_is_to_be_read_and_lets_the_words_through(from_feed, staff):
    checks = checklist(from_feed.get_latest_revision_as_object(), AT)
    noted = [check.what for check in checks if check.is_to_read]
    assert all(check.ok for check in checks)
    assert any("+1-888-407-4747 as the Department’s feed gave it" in note for note in noted)
    assert any("2070-2300" in note for note in noted)
    lifecycle.submit(from_feed, staff["consular"], AT)


def test_one_that_an_officer_adds_to_them_is_refused(from_feed, staff):
    store(from_feed, staff["consular"], summary="<p>Do not travel. Call 6644-1122.</p>")
    with pytest.raises(Refused, match=f"6644-1122 {TYPED}") as refused:
        lifecycle.submit(from_feed, staff["consular"], AT)
    assert "888" not in str(refused.value)


def test_an_update_of_issued_words_of_the_feed_goes_through_too(from_feed, staff):
    lifecycle.submit(from_feed, staff["consular"], AT)
    seen = Clearance.objects.get(page=from_feed).reading
    lifecycle.approve(from_feed, staff["approver"], AT, seen)
    page = TravelAdvisoryPage.objects.get()
    lifecycle.reopen(page, staff["consular"], AT, Act.UPDATE)
    store(page, staff["consular"], summary="<p>Do not travel at all.</p>")
    page = TravelAdvisoryPage.objects.get()
    assert lifecycle.submit(page, staff["consular"], AT).revision


def test_the_desk_shows_what_is_to_be_read(from_feed, staff, client):
    client.force_login(staff["consular"])
    desk = client.get(f"/admin/warnings/{from_feed.pk}/").content.decode()
    assert 'class="desk__read"' in desk and "+1-888-407-4747" in desk
