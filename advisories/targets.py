"""Where a webhook may lead: only to addresses of the public internet, unless settings allow more.

How a host is looked up and checked is `embassy.links.outside`'s to say.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from advisories.vocabulary import Why
from embassy.links.outside import PORTS, HostUnknown, PrivateHost, Target, addresses_of, name_in


class TargetRefused(Exception):
    """An address that nothing may or can be sent to."""

    def __init__(self, why: Why):
        super().__init__(why.value)
        self.why = why

    @property
    def sentence(self) -> str:
        """Why, in the reader's language."""
        return self.why.sentence()


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
    found = looked_up(host, port)
    return Target(parts.scheme == "https", host, port, path, name_in(host, parts.port), found)


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """Give the checked addresses of a host; raises TargetRefused."""
    try:
        return addresses_of(host, port, settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS)
    except HostUnknown:
        raise TargetRefused(Why.HOST_UNKNOWN) from None
    except PrivateHost:
        raise TargetRefused(Why.PRIVATE) from None
