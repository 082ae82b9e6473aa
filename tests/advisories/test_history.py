"""What the history of a page and of the site say of a warning that one officer issued alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageLogEntry

from advisories import lifecycle
from advisories.models import AlertPage, Issue
from advisories.vocabulary import Act
from tests.advisories.factories import draft, end, issue_alone

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
REASON = "Nobody <answers> the phone."
ALONE = "Issued by one officer alone."


@pytest.fixture
def page(staff) -> AlertPage:
    """An alert in force that one officer issued alone."""
    now = timezone.now()
    page = draft(now - timedelta(hours=1), now + timedelta(hours=6), by=staff["duty_officer"])
    issue_alone(page, staff["break_glass"], now, REASON)
    return page


def read(staff, page) -> list[str]:
    """Give the history of the page and the report of the site, as an approver sees them."""
    client = Client()
    client.force_login(staff["approver"])
    addresses = (f"/admin/pages/{page.pk}/history/", "/admin/reports/site-history/")
    return [client.get(address, **HOST).content.decode() for address in addresses]


def alone(page) -> PageLogEntry:
    """Give the log entry of the issue."""
    return PageLogEntry.objects.get(page=page, action="advisories.break_glass")


def test_the_log_carries_the_reason_and_says_not_yet_confirmed(page, staff):
    entry = alone(page)
    assert (entry.data["reason"], entry.data["number"]) == (REASON, 1)
    for text in read(staff, page):
        assert f"{ALONE} Not yet confirmed. Reason: Nobody &lt;answers&gt; the phone." in text


def test_it_says_who_confirmed(page, staff):
    lifecycle.confirm(page, staff["approver"], timezone.now(), 1)
    for text in read(staff, page):
        assert "Not yet confirmed" not in text
        assert f"{ALONE} Confirmed since by {staff['approver']}. Reason: Nobody" in text
        stands = f"{staff['approver']} stands by issue 1, which {staff['break_glass']} issued alone"
        assert stands in text


def test_words_of_two_people_settle_it(page, staff):
    end(page, Act.CANCEL, staff)
    for text in read(staff, page):
        assert "Not yet confirmed" not in text
        assert f"{ALONE} Replaced since by words of two people. Reason: Nobody" in text


def test_who_confirms_the_later_of_two_issues_alone_settles_the_earlier(page, staff):
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words.severity = "Extreme"
    words.save_revision(user=staff["duty_officer"])
    page = AlertPage.objects.get(pk=page.pk)
    issue_alone(page, staff["break_glass"], timezone.now(), "Still nobody.")
    for text in read(staff, page):
        assert text.count("Not yet confirmed. Reason:") == 2
    lifecycle.confirm(page, staff["approver"], timezone.now(), 2)
    for text in read(staff, page):
        assert f"Confirmed since by {staff['approver']}. Reason: Still nobody." in text
        assert "Replaced since by words of two people. Reason: Nobody" in text
    entry = PageLogEntry.objects.get(page=page, action="advisories.confirm")
    assert entry.data["number"] == 2
    assert not Issue.objects.of(page).unconfirmed().exists()


def test_nobody_confirms_what_was_issued_after_they_read_the_desk(page, staff):
    client = Client()
    client.force_login(staff["approver"])
    desk = f"/admin/warnings/{page.pk}/"
    assert 'name="number" value="1"' in client.get(desk, **HOST).content.decode()
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words.severity = "Extreme"
    words.save_revision(user=staff["duty_officer"])
    page = AlertPage.objects.get(pk=page.pk)
    issue_alone(page, staff["break_glass"], timezone.now(), "Still nobody.")
    for number in ("1", "", "x", "9" * 30):
        sent = {"step": "confirm", "number": number}
        answer = client.post(f"{desk}step/", sent, follow=True, **HOST).content.decode()
        assert "Something else was issued since you opened this." in answer
    assert Issue.objects.of(page).unconfirmed().count() == 2
    client.post(f"{desk}step/", {"step": "confirm", "number": "2"}, **HOST)
    assert not Issue.objects.of(page).unconfirmed().exists()


def test_entries_of_before_reasons_were_logged_are_worded_from_the_issue(page, staff):
    entry = alone(page)  # the database itself refuses to change one
    entry.data = {"act": "issue", "state": "issued"}
    assert str(entry.message) == f"{ALONE} Not yet confirmed. Reason: {REASON}"


def test_the_reason_of_a_return_is_in_the_log(staff):
    now = timezone.now()
    page = draft(now, now + timedelta(hours=6), by=staff["duty_officer"])
    lifecycle.submit(page, staff["duty_officer"], now)
    lifecycle.give_back(page, staff["approver"], "Say where.", timezone.now())
    entry = PageLogEntry.objects.get(page=page, action="advisories.return")
    assert str(entry.message) == "Returned. Reason: Say where."


def test_the_desk_says_so_beside_the_issue(page, staff):
    client = Client()
    client.force_login(staff["approver"])
    address = f"/admin/warnings/{page.pk}/"
    assert "alone, not yet confirmed" in client.get(address, **HOST).content.decode()
    lifecycle.confirm(page, staff["approver"], timezone.now(), 1)
    text = client.get(address, **HOST).content.decode()
    assert "alone, not yet confirmed" not in text and "(alone)" in text


def test_it_is_worded_in_the_language_of_the_reader(page, compiled):
    with override("fr"):
        assert "Pas encore confirmé." in str(alone(page).message)
