"""The outbox: what is owed, taken, tried again and given up; nobody is told twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from advisories import lifecycle, outbox, webhooks
from advisories.models import AlertPage, Clearance, Delivery
from advisories.outbox import Channel, Undeliverable, pause_after
from advisories.vocabulary import Act, Why
from embassy.approval import Refused
from embassy.fields import Texts
from tests.advisories.factories import alert, new_issue, webhook
from tests.advisories.sending import NOW, Status, channel, owed_to, page_of, pass_over, take

# What is owed


@pytest.mark.django_db
def test_each_webhook_in_use_is_owed_each_issue_once(site, staff):
    used = [webhook(site, f"https://9.9.9.9/{n}") for n in range(3)]
    webhook(site, "https://9.9.9.9/retired", in_use=False)
    issue = new_issue(staff)
    assert owed_to(issue) == {str(hook.pk) for hook in used}
    outbox.owe(issue)
    assert Delivery.objects.of(issue).count() == 3
    assert not Delivery.objects.due(issue.sent - timedelta(microseconds=1)).exists()
    assert Delivery.objects.due(issue.sent).count() == 3


@pytest.mark.django_db
def test_another_missions_webhooks_hear_nothing(site, staff, dakar):
    webhook(dakar, "https://9.9.9.9/dakar")
    ours = webhook(site, "https://9.9.9.9/bamako")
    assert owed_to(new_issue(staff)) == {str(ours.pk)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_told"),
    [({}, True), ({"status": "Exercise"}, False), ({"status": "Test"}, False)],
)
def test_drills_go_to_no_webhook(site, staff, fields, is_told):
    hook = webhook(site, "https://9.9.9.9/")
    assert owed_to(new_issue(staff, **fields)) == ({str(hook.pk)} if is_told else set())


@pytest.mark.django_db
def test_what_is_only_put_on_record_is_told_to_nobody(site):
    webhook(site, "https://9.9.9.9/")
    page = alert(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert not Delivery.objects.of_warning(page.pk).exists()


@pytest.mark.django_db
def test_a_later_save_owes_nothing_anew(site, staff):
    webhook(site, "https://9.9.9.9/")
    issue = new_issue(staff)
    page = AlertPage.objects.get(pk=issue.page_id)
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    page.save_revision(user=staff["duty_officer"])
    page.save()
    assert Delivery.objects.of_warning(page.pk).count() == 1


@pytest.mark.django_db
def test_a_step_that_is_rolled_back_owes_nothing(site, staff):
    webhook(site, "https://9.9.9.9/")
    with pytest.raises(RuntimeError), transaction.atomic():
        assert Delivery.objects.of(new_issue(staff)).exists()
        raise RuntimeError
    assert not Delivery.objects.filter(channel="webhook").exists()


@pytest.mark.django_db
def test_the_end_of_an_alert_is_told_too(site, staff):
    hook = webhook(site, "https://9.9.9.9/")
    first = new_issue(staff)
    page, now = AlertPage.objects.get(pk=first.page_id), timezone.now()
    lifecycle.end(page, staff["duty_officer"], now, Act.ALL_CLEAR, Texts(en="Open again."))
    seen = Clearance.objects.get(page=page).reading
    last = lifecycle.approve(page, staff["approver"], now, seen)
    assert owed_to(last) == {str(hook.pk)}
    assert webhooks.owed(last) == [str(hook.pk)]


# Taking, failing, giving up


@pytest.mark.django_db
def test_a_lease_holds_until_it_runs_out(owed):
    at = owed.next_at
    assert take(at - timedelta(microseconds=1)) == []
    assert take(at) == [owed]
    assert take(at + outbox.LEASE - timedelta(microseconds=1)) == []
    [again] = take(at + outbox.LEASE)
    assert (again.attempts, again.why) == (2, Why.CUT_SHORT)


@pytest.mark.django_db
def test_a_late_word_of_failure_does_not_undo_what_another_worker_did(owed):
    at = owed.next_at
    [slow] = take(at)
    [fast] = take(at + outbox.LEASE)
    outbox.failed(slow, at, Undeliverable(Why.TOO_SLOW))
    assert Delivery.objects.get(channel="webhook").status == Status.LEASED
    outbox.done(fast, at)
    outbox.failed(slow, at, Undeliverable(Why.TOO_SLOW))
    outbox.failed(fast, at, Undeliverable(Why.TOO_SLOW))
    assert Delivery.objects.get(channel="webhook").status == Status.DONE
    assert take(at + timedelta(days=30)) == []


@pytest.mark.django_db
def test_it_is_tried_again_later_and_later_and_then_given_up(owed):
    at, pauses = owed.next_at, []
    for number in range(1, outbox.TRIES + 1):
        [taken] = take(at)
        again = outbox.failed(taken, at, Undeliverable(Why.STATUS, 503))
        assert again == (number < outbox.TRIES)
        row = Delivery.objects.get(channel="webhook")
        pauses.append(row.next_at - at)
        assert take(row.next_at - timedelta(microseconds=1)) == []
        at = row.next_at
    assert (row.status, row.attempts) == (Status.DEAD, outbox.TRIES)
    assert row.last_error == "It answered with status 503 instead of 200."
    assert pauses == sorted(pauses)
    assert pauses[:3] == [timedelta(seconds=s) for s in (15, 30, 60)]
    assert pauses[-1] == outbox.LONGEST_PAUSE
    assert timedelta(days=3) < sum(pauses[:-1], timedelta()) < timedelta(days=5)
    assert take(at + timedelta(days=365)) == []


@pytest.mark.django_db
def test_what_no_worker_survives_is_given_up(owed):
    at = owed.next_at
    for _ in range(outbox.TRIES):
        assert len(take(at)) == 1
        at += outbox.LEASE
    assert take(at) == []
    assert Delivery.objects.get(channel="webhook").status == Status.DEAD


def test_pauses_never_grow_beyond_the_limit():
    assert pause_after(0) == pause_after(1) == outbox.FIRST_PAUSE
    assert pause_after(10_000) == outbox.LONGEST_PAUSE


@pytest.mark.django_db
def test_a_target_with_many_messages_leaves_places_for_others(site, staff):
    busy, other = (webhook(site, f"https://9.9.9.9/{n}", in_use=n == 0) for n in range(2))
    for number in range(12):
        new_issue(staff, f"Roads closed {number}")
    other.in_use = True
    other.save()
    new_issue(staff, "Roads open")
    at = timezone.now()
    taken = [d.target for _ in range(3) for d in outbox.lease(channel("webhook"), at, 2)]
    assert taken == [str(busy.pk), str(other.pk)]


# Again by hand


@pytest.mark.django_db
def test_what_was_given_up_is_sent_again_once_and_audited(dead, staff):
    again = outbox.try_again(dead, staff["approver"], NOW)
    assert (again.status, again.attempts, again.next_at) == (Status.WAITING, 0, NOW)
    with pytest.raises(Refused, match="already"):
        outbox.try_again(dead, staff["approver"], NOW)
    entry = ModelLogEntry.objects.get(action="advisories.try_again")
    assert entry.user == staff["approver"]


@pytest.mark.django_db
def test_what_has_arrived_is_never_sent_again(dead, staff):
    outbox.done(dead, NOW)
    with pytest.raises(Refused, match="has arrived"):
        outbox.try_again(dead, staff["approver"], NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["section_editor", "administrator"])
def test_not_everybody_sends_again(dead, staff, role):
    with pytest.raises(PermissionDenied):
        outbox.try_again(dead, staff[role], NOW)
    assert Delivery.objects.get(channel="webhook").status == Status.DEAD


# Other channels


@pytest.mark.django_db
def test_another_app_adds_a_channel_by_its_module_alone(site, staff, monkeypatch):
    monkeypatch.setattr(outbox, "_channels", dict(outbox._channels))
    sent = []
    outbox.register(
        Channel(
            "carrier_pigeon",
            "Pigeon",
            owed=lambda issue: ["7"],
            send=lambda delivery, at: sent.append(delivery.target),
            named=lambda targets: {"7": "Seven"},
        )
    )
    issue = new_issue(staff)
    pass_over()
    assert sent == ["7"]
    assert "Seven" in page_of(staff["approver"], f"/admin/deliveries/?warning={issue.page_id}")
    monkeypatch.undo()
    assert "carrier_pigeon" in page_of(staff["approver"], "/admin/deliveries/")
