"""What staff see of the feed on the desk and the overview."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from advisories import lifecycle
from advisories.importing.reasons import OF_THE_FEED
from advisories.models import Clearance, FeedCopy
from advisories.vocabulary import Act
from tests.advisories.importing.feeds import entry, world
from tests.advisories.importing.steps import AT, HOST, approve, fresh, under_way

pytestmark = pytest.mark.django_db


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


def test_the_desk_says_how_the_feed_differs_from_what_is_published(page, take, staff):
    own = "other words for the issue that is published"
    elsewhere = "differs from the Department’s words of the same day"
    assert own not in desk_of(page, staff) and elsewhere not in overview(staff)
    take(entry("Mali", 4, published="Fri, 09 Jan 2026"))
    shown = desk_of(page, staff)
    assert own in shown and "It differs from what is published" in shown
    assert "Sections with new words: Summary," in shown
    assert "<ins>There was no change to the level.</ins>" in shown
    assert "This draft came from" not in shown
    assert elsewhere in overview(staff)
    lifecycle.end(fresh(page), staff["duty_officer"], AT, Act.REVIEWED)
    waiting = Clearance.objects.get(page=page)
    lifecycle.approve(fresh(page), staff["approver"], AT, waiting.reading)
    assert own not in desk_of(page, staff) and elsewhere not in overview(staff)


def test_the_desk_says_how_a_draft_differs_from_what_is_published(page, take, staff):
    take(entry("Mali", 3))
    shown = desk_of(page, staff)
    assert "Lowered from Level 4 (Do Not Travel) to Level 3 (Reconsider Travel)." in shown
    assert "<ins>Crime is common.</ins>" in shown
