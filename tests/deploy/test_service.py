"""The service file: systemd understands it, and gunicorn takes what it says."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.databases import ROOT
from tests.deploy.front import words_of_service

SERVICE = ROOT / "deploy" / "chancery.service"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="This machine has no systemd.")
def test_systemd_finds_nothing_wrong(tmp_path):
    gunicorn = f"{sys.prefix}/bin/gunicorn"
    text = SERVICE.read_text().replace("/srv/chancery/.venv/bin/gunicorn", gunicorn)
    (tmp_path / "chancery.service").write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", tmp_path / "chancery.service"]
    environment = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    ours = [line for line in result.stderr.splitlines() if "chancery" in line]
    assert (result.returncode, ours) == (0, [])


def test_gunicorn_takes_its_options():
    command = [sys.executable, "-m", "gunicorn", "--check-config", *words_of_service()]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "embassy.settings.test"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_connections_of_nginx_are_not_closed_under_it():
    words = words_of_service()
    assert int(words[words.index("--keep-alive") + 1]) > 60  # nginx's own keepalive_timeout


def test_a_service_with_bad_settings_is_not_started_again_and_again():
    assert "RestartPreventExitStatus=3" in SERVICE.read_text()  # see embassy/wsgi.py
