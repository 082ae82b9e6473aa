"""An item that only looks different makes no draft; one that says something else does."""

from datetime import datetime, timedelta

import pytest

from advisories.models import (
    Clearance,
    FeedDraft,
)
from advisories.vocabulary import State
from tests.advisories.importing.feeds import BODY, entry
from tests.advisories.importing.steps import (
    AT,
    approve,
    changed_since,
    everything,
    kinds,
    words,
)

pytestmark = pytest.mark.django_db
LOOKS = {"body": BODY.format(country="MALI", more="It’s 5–10 KM.").replace("Crime is", "CRIME  is")}
OTHER_LOOKS = {"body": BODY.format(country="Mali", more="It's 5-10 km.")}


def test_capitals_spaces_and_marks_alone_make_no_draft(page, take, staff):
    take(entry("Mali", 3, **OTHER_LOOKS))
    approve(page, staff)
    FeedDraft.objects.all().delete()  # as if people had written it: the very first import
    before = everything()
    report = take(entry("Mali", 3, **LOOKS))
    assert kinds(report) == ["same"]
    assert report.outcomes[0].sentence == (
        "Nothing of substance changed: what is issued says the same."
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


def test_words_that_the_department_put_otherwise_are_a_change(page, take):
    report = take(entry("Mali", 4, published="Fri, 09 Jan 2026"))
    assert kinds(report) == ["draft"]
