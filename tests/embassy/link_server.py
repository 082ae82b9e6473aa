"""A web server on this machine that behaves as a path says, for the check of links."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

from tests.receivers import PATIENCE, Misbehaving, Server


class Handler(Misbehaving):
    """Behaves as the first part of the path says."""

    asked: list[tuple[str, str]]

    def behave(self) -> None:
        """Note the request, and do as its path says."""
        self.asked.append((self.command, self.path))
        getattr(self, self.path.split("/")[1])()

    do_GET = do_HEAD = behave

    def ok(self) -> None:
        """All is well."""
        self.answer(200)

    def missing(self) -> None:
        """Nothing is here."""
        self.answer(404)

    def gone(self) -> None:
        """Nothing is here any more."""
        self.answer(410)

    def fail(self) -> None:
        """Fail."""
        self.answer(500)

    def hides(self) -> None:
        """Speak to no program."""
        self.answer(403)

    def noheads(self) -> None:
        """Answer GET only."""
        self.answer(405 if self.command == "HEAD" else 200)

    def moved(self) -> None:
        """Be elsewhere for good."""
        self.answer(301, Location="/ok/new")

    def hop(self) -> None:
        """Be elsewhere for now."""
        self.answer(302, Location="/ok/now")

    def lost(self) -> None:
        """Be elsewhere, where nothing is."""
        self.answer(302, Location="/missing/there")

    def loop(self) -> None:
        """Point back and forth."""
        self.answer(302, Location="/loop/b" if self.path == "/loop/a" else "/loop/a")

    def chain(self) -> None:
        """Point on and on, to another address each time."""
        self.answer(302, Location=f"/chain/{int(self.path.split('/')[2]) + 1}")

    def inward(self) -> None:
        """Point into another network."""
        self.answer(302, Location="http://10.0.0.1/")

    def slow(self) -> None:
        """Say nothing until the test is over."""
        self.release.wait(PATIENCE)

    def huge(self) -> None:
        """Fail at HEAD, and send a body that never ends."""
        if self.command == "HEAD":
            self.answer(500)
        else:
            super().huge()


class Web:
    """A server that listens, and what it was asked."""

    def __init__(self, port: int, asked: list[tuple[str, str]]):
        self.port, self.asked = port, asked

    def at(self, path: str, scheme: str = "http") -> str:
        """Give the address of a path."""
        return f"{scheme}://127.0.0.1:{self.port}{path}"


@contextmanager
def web(certificate: Path | None = None) -> Iterator[Web]:
    """Listen until the end of the block; behind encryption with a certificate."""
    asked: list[tuple[str, str]] = []
    release = threading.Event()
    server = Server(
        ("127.0.0.1", 0), type("Handler", (Handler,), {"asked": asked, "release": release})
    )
    server.handle_error = lambda *_: None  # callers that do not trust us hang up
    if certificate is not None:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Web(server.server_address[1], asked)
    finally:
        release.set()
        server.shutdown()
        thread.join()
        server.server_close()
