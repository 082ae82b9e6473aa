"""Databases of the suite: one template with the demo site, and a clone of it for each worker."""

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from psycopg2.errors import InsufficientPrivilege, ObjectInUse

ROOT = Path(__file__).resolve().parent.parent
APPS = ["embassy", "sections", "relations", "advisories", "accounts"]
SOURCES = [*APPS, "locale", "requirements.txt"]


def fingerprint() -> str:
    """Give a hash of everything that decides what is in the template."""
    digest = hashlib.sha256()
    for name in SOURCES:
        base = ROOT / name
        files = sorted([*base.rglob("*.py"), *base.rglob("*.po")]) if base.is_dir() else [base]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def server(name: str = "postgres"):
    """Give a cursor on the server itself, or on one of its databases, outside any transaction."""
    database = settings.DATABASES["default"]
    connection = psycopg2.connect(
        dbname=name,
        user=database["USER"],
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@contextmanager
def one_at_a_time():
    """Let one worker build the template while the others wait."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "tests.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def template() -> str:
    """Give the name of the template, built when the code has changed since the last run."""
    name = f"chancery_test_{fingerprint()}"
    with one_at_a_time(), server() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'chancery_test_%%' AND "
            "datname NOT LIKE '%%_of_%%'"
        )
        existing = [row[0] for row in cursor.fetchall()]
        if name not in existing:
            for old in existing:
                drop(cursor, old)
            build(cursor, name)
    return name


def build(cursor, name: str) -> None:
    """Migrate an empty database and fill it with the demo site, as it is on any day."""
    unfinished = f"{name}_of_build"
    drop(cursor, unfinished)
    cursor.execute(f'CREATE DATABASE "{unfinished}"')
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "embassy.settings.test",
        "TEST_DATABASE": unfinished,
    }
    command = [sys.executable, "-m", "tests.template"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def clone(source: str, purpose: str) -> str:
    """Make a fresh copy of the template for a purpose and give its name."""
    name = f"{source}_of_{purpose}"
    with one_at_a_time(), server() as cursor:
        drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return name


def discard(name: str) -> None:
    """Drop a copy."""
    with server() as cursor:
        drop(cursor, name)


def drop(cursor, name: str) -> None:
    """Drop a database, whoever is connected.

    A plain drop waits for PostgreSQL's own cleaning process to leave, which our role may not end;
    a forced one ends what is left of our own.
    """
    for force in ("", " WITH (FORCE)", "", " WITH (FORCE)"):
        try:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"{force}')
        except (ObjectInUse, InsufficientPrivilege):
            continue
        return
    raise RuntimeError(f"The database {name} cannot be dropped: somebody else uses it.")
