"""Those who listen at the other end: a web server and a mail server on this machine, for real."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

from tests.servers import free_port

PATIENCE = 60  # seconds after which a test gives up waiting


@dataclass(frozen=True)
class Call:
    """A request as it came in; names of headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What a web server heard, and how it behaves by the first part of the path."""

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)
    release: threading.Event = field(default_factory=threading.Event)
    together: int = 0  # so many calls must be under way at once before any is answered

    def address(self, path: str) -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def at(self, start: str) -> list[Call]:
        """Give the calls of paths that begin like this."""
        return [call for call in self.calls if call.path.startswith(start)]

    def wait_for(self, start: str, count: int = 1) -> list[Call]:
        """Wait until there were so many calls."""
        with self.heard:
            arrived = self.heard.wait_for(lambda: len(self.at(start)) >= count, PATIENCE)
        assert arrived, f"{len(self.at(start))} calls of {count}"
        return self.at(start)

    def hear(self, call: Call) -> None:
        """Note a call."""
        with self.heard:
            self.calls.append(call)
            self.heard.notify_all()


class Misbehaving(BaseHTTPRequestHandler):
    """What every server of ours can do until `release` is set; each kind has more of its own."""

    release: threading.Event

    def answer(self, status: int, **headers: str) -> None:
        """Answer without a body."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """Send a head that never ends, a letter at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.release.wait(0.05):
            self.wfile.write(b"x")

    def huge(self) -> None:
        """Send a body that never ends."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not self.release.is_set():
            self.wfile.write(b"x" * 65536)

    def cut(self) -> None:
        """Hang up."""
        self.close_connection = True

    def handle_one_request(self) -> None:
        """Bear with callers that hang up."""
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def log_message(self, *args) -> None:
        """Stay quiet."""


class Handler(Misbehaving):
    """Behaves as the path says: /ok, /fail, /gone, /away, /slow, /drip, /huge, /cut."""

    receiver: Receiver

    def do_POST(self) -> None:
        """Hear, and answer or not."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.hear(Call(self.path, headers, body))
        getattr(self, self.path.split("/")[1])()

    def ok(self) -> None:
        """Take it, once enough others are here too."""
        receiver = self.receiver
        with receiver.heard:
            receiver.heard.wait_for(lambda: len(receiver.calls) >= receiver.together, PATIENCE)
        self.answer(204)

    def fail(self) -> None:
        """Fail."""
        self.answer(503)

    def gone(self) -> None:
        """Say that nobody listens here any more."""
        self.answer(410)

    def away(self) -> None:
        """Point elsewhere."""
        self.answer(302, Location=self.receiver.address("/ok/elsewhere"))

    def slow(self) -> None:
        """Say nothing until the test is over."""
        self.release.wait(PATIENCE)
        self.answer(204)


class Server(ThreadingHTTPServer):
    """Takes many callers at once."""

    daemon_threads = True
    request_queue_size = 128


@contextmanager
def web_receiver() -> Iterator[Receiver]:
    """Listen for webhooks until the end of the block."""
    receiver = Receiver()
    handler = type("Handler", (Handler,), {"receiver": receiver, "release": receiver.release})
    server = Server(("127.0.0.1", 0), handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.release.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Letters:
    """What a mail server takes, and whom it refuses."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        """Take a recipient or refuse them."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        """Take a mail."""
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def mail_receiver(settings) -> Iterator[Letters]:
    """Listen for mail until the end of the block, and send ours there."""
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = controller.port
        yield letters
    finally:
        controller.stop()
