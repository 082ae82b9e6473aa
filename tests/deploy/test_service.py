"""The service file: systemd understands it, and gunicorn takes what it says."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest

from tests.databases import ROOT
from tests.deploy.front import words_of_service

SERVICE = ROOT / "deploy" / "chancery.service"
OUTBOX = ROOT / "deploy" / "chancery-outbox.service"
SCHEDULES = ROOT / "deploy" / "chancery-schedules.service"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="This machine has no systemd.")
@pytest.mark.parametrize("service", [SERVICE, OUTBOX, SCHEDULES], ids=lambda file: file.stem)
def test_systemd_finds_nothing_wrong(tmp_path, service):
    text = service.read_text().replace("/srv/chancery/.venv/bin/", f"{sys.prefix}/bin/")
    (tmp_path / service.name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", tmp_path / service.name]
    environment = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    ours = [line for line in result.stderr.splitlines() if "chancery" in line]
    assert (result.returncode, ours) == (0, [])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="This machine has no systemd.")
@pytest.mark.parametrize("timed", ["chancery-feed", "chancery-nightly"])
def test_systemd_finds_nothing_wrong_with_what_runs_by_the_clock(tmp_path, timed):
    for name in (f"{timed}.service", f"{timed}.timer"):
        text = (ROOT / "deploy" / name).read_text()
        text = text.replace("/srv/chancery/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", tmp_path / f"{timed}.timer"]
    environment = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    ours = [line for line in result.stderr.splitlines() if "chancery" in line]
    assert (result.returncode, ours) == (0, [])


def test_gunicorn_takes_its_options():
    command = [sys.executable, "-m", "gunicorn", "--check-config", *words_of_service()]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "embassy.settings.test"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("worker", [OUTBOX, SCHEDULES], ids=lambda file: file.stem)
def test_a_worker_takes_its_options(worker):
    lines = worker.read_text().splitlines()
    words = shlex.split(next(line for line in lines if line.startswith("ExecStart=")))[1:]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "embassy.settings.test"}
    command = [sys.executable, *words, "--help"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0 and "--once" in result.stdout, result.stderr


def test_every_nightly_command_takes_its_options():
    lines = (ROOT / "deploy" / "chancery-nightly.service").read_text().splitlines()
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("ExecStart=")]
    erases = ["sweep_sign_ins", "erase_questions", "erase_remarks"]
    assert [command[1] for command in commands] == [*erases, "check_links"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "embassy.settings.test"}
    for _manage, name, *options in commands:
        command = [sys.executable, "manage.py", name, "--help"]
        result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        assert all(option in result.stdout for option in options)


def test_all_services_run_in_the_same_folder_with_the_same_variables():
    same = ("User=", "WorkingDirectory=", "EnvironmentFile=", "Environment=", "ReadWritePaths=")
    found = [
        [line for line in file.read_text().splitlines() if line.startswith(same)]
        for file in (SERVICE, OUTBOX, SCHEDULES)
    ]
    assert found[0] == found[1] == found[2] and len(found[0]) == len(same)


def test_connections_of_nginx_are_not_closed_under_it():
    words = words_of_service()
    assert int(words[words.index("--keep-alive") + 1]) > 60  # nginx's own keepalive_timeout


def test_a_service_with_bad_settings_is_not_started_again_and_again():
    assert "RestartPreventExitStatus=3" in SERVICE.read_text()  # see embassy/wsgi.py
