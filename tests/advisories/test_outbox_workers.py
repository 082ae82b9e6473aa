"""Real workers on a database of their own: each message once, whoever is killed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from advisories import lifecycle, outbox
from advisories.models import Clearance, Delivery, Issue
from embassy.approval import Refused
from tests.advisories.factories import draft, new_issue, webhook
from tests.advisories.sending import Status, channel, people
from tests.databases import ROOT
from tests.receivers import PATIENCE


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


TO_OTHERS = {"channel": "webhook"}  # letters to the staff leave two minutes later


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
    row = Delivery.objects.get(**TO_OTHERS)
    assert row.status == Status.LEASED
    receiver.release.set()
    Delivery.objects.filter(**TO_OTHERS).update(leased_until=timezone.now())  # two minutes later
    with worker(committed_database, "--once") as process:
        assert "In all: 1 delivered" in process.communicate(timeout=PATIENCE)[0]
    _, second = receiver.at("/slow/1")
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(row.event)
    assert first.body == second.body
    assert Delivery.objects.get(**TO_OTHERS).status == Status.DONE


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
    states = Delivery.objects.filter(**TO_OTHERS).values_list("status", flat=True)
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
    seen, came_of_it = Clearance.objects.get(page=page).reading, []

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
