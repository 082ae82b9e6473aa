"""HEAD is answered with the headers that GET has and no body, which gunicorn would warn about."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from embassy.wsgi import application

pytestmark = pytest.mark.django_db
CHANGING = {"Date", "X-Accel-Expires", "Cache-Control", "ETag"}


def ask(method: str, path: str) -> tuple[str, dict[str, str], bytes]:
    """Ask the application as a server does."""
    told = {}

    def start_response(status, headers, exc_info=None):
        """Keep what the server would send first."""
        told.update(status=status, headers=dict(headers))

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    body = application(environ, start_response)
    sent = b"".join(body)
    getattr(body, "close", lambda: None)()
    return told["status"], told["headers"], sent


@pytest.fixture
def kept_open():
    """Keep the test's own connection when a request begins and ends."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    "path",
    ["/", "/fr/alerts/", "/robots.txt", "/news/feed.atom", "/nothing-here/", "/account/sign-in/"],
)
def test_head_has_the_headers_of_get_and_no_body(site, kept_open, path):
    status, headers, body = ask("GET", path)
    assert body
    ended = []
    request_finished.connect(receiver := lambda **kwargs: ended.append(True))
    answered, alone, nothing = ask("HEAD", path)
    request_finished.disconnect(receiver)
    assert (answered, nothing) == (status, b"")
    assert ended == [True]
    same = {name for name in headers if name not in CHANGING and name != "Set-Cookie"}
    assert same <= set(alone)
    assert alone.get("Content-Type") == headers.get("Content-Type")
    assert int(alone["Content-Length"]) > 0
