"""The outbox: nothing is lost, nothing leaves before the commit, nobody is told twice."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from advisories import lifecycle, mail, outbox, webhooks
from advisories.models import AlertPage, Clearance, Delivery, Issue
from advisories.outbox import Channel, Undeliverable, pause_after
from advisories.vocabulary import Act, Why
from embassy.approval import Refused
from embassy.demo import demo_site, sign_ins
from embassy.fields import Texts
from embassy.models import MissionRole, MissionSettings, User
from tests.advisories.factories import alert, draft, new_issue, webhook
from tests.databases import ROOT
from tests.receivers import PATIENCE, mail_receiver

HOST = {"HTTP_HOST": "localhost"}
Status = Delivery.Status
NOW = timezone.now().replace(microsecond=0)


def channel(name: str) -> Channel:
    """Give a channel."""
    return outbox.channel_named(name)


def pass_over(at=None) -> None:
    """Send whatever is due at a moment, as a worker does but in this thread."""
    at = at or timezone.now()
    for each in outbox.channels():
        while taken := outbox.lease(each, at, each.at_once):
            for delivery in taken:
                try:
                    each.send(delivery, at)
                except Undeliverable as error:
                    outbox.failed(delivery, at, error)
                else:
                    outbox.done(delivery, at)


def owed_to(issue, name="webhook") -> set[str]:
    """Give the targets of an issue on a channel."""
    return set(Delivery.objects.of(issue).filter(channel=name).values_list("target", flat=True))


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


def test_nothing_can_be_sent_before_the_commit(committed_database):
    seen = []

    def look() -> None:
        """Look for work as a worker does, over a connection of its own."""
        seen.append(len(outbox.lease(channel("webhook"), timezone.now(), 10)))
        connection.close()

    def look_from_elsewhere() -> None:
        """Look in another thread."""
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(PATIENCE)

    site, staff = people()
    webhook(site, "https://9.9.9.9/")
    with transaction.atomic():
        new_issue(staff)
        look_from_elsewhere()
    look_from_elsewhere()
    assert seen == [0, 1]


def people():
    """Give the demo mission and its staff where the fixtures of rolled back tests do not do."""
    return demo_site(), {role: User.objects.get(email=email) for role, email, _ in sign_ins()}


# Taking, failing, giving up


@pytest.fixture
def owed(site, staff) -> Delivery:
    """A message that is due."""
    hook = webhook(site, "https://9.9.9.9/")
    return Delivery.objects.get(issue=new_issue(staff), target=str(hook.pk))


def take(at) -> list[Delivery]:
    """Lease webhooks' messages."""
    return outbox.lease(channel("webhook"), at, 8)


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
    assert Delivery.objects.get().status == Status.LEASED
    outbox.done(fast, at)
    outbox.failed(slow, at, Undeliverable(Why.TOO_SLOW))
    outbox.failed(fast, at, Undeliverable(Why.TOO_SLOW))
    assert Delivery.objects.get().status == Status.DONE
    assert take(at + timedelta(days=30)) == []


@pytest.mark.django_db
def test_it_is_tried_again_later_and_later_and_then_given_up(owed):
    at, pauses = owed.next_at, []
    for number in range(1, outbox.TRIES + 1):
        [taken] = take(at)
        again = outbox.failed(taken, at, Undeliverable(Why.STATUS, 503))
        assert again == (number < outbox.TRIES)
        row = Delivery.objects.get()
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
    assert Delivery.objects.get().status == Status.DEAD


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


@pytest.fixture
def dead(owed) -> Delivery:
    """A message that was given up."""
    [taken] = take(owed.next_at)
    outbox.failed(taken, owed.next_at, Undeliverable(Why.STATUS, 410, final=True))
    return Delivery.objects.get()


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
@pytest.mark.parametrize("role", ["duty_officer", "section_editor", "administrator"])
def test_not_everybody_sends_again(dead, staff, role):
    with pytest.raises(PermissionDenied):
        outbox.try_again(dead, staff[role], NOW)
    assert Delivery.objects.get().status == Status.DEAD


# Staff pages


def signed_in(user) -> Client:
    """Give a browser somebody is signed in with."""
    client = Client()
    client.force_login(user)
    return client


def page_of(user, address: str) -> str:
    """Give what somebody sees."""
    return signed_in(user).get(address, **HOST).content.decode()


@pytest.mark.django_db
def test_staff_see_what_became_of_a_warning_and_try_again(dead, staff):
    approver = signed_in(staff["approver"])
    said = page_of(staff["approver"], "/admin/deliveries/?status=dead")
    for words in ("Roads closed (1)", "https://9.9.9.9/", "Given up", "status 410", "Try again"):
        assert words in said
    assert "Roads closed (1)" not in page_of(staff["approver"], "/admin/deliveries/?status=done")
    assert "1 message did not arrive" in page_of(staff["approver"], "/admin/")
    assert "Delivered" in page_of(staff["approver"], f"/admin/warnings/{dead.issue.page_id}/")
    officer = page_of(staff["duty_officer"], "/admin/deliveries/")
    assert "Roads closed (1)" in officer and "Try again" not in officer
    response = approver.post(f"/admin/deliveries/{dead.pk}/again/", **HOST, follow=True)
    assert "leaves within seconds" in response.content.decode()
    assert Delivery.objects.get().status == Status.WAITING
    response = approver.post(f"/admin/deliveries/{dead.pk}/again/", **HOST, follow=True)
    assert "being tried already" in response.content.decode()


@pytest.mark.django_db
def test_staff_are_told_when_nobody_delivers(owed, staff):
    assert "worker is missing" not in page_of(staff["approver"], "/admin/")
    Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=6))
    assert "worker is missing" in page_of(staff["approver"], "/admin/")
    at = Delivery.objects.get().next_at
    assert Delivery.objects.late(at + timedelta(minutes=5)).exists()
    assert not Delivery.objects.late(at + timedelta(minutes=5, microseconds=-1)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?status=x&p=x&warning=x", "?p=-1", "?warning=" + "9" * 40])
def test_a_forged_list_is_a_list(owed, staff, query):
    assert "Deliveries" in page_of(staff["approver"], f"/admin/deliveries/{query}")


@pytest.mark.django_db
def test_who_has_no_part_in_warnings_sees_no_deliveries(owed, staff):
    for role in ("section_editor", "administrator"):
        response = signed_in(staff[role]).get("/admin/deliveries/", **HOST)
        assert response.status_code in (302, 403)


@pytest.mark.django_db
def test_the_list_asks_as_many_questions_for_many_as_for_one(site, staff):
    client, asked = signed_in(staff["approver"]), []
    for count in (1, 40):
        for number in range(count):
            webhook(site, f"https://9.9.9.9/{number}")
        new_issue(staff)
        client.get("/admin/deliveries/", **HOST)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/deliveries/", **HOST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


# Mail to approvers


def break_glass(staff, **fields) -> Issue:
    """Let one officer issue an alert alone."""
    now = timezone.now()
    times = (now - timedelta(hours=1), now + timedelta(hours=6))
    page = draft(*times, by=staff["duty_officer"], **fields)
    return lifecycle.break_glass(page, staff["break_glass"], now, "Nobody answers the phone.")


@pytest.mark.django_db
def test_every_other_approver_gets_a_mail_when_the_glass_is_broken(site, staff, settings):
    with mail_receiver(settings) as letters:
        issue = break_glass(staff)
        pass_over()
        pass_over()
    approvers = {staff["approver"], staff["consular"]}
    assert {letter["To"] for letter in letters.taken} == {user.email for user in approvers}
    assert len(letters.taken) == 2
    text = letters.taken[0].get_content()
    for words in ("Kadia Chief", "Nobody answers the phone.", "Roads closed", issue.code):
        assert words in text
    assert f"/admin/warnings/{issue.page_id}/" in text
    assert letters.taken[0]["Subject"] == "Issued by one officer alone: Roads closed"
    assert owed_to(issue, "mail_approvers") == {str(user.pk) for user in approvers}
    assert set(Delivery.objects.of(issue).values_list("status", flat=True)) == {Status.DONE}


@pytest.mark.django_db
def test_an_approver_who_breaks_the_glass_gets_no_mail(site, staff):
    chief = staff["break_glass"]
    chief.groups.add(*staff["approver"].groups.all())
    told = owed_to(break_glass(staff), "mail_approvers")
    assert str(chief.pk) not in told and str(staff["approver"].pk) in told


@pytest.mark.django_db
def test_closed_accounts_and_other_missions_get_no_mail(site, staff, dakar):
    User.objects.filter(pk=staff["consular"].pk).update(is_active=False)
    elsewhere = User.objects.create_user("away@dakar.example", mission=dakar)
    elsewhere.groups.add(MissionRole.objects.get(site=dakar, role="approver").group)
    assert owed_to(break_glass(staff), "mail_approvers") == {str(staff["approver"].pk)}


@pytest.mark.django_db
def test_two_people_cause_no_mail(staff):
    assert not owed_to(new_issue(staff), "mail_approvers")


@pytest.mark.django_db
def test_an_exercise_says_so_in_the_mail(staff, settings):
    with mail_receiver(settings) as letters:
        break_glass(staff, status="Exercise")
        pass_over()
    assert {letter["Subject"] for letter in letters.taken} == {
        "Issued by one officer alone: Exercise: Roads closed"
    }


@pytest.mark.django_db
def test_one_refused_mailbox_keeps_no_mail_from_the_others(staff, settings):
    with mail_receiver(settings) as letters:
        letters.refused = {staff["approver"].email: "550 no such mailbox"}
        break_glass(staff)
        pass_over()
        assert [letter["To"] for letter in letters.taken] == [staff["consular"].email]
        row = Delivery.objects.get(target=str(staff["approver"].pk))
        assert row.last_error == "The mail server refused the mail (code 550)."
        assert staff["approver"].email not in f"{row.__dict__}"
        letters.refused = {}
        pass_over(row.next_at)
        pass_over(row.next_at)
    assert [letter["To"] for letter in letters.taken][1:] == [staff["approver"].email]


@pytest.mark.django_db
def test_a_mail_server_that_is_gone_is_asked_again(staff, settings):
    with mail_receiver(settings):
        pass
    issue = break_glass(staff)
    pass_over()
    for row in Delivery.objects.of(issue):
        assert (row.status, row.why) == (Status.WAITING, Why.MAIL_SERVER)


@pytest.mark.django_db
def test_an_account_that_was_closed_since_gets_none(staff, settings):
    issue = break_glass(staff)
    User.objects.filter(pk=staff["consular"].pk).update(is_active=False)
    with mail_receiver(settings) as letters:
        pass_over()
    assert [letter["To"] for letter in letters.taken] == [staff["approver"].email]
    row = Delivery.objects.of(issue).get(target=str(staff["consular"].pk))
    assert (row.status, row.why) == (Status.DEAD, Why.NO_ACCOUNT)


@pytest.mark.django_db
def test_the_mail_speaks_the_missions_first_language(site, staff, compiled):
    issue = break_glass(staff)
    mission = MissionSettings.for_site(site)
    mission.first_language = "fr"
    mission.save()
    subject, text = mail.words_of(Issue.objects.get(pk=issue.pk))
    assert subject.startswith("Émis par un seul agent")
    assert "Motif\u00a0: Nobody answers the phone." in text


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


# Real workers


@contextmanager
def worker(database: str, *words: str) -> Iterator[subprocess.Popen]:
    """Run `manage.py deliver` until the end of the block."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "embassy.settings.test",
        "TEST_DATABASE": database,
        "WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS": "true",
    }
    command = [sys.executable, "manage.py", "deliver", *words]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)
        process.stdout.close()


def ended(process: subprocess.Popen) -> str:
    """Ask a worker to end, and give what it said since."""
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0
    return said


def test_two_workers_send_each_of_two_hundred_once(committed_database, receiver):
    site, staff = people()
    with worker(committed_database) as one, worker(committed_database) as two:
        for process in (one, two):
            assert process.stdout.readline() == "deliver: The outbox is open.\n"
        receiver.together = 9  # one worker alone never has more than eight under way
        for number in range(200):
            webhook(site, receiver.address(f"/ok/{number}"))
        new_issue(staff)
        receiver.wait_for("/ok/", 200)
        said = [ended(one), ended(two)]
    counts = [int(text.rpartition("In all: ")[2].split()[0]) for text in said]
    assert sum(counts) == 200 and min(counts) > 0
    assert sorted(call.path for call in receiver.calls) == sorted(f"/ok/{n}" for n in range(200))
    assert Delivery.objects.filter(status=Status.DONE, attempts=1).count() == 200


def test_what_a_killed_worker_held_is_sent_by_the_next(committed_database, receiver):
    site, staff = people()
    webhook(site, receiver.address("/slow/1"))
    new_issue(staff)
    with worker(committed_database) as process:
        [first] = receiver.wait_for("/slow/1")
        process.kill()
        process.wait(PATIENCE)
    row = Delivery.objects.get()
    assert row.status == Status.LEASED
    receiver.release.set()
    Delivery.objects.update(leased_until=timezone.now())  # two minutes later
    with worker(committed_database, "--once") as process:
        assert "In all: 1 delivered" in process.communicate(timeout=PATIENCE)[0]
    _, second = receiver.at("/slow/1")
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(row.event)
    assert first.body == second.body
    assert Delivery.objects.get().status == Status.DONE


def test_a_hanging_and_a_failing_target_hold_up_no_other(committed_database, receiver):
    site, staff = people()
    for path in ("/slow/1", "/fail/1", *(f"/ok/{number}" for number in range(20))):
        webhook(site, receiver.address(path))
    with worker(committed_database) as process:
        new_issue(staff)
        receiver.wait_for("/slow/1")
        receiver.wait_for("/ok/", 20)  # while the hanging one still hangs
        assert not receiver.release.is_set()
        receiver.release.set()
        ended(process)
    states = Delivery.objects.values_list("status", flat=True)
    assert sorted(states) == ["done"] * 21 + ["waiting"]


def test_a_worker_outlives_its_connections_to_the_database(committed_database, receiver):
    site, staff = people()
    webhook(site, receiver.address("/ok/1"))
    with worker(committed_database) as process:
        assert process.stdout.readline() == "deliver: The outbox is open.\n"
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        new_issue(staff)
        receiver.wait_for("/ok/1")
        assert "In all: 1 delivered" in ended(process)


def test_one_pass_ends_by_itself(committed_database, receiver):
    with worker(committed_database, "--once") as process:
        assert "nothing was due" in process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0


def test_issuing_twice_at_once_owes_once(committed_database):
    site, staff = people()
    webhook(site, "https://9.9.9.9/")
    now = timezone.now()
    times = (now - timedelta(hours=1), now + timedelta(hours=6))
    page = draft(*times, by=staff["duty_officer"])
    lifecycle.submit(page, staff["duty_officer"], now)
    seen, came_of_it = Clearance.objects.get(page=page).revision, []

    def approve(role: str) -> None:
        """Approve as somebody."""
        try:
            came_of_it.append(lifecycle.approve(page, staff[role], timezone.now(), seen))
        except Refused as refused:
            came_of_it.append(str(refused))
        connection.close()

    threads = [threading.Thread(target=approve, args=[role]) for role in ("approver", "consular")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sum(isinstance(result, Issue) for result in came_of_it) == 1
    assert Delivery.objects.of_warning(page.pk).count() == 1


@pytest.mark.django_db
def test_the_end_of_an_alert_is_told_too(site, staff):
    hook = webhook(site, "https://9.9.9.9/")
    first = new_issue(staff)
    page, now = AlertPage.objects.get(pk=first.page_id), timezone.now()
    lifecycle.end(page, staff["duty_officer"], now, Act.ALL_CLEAR, Texts(en="Open again."))
    seen = Clearance.objects.get(page=page).revision
    last = lifecycle.approve(page, staff["approver"], now, seen)
    assert owed_to(last) == {str(hook.pk)}
    assert webhooks.owed(last) == [str(hook.pk)]
