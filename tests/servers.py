"""What every test that starts a server needs: a port, and patience until it answers."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import ROOT


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Wait until the server answers, or say why it never will."""
    for _attempt in range(240):
        if process.poll() is not None:
            raise RuntimeError("The server stopped before it answered.")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise RuntimeError(f"The server did not answer at {url}.")


def started_with(*words: str) -> list[int]:
    """Give the numbers of the processes that were started with all of these words.

    Others come and go while they are listed: one that has ended is none of them.
    """
    wanted, numbers = {word.encode() for word in words}, []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted <= set((entry / "cmdline").read_bytes().split(b"\0")):
                numbers.append(int(entry.name))
    return numbers


@contextmanager
def running(database: str, port: int = 0, **variables: str) -> Iterator[str]:
    """Run the demo site on a database until the end of the block; gives its address.

    `port` is where it runs, for a server that comes back; `variables` are of its environment.
    """
    port = port or free_port()
    environment = {
        **os.environ,
        **variables,
        "DJANGO_SETTINGS_MODULE": "embassy.settings.test_server",
        "TEST_DATABASE": database,
    }
    command = [sys.executable, "-m", "gunicorn", "embassy.wsgi", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(f"http://localhost:{port}/health/", process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
