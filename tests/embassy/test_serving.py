"""`manage.py serve`: the addresses it prints work, and Ctrl-C ends it in silence at any moment."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
import requests

from tests.databases import ROOT
from tests.embassy.test_workers import eventually, of_database
from tests.receivers import PATIENCE
from tests.servers import free_port, wait_for

LAST_LINE = "Ctrl-C stops the server."


@pytest.fixture
def serve(committed_database, tmp_path):
    """Starts the server as a terminal would and gives it with its port when it has said all."""
    started = []

    def start(*words: str) -> tuple[subprocess.Popen, str, int]:
        port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if name != "ALLOWED_HOSTS"},
            "DJANGO_SETTINGS_MODULE": "tests.embassy.serving_settings",
            "TEST_DATABASE": committed_database,
            "SERVING_FOLDER": str(tmp_path),
        }
        command = [sys.executable, "manage.py", "serve", "--port", str(port), *words]
        with (tmp_path / "said").open("w") as said:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
            )
        started.append(process)
        text = eventually(lambda: (t := (tmp_path / "said").read_text()).count(LAST_LINE) and t)
        return process, text, port

    yield start
    for number in of_database(committed_database):
        os.kill(number, signal.SIGKILL)
    for process in started:
        process.wait(PATIENCE)


def test_the_addresses_it_prints_work(serve):
    process, said, port = serve("--host", "0.0.0.0")
    addresses = re.findall(r"http://\S+", said)
    assert f"http://127.0.0.1:{port}/admin/" in addresses
    assert not [address for address in addresses if "0.0.0.0" in address]
    wait_for(f"http://127.0.0.1:{port}/health/", process)
    for address in addresses:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            assert answer.status == 200, address


@pytest.mark.parametrize("kind", ["data", "files"])
def test_a_browser_reads_why_a_large_form_is_refused(serve, kind):
    process, _said, port = serve()
    wait_for(f"http://127.0.0.1:{port}/health/", process)
    sent = {"username": "x" * 12 * 1024 * 1024}
    sent = {"data": sent} if kind == "data" else {"files": {k: (None, v) for k, v in sent.items()}}
    cookies = {"csrftoken": "x" * 32}
    address = f"http://127.0.0.1:{port}/admin/login/"
    answer = requests.post(address, **sent, cookies=cookies, timeout=PATIENCE)
    assert answer.status_code == 413 and "Nothing was stored" in answer.text


@pytest.mark.parametrize("seconds", [0, 0.1, 0.3, 0.6, 1.2, 2.5])
def test_ctrl_c_ends_it_in_silence(serve, committed_database, tmp_path, seconds):
    process, before, _port = serve()
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(PATIENCE)
    eventually(lambda: not of_database(committed_database))
    assert (tmp_path / "said").read_text().removeprefix(before).strip() == ""
