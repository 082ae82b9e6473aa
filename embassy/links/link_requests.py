"""Whether an address elsewhere still leads somewhere: HEAD, then GET, following a few redirects.

Only the heads of answers are read. One host is asked at most once in a while, and never a host of
a private network.
"""

import time
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from embassy.links import outside
from embassy.links.outside import PORTS, Target, addresses_of, name_in
from embassy.models.links import LinkFault

AGENT = "Chancery-Links/1"
REDIRECTS, FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)
HIDES = (401, 403, 429, 999)  # what sites answer that do not speak to programs
NOT_THERE = (404, 410)
FAILURES = {
    outside.HostUnknown: LinkFault.HOST_UNKNOWN,
    outside.PrivateHost: LinkFault.PRIVATE,
    outside.NoConnection: LinkFault.NO_CONNECTION,
    outside.BadCertificate: LinkFault.CERTIFICATE,
    outside.TooSlow: LinkFault.TOO_SLOW,
    outside.BrokenOff: LinkFault.BROKEN_OFF,
}

Fault = tuple[LinkFault, str] | None


class NoAddress(Exception):
    """What is no address of a web server."""


class Asker:
    """Asks for addresses elsewhere, patiently: it remembers when each host was asked."""

    def __init__(self) -> None:
        self.asked: dict[str, float] = {}

    def fault_of(self, address: str) -> Fault:
        """Say what is wrong with an address: a fault and its detail, or None."""
        here, seen, for_good = address, {address}, True
        try:
            while True:
                status, there = self.ask(here)
                if status not in REDIRECTS or not there:
                    break
                here = urljoin(here, there)
                if here in seen or len(seen) > settings.LINK_CHECK["redirects"]:
                    return LinkFault.LOOP, ""
                for_good &= status in FOR_GOOD
                seen.add(here)
        except NoAddress:
            return LinkFault.NO_ADDRESS, ""
        except outside.Failed as failed:
            return FAILURES[type(failed)], ""
        if 200 <= status < 300:
            return (LinkFault.MOVED, here) if for_good and len(seen) > 1 else None
        return judged(status)

    def ask(self, address: str) -> tuple[int, str]:
        """Give the status of an address and where it points on; raises NoAddress or Failed."""
        target = target_of(address)
        status, there = self.once(target, "HEAD")
        if status >= 400:  # many servers answer HEAD wrongly
            status, there = self.once(target, "GET")
        return status, there

    def once(self, target: Target, method: str) -> tuple[int, str]:
        """Send one request, once its host has been left alone for long enough."""
        limits = settings.LINK_CHECK
        ready = self.asked.get(target.host, 0) + limits["pause"]
        time.sleep(max(0, ready - time.monotonic()))
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        try:
            answer = outside.ask(
                target, method, None, headers, limits["seconds"], limits["seconds"]
            )
        finally:
            self.asked[target.host] = time.monotonic()
        return answer.status, answer.headers.get("Location", "")


def judged(status: int) -> Fault:
    """Say what a status means that is neither success nor a redirect."""
    if status in NOT_THERE:
        return LinkFault.GONE, str(status)
    return (LinkFault.REFUSED if status in HIDES else LinkFault.STATUS), str(status)


def target_of(address: str) -> Target:
    """Read an address and look its host up; raises NoAddress or Failed."""
    try:
        parts = urlsplit(iri_to_uri(address))
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        host = host.encode("idna").decode()
    except ValueError:
        raise NoAddress from None
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        raise NoAddress
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    may_be_private = settings.LINK_CHECK["may_reach_private_networks"]
    found = addresses_of(host, port, may_be_private)
    return Target(parts.scheme == "https", host, port, path, name_in(host, parts.port), found)
