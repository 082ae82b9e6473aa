"""Fetching a feed: the bytes of a file, or of an address that answers whole and in time."""

import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError, ReadTimeoutError

from advisories.importing.reasons import FeedRefused
from embassy.texts.invisible import without_invisible

PIECE = 64 * 1024
PLAIN = {"Accept-Encoding": "identity"}  # so that what comes can be counted as it comes
LOCAL = ("localhost", "127.0.0.1", "::1")


def is_address(source: str) -> bool:
    """Whether a source is an address, not a file."""
    return "://" in source


def name_of(source: str) -> str:
    """Give how a source is named in rows and on screens: without folders, accounts and keys."""
    if not is_address(source):
        return without_invisible(Path(source).name)[:200]
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:200]


def fetch(source: str) -> bytes:
    """Give the bytes of a source; raises FeedRefused with the reason."""
    raw = fetch_address(source) if is_address(source) else read_file(source)
    if not raw.strip():
        raise FeedRefused("nothing")
    return raw


def read_file(source: str) -> bytes:
    """Read a file, up to the size that a feed may have."""
    limit = settings.ADVISORY_FEED["bytes"]
    try:
        with Path(source).open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise FeedRefused("file") from error
    except ValueError as error:  # a name with a zero byte
        raise FeedRefused("file") from error
    if len(raw) > limit:
        raise FeedRefused("large", limit=limit)
    return raw


def fetch_address(address: str) -> bytes:
    """Ask a server: https only except on this machine, no redirect, one deadline for everything."""
    check_address(address)
    seconds = settings.ADVISORY_FEED["seconds"]
    deadline = time.monotonic() + seconds
    how = {"stream": True, "timeout": seconds, "allow_redirects": False}
    try:
        with requests.get(address, headers=PLAIN, **how) as response:
            return body_of(response, deadline)
    except (requests.Timeout, ReadTimeoutError) as error:
        raise FeedRefused("silent") from error
    except requests.RequestException as error:
        raise FeedRefused("unreachable") from error
    except HTTPError as error:  # urllib3's, while the body is read
        raise FeedRefused("broken_off") from error


def check_address(address: str) -> None:
    """Refuse what is no web address, and http anywhere but on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise FeedRefused("address") from error
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    if not secure or not host:
        raise FeedRefused("address")


def body_of(response: requests.Response, deadline: float) -> bytes:
    """Read an answer of 200 to its end."""
    if response.is_redirect:
        there = urljoin(response.url, response.headers["Location"])
        raise FeedRefused("moved", address=name_of(there))
    if response.status_code != 200:
        raise FeedRefused("status", status=response.status_code)
    limit = settings.ADVISORY_FEED["bytes"]
    found = bytearray()
    while piece := response.raw.read1(PIECE, decode_content=False):  # as it comes, however little
        found += piece
        if len(found) > limit:
            raise FeedRefused("large", limit=limit)
        if time.monotonic() > deadline:
            raise FeedRefused("silent")
    return bytes(found)
