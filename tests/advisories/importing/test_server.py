"""A feed that is fetched: only whole answers, only from secure addresses."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from advisories.importing.importer import import_feed
from advisories.models import FeedCopy
from tests.advisories.importing.feeds import entry, rss
from tests.advisories.importing.steps import AT, changed_since, everything, kinds

pytestmark = pytest.mark.django_db


class Answers(BaseHTTPRequestHandler):
    """Answers by the path it is asked for."""

    raw = rss(entry("Mali", 3))
    hold = threading.Event()

    def do_GET(self):
        """Answer as the path says."""
        getattr(self, self.path.strip("/").partition("?")[0])()

    def answer(self, status=200, body=b"", length=None, **headers):
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def good(self):
        self.answer(body=self.raw)

    def error(self):
        self.answer(500, self.raw)

    def not_found(self):
        self.answer(404, b"<rss/>")

    def no_content(self):
        self.answer(204)

    def moved(self):
        self.answer(302, b"", Location="/good?key=secret")

    def empty(self):
        self.answer(body=b" \n")

    def truncated(self):
        self.answer(body=self.raw[:200], length=len(self.raw))

    def page(self):
        self.answer(body=b"<html><p>Come back later</p></html>")

    def huge(self):
        self.answer(body=self.raw * 5)

    def packed(self):
        self.answer(body=gzip.compress(self.raw), **{"Content-Encoding": "gzip"})

    def chunked(self, end=b"0\r\n\r\n"):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(self.raw), self.raw) + end)

    def chunk_missing(self):
        self.chunked(end=b"")

    def silent(self):
        self.hold.wait(20)

    def pauses(self):
        self.answer(body=self.raw[:200], length=len(self.raw))
        self.wfile.flush()
        self.hold.wait(20)

    def drips(self):
        self.answer(body=b"<rss>", length=10_000)
        while not self.hold.wait(0.1):
            self.wfile.write(b" ")
            self.wfile.flush()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    """A server on this machine; gives its address."""
    monkeypatch.setenv("NO_PROXY", "*")
    Answers.hold.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        Answers.hold.set()
        running.shutdown()


def from_server(address: str):
    """Import from an address."""
    return import_feed(address, AT, lambda line: None)


@pytest.mark.parametrize("path", ["good", "chunked"])
def test_an_address_is_imported_and_named_without_its_keys(page, server, path):
    report = from_server(f"{server}/{path}?key=secret#x")
    assert report.refused is None and kinds(report) == ["draft"]
    assert FeedCopy.objects.get().source == f"{server}/{path}"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("error", "status"),
        ("not_found", "status"),
        ("no_content", "status"),
        ("moved", "moved"),
        ("empty", "nothing"),
        ("truncated", "broken_off"),
        ("page", "neither"),
        ("huge", "large"),
        ("packed", "neither"),
        ("chunk_missing", "broken_off"),
        ("silent", "silent"),
        ("pauses", "silent"),
        ("drips", "silent"),
    ],
)
def test_an_answer_that_is_not_a_whole_feed_changes_nothing(page, server, settings, path, reason):
    limits = {"seconds": 1, "bytes": len(Answers.raw) * 4}
    settings.ADVISORY_FEED = {**settings.ADVISORY_FEED, **limits}
    before = everything()
    report = from_server(f"{server}/{path}")
    assert report.refused.reason == reason
    assert "secret" not in str(report.refused)
    assert changed_since(before) == {"advisories_feedrefusal"}


@pytest.mark.parametrize(
    "address",
    [
        *("http://travel.example.gov/feed.xml", "ftp://travel.example.gov/", "https://", "://x"),
        *("file:///etc/hostname", "https://[", "http://localhost.example.org/"),
    ],
)
def test_only_secure_addresses_are_asked(page, address):
    assert from_server(address).refused.reason == "address"


def test_a_server_that_is_not_there_is_said_to_be_so(page, server, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as gone:
        port = gone.server_port
    assert from_server(f"http://127.0.0.1:{port}/good").refused.reason == "unreachable"
