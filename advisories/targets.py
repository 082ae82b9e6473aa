"""Where a webhook may lead: only to addresses of the public internet, unless settings allow more.

A host is looked up once, every address it has is checked, and the message goes to one of the very
addresses that were checked: a name that changes its mind in between leads nowhere else.
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from advisories.vocabulary import Why

PORTS = {"https": 443, "http": 80}


class TargetRefused(Exception):
    """An address that nothing may or can be sent to."""

    def __init__(self, why: Why):
        super().__init__(why.value)
        self.why = why

    @property
    def sentence(self) -> str:
        """Why, in the reader's language."""
        return self.why.sentence()


@dataclass(frozen=True)
class Target:
    """Where a message goes: the host as it is named, and the checked addresses it has."""

    is_secure: bool
    host: str
    port: int
    path: str
    named: str
    addresses: tuple[str, ...]


def target_of(address: str) -> Target:
    """Read an address and look its host up; raises TargetRefused."""
    try:
        parts = urlsplit(iri_to_uri(address))
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        host = host.encode("idna").decode()
    except ValueError:  # also what IDNA cannot spell
        raise TargetRefused(Why.NO_ADDRESS) from None
    if parts.scheme not in PORTS or not host or "@" in parts.netloc or parts.fragment:
        raise TargetRefused(Why.NO_ADDRESS)
    if parts.scheme != "https" and not settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS:
        raise TargetRefused(Why.INSECURE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = addresses_of(host, port)
    return Target(parts.scheme == "https", host, port, path, name_in(host, parts.port), found)


def name_in(host: str, port: int | None) -> str:
    """Name a host as the Host header does."""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}" if port else name


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """Look a host up; one private address among several is enough to refuse it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise TargetRefused(Why.HOST_UNKNOWN) from None
    addresses = tuple(dict.fromkeys(entry[4][0] for entry in found))
    may_be_private = settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS
    if not may_be_private and not all(is_public(address) for address in addresses):
        raise TargetRefused(Why.PRIVATE)
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
