"""What an import never touches: a person’s words, and what is held of each country."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.admin.models import EditingSession

from advisories import lifecycle
from advisories.models import (
    CountryAdvice,
    FeedCopy,
    FeedRefusal,
    TravelAdvisoryPage,
)
from advisories.vocabulary import Act
from embassy.fields import Texts
from tests.advisories.importing.feeds import as_json, entry, world
from tests.advisories.importing.steps import (
    AT,
    HOST,
    changed_since,
    everything,
    fresh,
    kinds,
    under_way,
    words,
)

pytestmark = pytest.mark.django_db


# What is never touched


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
    draft.level, draft.summary, draft.summaries = 3, "", Texts()
    draft.save_revision(user=staff["duty_officer"])
    lifecycle.submit(fresh(page), staff["duty_officer"], AT)
    lifecycle.give_back(fresh(page), staff["approver"], "Why?", AT)


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
