"""Brings the database and the static files up to date, then becomes the web server.

What works beside the server (see `embassy/workers.py`) is started with it and ends with it.

Safe to run again: each step finds what an earlier run left and goes on from there.
"""

import argparse
import errno
import hashlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from io import TextIOBase
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connections, transaction
from django.http.request import validate_host
from django.utils.module_loading import autodiscover_modules
from wagtail.models import Site

from embassy import workers
from embassy.mission.roots import THIS_MACHINE

GUNICORN_OPTIONS = [
    *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
    *("--limit-request-line", "0"),  # a long search is answered with a sentence, not refused
    *("--graceful-timeout", "5", "--log-level", "warning"),
    *("--config", "python:embassy.serving.gunicorn_hooks"),
    "--no-control-socket",  # it would lie in the home folder, one for all projects
]
# What listens at every address of the machine, with the families of those addresses.
EVERYWHERE = {"0.0.0.0": [socket.AF_INET], "::": [socket.AF_INET, socket.AF_INET6]}
ELSEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}  # for documentation only


class Command(BaseCommand):
    """Serve the site on this machine."""

    help = "Migrates, adds demo content on the first run, collects static files and serves."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the address to serve at."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    def handle(self, *args, host: str, port: str, **options) -> None:
        """Run the steps, print where to look, and hand over to gunicorn."""
        port = checked_port(host, port)
        # Python drops a KeyboardInterrupt that falls into a weakref callback; migrations make many.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        steps = [
            ("Updating the database", self.migrate),
            ("Applying the roles", lambda: self.quietly("sync_roles")),
            ("Pointing the sites of this machine at the port", lambda: point_sites_at(port)),
            ("Adding demo content", self.add_demo_content),
            ("Collecting static files", self.collect_static),
        ]
        for number, (title, step) in enumerate(steps, 1):
            self.stdout.write(f"[{number}/{len(steps)}] {title} …", ending="")
            self.stdout.flush()
            self.stdout.write(f" {self.attempt(step) or 'done'}")
        names = names_of(host)
        self.welcome(answered(names), port)
        connections.close_all()
        workers.start()
        become_gunicorn(host, port, names)

    def attempt(self, step: Callable[[], str | None]) -> str | None:
        """Run a step, ending its line when it fails."""
        try:
            return step()
        except Exception:
            self.stdout.write("")
            self.stdout.flush()
            raise

    def quietly(self, command: str, **options) -> None:
        """Run a command with dots instead of its lines."""
        dots = Dots(self.stdout)
        call_command(command, stdout=dots, no_color=True, **options)

    def migrate(self) -> None:
        """Apply the migrations."""
        self.quietly("migrate", interactive=False)

    def add_demo_content(self) -> str | None:
        """Add the demo content once, to a site that has no mission yet."""
        if not is_first_run():
            return "there already"
        with transaction.atomic():  # stopped halfway, it begins anew on the next run
            self.quietly("demo_content")
        return None

    def collect_static(self) -> str | None:
        """Collect the static files when one of them has changed."""
        stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
        state = state_of_static_files()
        if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).exists():
            return "up to date"
        stamp.unlink(missing_ok=True)
        self.quietly("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)
        return None

    def welcome(self, names: list[str], port: int) -> None:
        """Print the addresses and the demo staff's ways in."""
        from embassy.demo import sign_ins, ways_in  # only here: the steps above do without it

        autodiscover_modules("demo")
        lines = [""]
        for path in ("/", "/admin/", "/django-admin/"):
            lines += [f"  http://{name}:{port}{path}" for name in names]
        lines += ["", "Demo staff, all of them for this machine only:"]
        for role, mail, password in sign_ins():
            lines += [f"  {role:<20} {mail:<36} {password}"]
            lines += [f"      {line}" for line in ways_in(mail)]
        lines += ["", f"Passkeys need a host by name: http://localhost:{port}/admin/"]
        self.stdout.write("\n".join([*lines, "", "Ctrl-C stops the server.", ""]))


class Dots(TextIOBase):
    """Shows a dot now and then while lines are written to it, so that work is seen to go on."""

    def __init__(self, terminal: OutputWrapper) -> None:
        """Take where the dots go."""
        self.terminal = terminal
        self.shown_at = time.monotonic()

    def write(self, text: str) -> int:
        """Take a line, and print a dot when the last one is half a second old."""
        if time.monotonic() - self.shown_at > 0.5:
            self.shown_at = time.monotonic()
            self.terminal.write(".", ending="")
            self.terminal.flush()
        return len(text)


def checked_port(host: str, port: str) -> int:
    """Give the port's number, or stop with a sentence when the site cannot be served there."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT={port} is no port: give a number from 1 to 65535, like 8001.")
    try:
        family = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as server:  # as gunicorn will
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind((host, int(port)))
    except (OSError, UnicodeError) as error:
        raise CommandError(refusal(host, port, error)) from error
    return int(port)


def refusal(host: str, port: str, error: Exception) -> str:
    """Say why the site cannot be served at an address, and what to do."""
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Another program uses port {port}: choose another, as in `make run PORT=8001`."
    if number == errno.EACCES:
        return f"Port {port} is not for this user: choose one from 1024, like `make run PORT=8001`."
    return (
        f"HOST={host} is no address of this machine: leave it out, or give 0.0.0.0 to be reached "
        "from others."
    )


def names_of(host: str) -> list[str]:
    """Give the names that browsers ask for when the server listens at a host."""
    if host not in EVERYWHERE:
        return [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys(["127.0.0.1", *filter(None, map(outward_address, EVERYWHERE[host]))]))


def outward_address(family: socket.AddressFamily) -> str:
    """Give the address by which this machine is reached from others; nothing without a network."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((ELSEWHERE[family], 9))  # sends nothing, but finds the way out
            found = probe.getsockname()[0]
    except OSError:
        return ""
    return f"[{found}]" if family == socket.AF_INET6 else found


def answered(names: list[str]) -> list[str]:
    """Keep the names under which the site answers, or else give those it was told to answer."""
    if settings.ALLOWS_WHERE_SERVED:
        return names
    allowed = settings.ALLOWED_HOSTS
    found = [name for name in names if validate_host(name, allowed)]
    return found or [name for name in allowed if not name.startswith(".")] or names


def is_first_run() -> bool:
    """Tell whether no mission has been set up in this database."""
    return not apps.get_model("embassy", "MissionSettings").objects.exists()


def point_sites_at(port: int) -> None:
    """Give the sites that answer on this machine only the port they are served at."""
    for site in Site.objects.filter(hostname__endswith=THIS_MACHINE).exclude(port=port):
        site.port = port
        site.save()


def state_of_static_files() -> str:
    """Hash the names, sizes and times of all static files and how they are stored."""
    state = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            state.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return state.hexdigest()


def become_gunicorn(host: str, port: int, names: list[str]) -> None:
    """Replace this process by gunicorn, which keeps our hold on the embedded database.

    `names` are what browsers ask for, which the development settings allow.
    A Ctrl-C that comes while Python starts anew waits until `gunicorn_hooks` lets it through.
    """
    name = f"[{host}]" if ":" in host else host
    sys.stdout.flush()
    command = [sys.executable, "-m", "embassy.serving.gunicorn_hooks"]
    command += ["embassy.wsgi", "--bind", f"{name}:{port}"]
    command += ["--env", f"SERVED_AT={','.join(names)}"]
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    os.execv(sys.executable, [*command, *GUNICORN_OPTIONS])
