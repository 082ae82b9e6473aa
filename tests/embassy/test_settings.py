"""A missing or bad variable gives a sentence that names it; production is clean."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as live_settings

from tests.databases import ROOT

GOOD = {
    "DJANGO_SETTINGS_MODULE": "embassy.settings.production",
    "SECRET_KEY": "k9!xW2#qLm7_Zr4vTb8$" * 3,
    "ALLOWED_HOSTS": "bamako.example",
    "BASE_URL": "https://bamako.example",
    "DJANGO_ALLOW_ASYNC_UNSAFE": None,  # the browser tests set it for their own process
}


def check(changes: dict[str, str | None], *arguments: str) -> subprocess.CompletedProcess:
    """Run `manage.py check` in a process of its own with changed variables."""
    values = {**os.environ, **GOOD, **changes}
    environment = {name: value for name, value in values.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_production_passes_the_deployment_check():
    result = check({}, "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", None),
        ("BASE_URL", None),
        ("CONN_MAX_AGE", "soon"),
        ("SHARED_CACHE_SECONDS", "many"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://user@host/"),
    ],
)
def test_a_bad_variable_is_named(name, value):
    result = check({name: value})
    assert result.returncode != 0
    assert name in result.stderr.strip().splitlines()[-1]


def test_there_is_no_other_database():
    assert live_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
