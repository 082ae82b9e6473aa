"""Asking servers elsewhere: only on the public internet unless allowed more, and within a time.

A host is looked up once, every address it has is checked, and the request goes to one of the very
addresses that were checked: a name that changes its mind in between leads nowhere else. Only the
head of the answer is read, and nothing is followed.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address

PORTS = {"https": 443, "http": 80}


class Failed(Exception):
    """A server that could not be asked; its kinds say why."""


class HostUnknown(Failed):
    """No address is known for the name."""


class PrivateHost(Failed):
    """The name leads into a private network."""


class NoConnection(Failed):
    """Nothing answers there."""


class BadCertificate(Failed):
    """Who answers cannot prove the name."""


class TooSlow(Failed):
    """No answer came in time."""


class BrokenOff(Failed):
    """The connection broke off, or what came is no answer."""


@dataclass(frozen=True)
class Target:
    """Where a request goes: the host as it is named, and the checked addresses it has."""

    is_secure: bool
    host: str
    port: int
    path: str
    named: str
    addresses: tuple[str, ...]


def name_in(host: str, port: int | None) -> str:
    """Name a host as the Host header does."""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}" if port else name


def addresses_of(host: str, port: int, may_be_private: bool) -> tuple[str, ...]:
    """Look a host up; one private address among several is enough to refuse it (PrivateHost)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise HostUnknown from None
    addresses = tuple(dict.fromkeys(entry[4][0] for entry in found))
    if not may_be_private and not all(is_public(address) for address in addresses):
        raise PrivateHost
    return addresses


def is_public(text: str) -> bool:
    """Whether an address is one of the public internet.

    One that hides another inside (IPv4 in IPv6, 6to4, Teredo, NAT64) counts as private.
    """
    address = ip_address(text.partition("%")[0])
    if address.version == 6:
        hidden = address.ipv4_mapped or address.sixtofour or address.teredo
        if hidden or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def ask(
    target: Target,
    method: str,
    body: bytes | None,
    headers: dict[str, str],
    connect_seconds: float,
    answer_seconds: float,
) -> http.client.HTTPResponse:
    """Send a request and give the head of the answer, its body unread; raises Failed.

    `answer_seconds` run from the handshake to the last line of the head.
    """
    connection = connected(target, connect_seconds, answer_seconds)
    with cut_after(answer_seconds, connection) as over:
        try:
            answer = answer_of(connection, target, method, body, headers)
        except (OSError, http.client.HTTPException) as error:
            raise failure_of(error, over.is_set()) from None
        if over.is_set():  # a head cut off by us reads like a short one
            raise TooSlow
        return answer


@contextmanager
def cut_after(seconds: float, connection: socket.socket) -> Iterator[threading.Event]:
    """End a connection after so long, whatever is going on in it, and at the end of the block."""
    over = threading.Event()

    def cut() -> None:
        """End it."""
        over.set()
        end(connection)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield over
    finally:
        watch.cancel()
        connection.close()


def failure_of(error: Exception, is_over: bool) -> Failed:
    """Give what went wrong; SSL's own errors are errors of the system too."""
    if is_over or isinstance(error, TimeoutError):
        return TooSlow()
    return BadCertificate() if isinstance(error, ssl.SSLCertVerificationError) else BrokenOff()


def connected(target: Target, connect_seconds: float, answer_seconds: float) -> socket.socket:
    """Connect to the first of the checked addresses that answers; the handshake is yet to come."""
    for address in target.addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=connect_seconds)
        except OSError:
            continue
        plain.settimeout(answer_seconds)
        if not target.is_secure:
            return plain
        trusted = ssl.create_default_context()
        options = {"server_hostname": target.host, "do_handshake_on_connect": False}
        return trusted.wrap_socket(plain, **options)
    raise NoConnection


def end(connection: socket.socket) -> None:
    """Shut a connection below its encryption, so that whoever waits on it wakes up."""
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


def answer_of(
    connection: socket.socket, target: Target, method: str, body: bytes | None, headers: dict
) -> http.client.HTTPResponse:
    """Send a request on an open connection and read the head of the answer, not its body."""
    if isinstance(connection, ssl.SSLSocket):
        connection.do_handshake()
    client = http.client.HTTPConnection(target.host, target.port)
    client.sock = connection
    client.request(method, target.path, body, {"Host": target.named, **headers})
    return client.getresponse()
