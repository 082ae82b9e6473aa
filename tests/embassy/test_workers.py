"""What runs beside the server: started with it, started again, and gone when it is gone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import timezone

from advisories import outbox
from advisories.models import Delivery, Webhook
from embassy import workers
from embassy.demo import demo_site
from tests.databases import ROOT
from tests.receivers import PATIENCE, web_receiver
from tests.servers import free_port, wait_for

BESIDE = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1], f"{os.getpid()}").touch()
while True:
    time.sleep(0.1)
"""


def eventually(true):
    """Wait until something holds, and give it."""
    deadline = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def lives(number: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def kept(tmp_path):
    """A keeper with one program: (the end of the pipe to hold, where programs leave numbers)."""
    ours, servers = os.pipe()
    script, folder = tmp_path / "beside.py", tmp_path / "numbers"
    script.write_text(BESIDE)
    folder.mkdir()
    words = [sys.executable, "-I", workers.__file__, ours, sys.executable, script, "--", folder]
    subprocess.run([str(word) for word in words], pass_fds=[ours], check=True)
    os.close(ours)
    yield servers, folder
    close(servers)


def close(pipe: int) -> None:
    """Close a pipe that may be closed."""
    try:
        os.close(pipe)
    except OSError:
        return


def numbers(folder: Path) -> set[int]:
    """Give the numbers of all programs there were."""
    return {int(file.name) for file in folder.iterdir()}


def test_it_ends_with_the_pipe_of_the_server(kept):
    pipe, folder = kept
    [number] = eventually(lambda: numbers(folder))
    assert lives(number)
    os.close(pipe)
    eventually(lambda: not lives(number))


def test_one_that_crashes_is_started_again(kept):
    _pipe, folder = kept
    [first] = eventually(lambda: numbers(folder))
    os.kill(first, signal.SIGKILL)
    second = eventually(lambda: numbers(folder) - {first}).pop()
    assert lives(second) and not lives(first)


def test_it_ends_with_a_keeper_that_is_killed(kept):
    _pipe, folder = kept
    [number] = eventually(lambda: numbers(folder))
    stat = Path(f"/proc/{number}/stat").read_text()
    os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)
    eventually(lambda: not lives(number))


def of_database(name: str) -> set[int]:
    """Give the processes that were started with a test database."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"TEST_DATABASE={name}".encode() in environment and lives(int(entry.name)):
            found.add(int(entry.name))
    return found


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_make_run_delivers_and_leaves_nothing_behind(committed_database, tmp_path, wish):
    site = demo_site()
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.embassy.serving_settings",
        "TEST_DATABASE": committed_database,
        "SERVING_FOLDER": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with web_receiver() as receiver, (tmp_path / "said").open("w+") as said:
        hook = Webhook.objects.create(site=site, name="x", address=receiver.address("/ok/1"))
        delivery = outbox.owe_test("webhook_test", site, str(hook.pk), timezone.now())
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/health/", process)
            receiver.wait_for("/ok/1")
            if wish == signal.SIGINT:
                os.killpg(process.pid, wish)  # as Ctrl-C does
            else:
                process.send_signal(wish)
            process.wait(PATIENCE)
            eventually(lambda: not of_database(committed_database))
        finally:
            for number in of_database(committed_database):
                os.kill(number, signal.SIGKILL)
        said.seek(0)
        assert "Traceback" not in said.read()
    assert Delivery.objects.get(pk=delivery.pk).status in ("done", "leased")
