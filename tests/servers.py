"""What every test that starts a server needs: a port, and patience until it answers."""

import socket
import subprocess
import time
import urllib.error
import urllib.request


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
