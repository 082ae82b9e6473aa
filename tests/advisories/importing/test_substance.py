"""An item that only looks different makes no draft; one that says something else does."""

from datetime import date, datetime, timedelta

import pytest

from advisories import lifecycle
from advisories.models import Clearance, FeedDraft, Issued
from advisories.vocabulary import State
from tests.advisories.importing.feeds import BODY, entry
from tests.advisories.importing.steps import (
    AT,
    approve,
    changed_since,
    everything,
    fresh,
    kinds,
    words,
)

pytestmark = pytest.mark.django_db
LOOKS = {"body": BODY.format(country="MALI", more="It’s 5–10 KM.").replace("Crime is", "CRIME  is")}
LATER = {"published": "Mon, 03 Aug 2026"}
OTHER_LOOKS = {"body": BODY.format(country="Mali", more="It's 5-10 km.")}


def test_capitals_spaces_and_marks_alone_make_no_draft(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    approve(page, staff)
    FeedDraft.objects.all().delete()  # as if people had written it: the very first import
    before = everything()
    report = take(entry("Mali", 3, **LOOKS))
    assert kinds(report) == ["same"]
    assert report.outcomes[0].sentence == (
        "Nothing of substance changed in what the Department says."
    )
    assert changed_since(before) == {"advisories_feedcopy", "advisories_countryadvice"}
    assert Clearance.objects.get(page=page).state == State.ISSUED


@pytest.mark.parametrize(
    ("old", "new"),
    [("5-10", "5-100"), ("common", "uncommon"), ("step.example", "other.example"), ("home", "")],
)
def test_a_digit_a_word_or_a_link_makes_one(page, take, staff, old, new):
    take(entry("Mali", 3, **OTHER_LOOKS))
    approve(page, staff)
    changed = OTHER_LOOKS["body"].replace(old, new)
    assert changed != OTHER_LOOKS["body"]
    assert kinds(take(entry("Mali", 3, body=changed))) == ["draft"]


def test_a_later_reissue_of_the_same_substance_is_a_review(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    approve(page, staff)
    later = entry("Mali", 3, published="Mon, 03 Aug 2026", **LOOKS)
    report = take(later, at=AT + timedelta(days=60))
    assert kinds(report) == ["draft"]
    assert report.outcomes[0].sentence.endswith("It is a review: nothing of substance changed.")
    assert words(page).changed_on == datetime(2026, 6, 8).date()


# What is published in words of the mission's own


OF_THE_DAY = "Fri, 09 Jan 2026"


def test_own_words_for_the_same_issue_are_told_apart_and_make_no_draft(page, take):
    before = everything()
    report = take(entry("Mali", 4, published=OF_THE_DAY))
    assert kinds(report) == ["differs"]
    [outcome] = report.outcomes
    assert outcome.sentence.startswith(
        "The item dated 2026-01-09 differs from what is published: Sections with new words: "
    )
    assert "Summary, Changes of the embassy’s posture" in outcome.sentence
    assert outcome.sentence.endswith("No draft was made.")
    assert changed_since(before) == {
        "advisories_feedcopy", "advisories_countryadvice", "advisories_feeddraft",
    }  # fmt: skip
    assert Clearance.objects.get(page=page).state == State.ISSUED
    before = everything()
    again = take(entry("Mali", 4, published=OF_THE_DAY))
    assert again.outcomes == report.outcomes
    assert changed_since(before) == set()


@pytest.mark.parametrize(
    ("level", "day", "kind"),
    [(4, "Thu, 08 Jan 2026", "older"), (4, OF_THE_DAY, "differs"),
     (4, "Sat, 10 Jan 2026", "draft"), (3, OF_THE_DAY, "draft")],
)  # fmt: skip
def test_another_day_or_level_is_no_issue_in_other_words(page, take, level, day, kind):
    assert kinds(take(entry("Mali", level, published=day))) == [kind]


def test_a_draft_says_how_it_differs_from_what_is_published(page, take):
    [outcome] = take(entry("Mali", 3)).outcomes
    assert outcome.sentence.startswith(
        "A draft of an update, Level 3, dated 2026-06-08. It differs from what is published: "
        "Lowered from Level 4 (Do Not Travel) to Level 3 (Reconsider Travel)."
    )


def test_a_review_of_own_words_keeps_them_in_all_languages(page, take, staff):
    take(entry("Mali", 4, published=OF_THE_DAY))
    published = Issued.objects.current_of(page).get(language="en")
    assert kinds(take(entry("Mali", 4, **LATER), at=AT + timedelta(days=60))) == ["draft"]
    draft = words(page)
    assert {text.language for text in draft.texts.all()} == {"en", "fr"}
    [row] = [row for row in draft.freeze(AT) if row.language == "en"]
    assert row.content["words"] == published.content["words"]
    assert (draft.reviewed_on, draft.changed_on) == (date(2026, 8, 3), date(2026, 1, 9))
    assert FeedDraft.objects.last_of(page).left_out == []
    approve(page, staff, AT + timedelta(days=60))


def test_new_words_of_the_department_make_a_draft_though_the_last_were_told_apart(page, take):
    take(entry("Mali", 4, published=OF_THE_DAY))
    report = take(entry("Mali", 4, more="Ten are missing.", published=OF_THE_DAY))
    assert kinds(report) == ["draft"]
    assert "differs from what is published" in report.outcomes[0].sentence


# What people made of the item's words


def sorted_and_shortened(page, staff):
    """Let the item's words out as people do: a section less, the rest in another order."""
    draft = words(page)
    text = draft.texts.get()
    text.summary = "<p>Stay at home.</p>"
    text.staff_rules = text.advice[0].value["text"].source
    text.advice = [("advice", text.advice[1].value)]
    draft.texts = [text]
    draft.save_revision(user=staff["duty_officer"])
    approve(page, staff)


def test_a_reissue_is_no_change_because_people_sorted_and_shortened(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    sorted_and_shortened(page, staff)
    assert kinds(take(entry("Mali", 3, **LOOKS))) == ["same"]
    assert Clearance.objects.get(page=page).state == State.ISSUED
    later = AT + timedelta(days=60)
    report = take(entry("Mali", 3, **LATER, **LOOKS), at=later)
    assert kinds(report) == ["draft"]
    assert report.outcomes[0].sentence.endswith("It is a review: nothing of substance changed.")
    draft = words(page)
    assert draft.texts.get().summary == "<p>Stay at home.</p>"
    assert (draft.reviewed_on, draft.changed_on) == (date(2026, 8, 3), date(2026, 6, 8))
    assert draft.sources[0].value["dated"] == "August 3, 2026" and len(draft.sources) == 1
    approve(page, staff, later)


def test_a_change_of_the_department_is_one_whatever_people_made_of_the_last(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    sorted_and_shortened(page, staff)
    assert kinds(take(entry("Mali", 3, **LATER), at=AT + timedelta(days=60))) == ["draft"]
    assert words(page).changed_on == date(2026, 8, 3)
    assert words(page).texts.get().summary.startswith("<p><b><i>There was no change")


def test_what_people_discarded_comes_back_as_a_statement_only(page, take, staff):
    take(entry("Mali", 3))
    lifecycle.discard(fresh(page), staff["duty_officer"])
    report = take(entry("Mali", 3, **LATER), at=AT + timedelta(days=60))
    assert kinds(report) == ["differs"]
    assert "Lowered from Level 4" in report.outcomes[0].sentence
    assert Clearance.objects.get(page=page).state == State.ISSUED
    changed = entry("Mali", 3, more="Ten are missing.", **LATER)
    assert kinds(take(changed, at=AT + timedelta(days=60))) == ["draft"]


def test_a_reissue_replaces_the_draft_that_nobody_touched(page, take):
    take(entry("Mali", 3))
    assert kinds(take(entry("Mali", 3, **LATER), at=AT + timedelta(days=60))) == ["draft"]
    assert words(page).level == 3
    assert words(page).reviewed_on == words(page).changed_on == date(2026, 8, 3)


def test_what_is_published_again_is_a_review_of_it_and_not_of_the_draft(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    approve(page, staff)
    later = AT + timedelta(days=60)
    take(entry("Mali", 2, published="Tue, 09 Jun 2026"))
    assert words(page).level == 2
    assert kinds(take(entry("Mali", 3, **LATER, **LOOKS), at=later)) == ["draft"]
    assert words(page).level == 3
    assert words(page).changed_on == date(2026, 6, 8)


def test_an_item_whose_words_were_not_kept_is_compared_with_what_is_published(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    sorted_and_shortened(page, staff)
    FeedDraft.objects.update(body="")
    assert kinds(take(entry("Mali", 3, **LATER, **LOOKS), at=AT + timedelta(days=60))) == ["draft"]
    assert words(page).changed_on == date(2026, 8, 3)
