"""What an import drafts, by whom it is let out, and what it makes no second draft of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from advisories import lifecycle
from advisories.models import (
    Clearance,
    FeedCopy,
    FeedDraft,
    Issue,
    Issued,
    TravelAdvisoryPage,
    Writer,
)
from advisories.vocabulary import Act, State
from embassy.approval import Refused
from embassy.models import MissionSettings
from tests.advisories.importing.feeds import entry
from tests.advisories.importing.steps import (
    AT,
    HOST,
    approve,
    changed_since,
    everything,
    fresh,
    kinds,
    words,
)
from tests.editor import posted

pytestmark = pytest.mark.django_db


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
    said = client.get("/fr/travel-advisory/", HTTP_HOST="dakar.localhost").content.decode()
    assert "Senegal" not in said and "Level 1" not in said and "Niveau 1" not in said
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
            lifecycle.approve(fresh(page), user, AT, Clearance.objects.get(page=page).reading)
    clearance = lifecycle.submit(fresh(page), staff["approver"], AT)
    with pytest.raises(Refused, match="none of it"):
        lifecycle.approve(fresh(page), staff["approver"], AT, clearance.reading)
    lifecycle.withdraw(fresh(page), staff["consular"])
    clearance = lifecycle.submit(fresh(page), staff["consular"], AT)
    for user in (staff["approver"], staff["consular"]):
        with pytest.raises(Refused, match="none of it"):
            lifecycle.approve(fresh(page), user, AT, clearance.reading)
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
