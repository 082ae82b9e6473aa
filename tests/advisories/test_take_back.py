"""An end that was submitted by mistake is taken back, and nothing is hidden or silenced by it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from advisories import lifecycle
from advisories.models import AlertPage, Clearance, Issue, Issued, TravelAdvisoryPage
from advisories.vocabulary import Act, State
from embassy.approval import Refused
from embassy.fields import Texts
from tests.advisories.factories import new_issue

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
NOTE = Texts(en="The road is open again.")


@pytest.fixture
def page(staff) -> AlertPage:
    """An alert in force, whose all clear the duty officer submitted."""
    page = AlertPage.objects.get(pk=new_issue(staff).page_id)
    lifecycle.end(page, staff["duty_officer"], timezone.now(), Act.ALL_CLEAR, NOTE)
    return page


def desk(user, page) -> str:
    """Give the desk as somebody sees it."""
    client = Client()
    client.force_login(user)
    return client.get(f"/admin/warnings/{page.pk}/", **HOST).content.decode()


def press(user, page, **fields):
    """Press a button of the desk."""
    client = Client()
    client.force_login(user)
    return client.post(f"/admin/warnings/{page.pk}/step/", fields, **HOST, follow=True)


@pytest.mark.parametrize("who", ["duty_officer", "public_affairs"])
def test_a_writer_takes_it_back_and_the_alert_stays_in_force(page, staff, client, who):
    assert "Take it back" in desk(staff[who], page)
    assert "Take back and write on" not in desk(staff[who], page)
    answer = press(staff[who], page, step="take_back").content.decode()
    assert "The issued words stand." in answer and "Take it back" not in answer
    clearance = Clearance.objects.get(page=page)
    assert (clearance.state, clearance.act, dict(clearance.note)) == (State.ISSUED, Act.ISSUE, {})
    assert Issue.objects.of(page).count() == 1
    assert Issued.objects.current().get(page=page).is_in_force(timezone.now())
    assert "Roads closed" in client.get("/", **HOST).content.decode()


def test_the_log_keeps_who_ended_it_what_they_said_and_who_took_it_back(page, staff):
    lifecycle.take_back(page, staff["public_affairs"])
    ended, taken = [
        PageLogEntry.objects.get(page=page, action=f"advisories.{name}")
        for name in ("end", "take_back")
    ]
    assert (ended.user, taken.user) == (staff["duty_officer"], staff["public_affairs"])
    for entry in (ended, taken):
        assert (entry.data["act"], entry.data["note"]) == (Act.ALL_CLEAR, dict(NOTE))
        assert "All clear. The road is open again." in str(entry.message)


def test_what_was_submitted_once_more_can_be_approved(page, staff):
    lifecycle.take_back(page, staff["duty_officer"])
    lifecycle.end(page, staff["duty_officer"], timezone.now(), Act.CANCEL, NOTE)
    seen = Clearance.objects.get(page=page).reading
    lifecycle.approve(page, staff["approver"], timezone.now(), seen)
    assert Issue.objects.of(page).first().act == Act.CANCEL


def test_an_approver_ends_nothing_in_words_that_were_put_in_place_of_those_read(page, staff):
    read = Clearance.objects.get(page=page).reading
    lifecycle.take_back(page, staff["duty_officer"])
    hoax = Texts(NOTE | {"en": "It was a hoax. Go out."})
    lifecycle.end(page, staff["duty_officer"], timezone.now(), Act.CANCEL, hoax)
    with pytest.raises(Refused, match="Read them again"):
        lifecycle.approve(page, staff["approver"], timezone.now(), read)
    assert Issued.objects.current().get(page=page).is_in_force(timezone.now())
    read = Clearance.objects.get(page=page).reading
    assert lifecycle.approve(page, staff["approver"], timezone.now(), read).act == Act.CANCEL


def test_who_ended_it_cannot_approve_the_end_of_a_colleague_afterwards(page, staff):
    lifecycle.take_back(page, staff["duty_officer"])
    lifecycle.end(page, staff["consular"], timezone.now(), Act.CANCEL, NOTE)
    lifecycle.take_back(page, staff["consular"])
    lifecycle.end(page, staff["duty_officer"], timezone.now(), Act.CANCEL, NOTE)
    seen = Clearance.objects.get(page=page).reading
    with pytest.raises(Refused, match="none of it"):
        lifecycle.approve(page, staff["consular"], timezone.now(), seen)


def test_nothing_is_left_to_take_back_after_it_was_approved_or_taken_back(page, staff):
    seen = Clearance.objects.get(page=page).reading
    lifecycle.approve(page, staff["approver"], timezone.now(), seen)
    with pytest.raises(Refused, match="faster"):
        lifecycle.take_back(page, staff["duty_officer"])
    assert Issue.objects.of(page).first().act == Act.ALL_CLEAR


def test_nobody_is_told_that_an_end_went_out_which_was_taken_back(page, staff):
    seen = Clearance.objects.get(page=page).reading
    lifecycle.take_back(page, staff["duty_officer"])
    with pytest.raises(Refused, match="no longer waits"):
        lifecycle.approve(page, staff["approver"], timezone.now(), seen)
    with pytest.raises(Refused, match="no longer waits"):
        lifecycle.take_back(page, staff["consular"])
    assert Issue.objects.of(page).count() == 1


def test_words_are_not_dropped_as_if_they_were_an_end(page, staff):
    lifecycle.take_back(page, staff["duty_officer"])
    lifecycle.reopen(page, staff["consular"], timezone.now(), Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words.expires += timedelta(hours=1)
    words.save_revision(user=staff["consular"])
    page = AlertPage.objects.get(pk=page.pk)
    lifecycle.submit(page, staff["consular"], timezone.now())
    with pytest.raises(Refused, match="These are words"):
        lifecycle.take_back(page, staff["duty_officer"])
    assert "Take it back" not in desk(staff["duty_officer"], page)
    assert Clearance.objects.get(page=page).state == State.REVIEW
    assert page.get_latest_revision_as_object().expires == words.expires


def test_the_submitter_of_an_end_is_told_to_take_it_back(page, staff):
    with pytest.raises(Refused, match="Take it back instead"):
        lifecycle.withdraw(page, staff["duty_officer"])


def test_a_review_without_change_is_taken_back_too(staff):
    page = TravelAdvisoryPage.objects.get()
    before = Issue.objects.of(page).count()
    lifecycle.end(page, staff["consular"], timezone.now(), Act.REVIEWED)
    lifecycle.take_back(page, staff["duty_officer"])
    assert Clearance.objects.get(page=page).state == State.ISSUED
    assert Issue.objects.of(page).count() == before
