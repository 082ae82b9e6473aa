"""An update begun before the end of its alert is not issued after it; its words are kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertPage, Clearance, Issue, Issued
from advisories.vocabulary import Act, State
from embassy.approval import Refused
from tests.advisories.factories import alert

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
OVER = "This alert is over. Write a new alert on the same incident."


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)  # a revision keeps milliseconds only


@pytest.fixture
def page(site, staff, now) -> AlertPage:
    """An alert of one hour, whose update was begun in time and asks for a later end."""
    return begun(alert(now - HOUR, now + HOUR), staff, now)


def begun(page, staff, now) -> AlertPage:
    """Begin an update and write it."""
    lifecycle.reopen(page, staff["consular"], now, Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words.expires = now + 5 * HOUR
    words.save_revision(user=staff["consular"])
    return AlertPage.objects.get(pk=page.pk)


def assert_kept(page, state: State, now):
    """Nothing was issued, and the words under way are still there."""
    assert Clearance.objects.get(page=page).state == state
    assert Issue.objects.of(page).count() == 1
    assert not Issued.objects.current_of(page).in_force(now + HOUR).exists()
    assert page.get_latest_revision_as_object().expires == now + 5 * HOUR


def test_it_is_not_submitted_after_the_end(page, staff, now):
    with pytest.raises(Refused, match=OVER):
        lifecycle.submit(page, staff["consular"], now + HOUR)
    assert_kept(page, State.DRAFT, now)
    lifecycle.submit(page, staff["consular"], now + HOUR - SECOND)


def test_it_is_not_approved_after_the_end(page, staff, now):
    seen = lifecycle.submit(page, staff["consular"], now).revision
    with pytest.raises(Refused, match=OVER):
        lifecycle.approve(page, staff["approver"], now + HOUR, seen)
    assert_kept(page, State.REVIEW, now)
    lifecycle.approve(page, staff["approver"], now + HOUR - SECOND, seen)
    assert Issue.objects.of(page).count() == 2


@pytest.mark.parametrize("submitted", [False, True])
def test_it_is_not_issued_alone_after_the_end(page, staff, now, submitted):
    if submitted:
        lifecycle.submit(page, staff["consular"], now)
    with pytest.raises(Refused, match=OVER):
        lifecycle.break_glass(page, staff["break_glass"], now + HOUR, "Nobody answers.")
    assert_kept(page, State.REVIEW if submitted else State.DRAFT, now)
    lifecycle.break_glass(page, staff["break_glass"], now + HOUR - SECOND, "Nobody answers.")
    assert Issue.objects.of(page).count() == 2


def test_what_is_over_can_still_be_given_back_and_discarded(page, staff, now):
    lifecycle.submit(page, staff["consular"], now)
    lifecycle.give_back(page, staff["approver"], "It is over.")
    lifecycle.discard(page, staff["consular"])
    assert Clearance.objects.get(page=page).state == State.ISSUED


def test_records_of_the_past_may_be_put_right(site, staff, now):
    page = AlertPage.objects.get(is_historic=True)
    lifecycle.reopen(page, staff["consular"], now, Act.WORDING)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    texts = list(words.texts.all())
    texts[0].event += "\nMore."
    words.texts = texts
    words.save_revision(user=staff["consular"])
    seen = lifecycle.submit(AlertPage.objects.get(pk=page.pk), staff["consular"], now).revision
    lifecycle.approve(page, staff["approver"], now, seen)
    assert Issue.objects.of(page).first().number == 2
