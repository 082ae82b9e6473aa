"""The leaving-site notice: which addresses need one, and a signature that nobody can forge.

An address is led to, signed and shown in ASCII alone: its host as the name system knows it, other
letters of its path as percent signs. So no letter can turn the text around or look like another.
"""

import re
from urllib.parse import quote, urlencode, urlsplit

import idna
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "leaving"
NOT_ASCII = re.compile(r"[^\x21-\x7e]+")
HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]", re.I)


def is_plain_web_address(url: str) -> bool:
    """Whether it is an http or https address with a host and nothing hidden in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    hidden = parts.username is not None or any(c.isspace() or ord(c) < 32 for c in url)
    return parts.scheme in ("http", "https") and bool(host) and not hidden


def in_ascii(url: str) -> str:
    """Give an address as a browser asks for it, in ASCII; nothing when it is not usable."""
    if not is_plain_web_address(url):
        return ""
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.netloc.removesuffix(port_of(parts.netloc)))
        place = f"{host}{port_of(parts.netloc)}"
        return NOT_ASCII.sub(lambda found: quote(found[0]), parts._replace(netloc=place).geturl())
    except ValueError:  # a name no host can have, or half a character
        return ""


def port_of(place: str) -> str:
    """Give the port of “host:port” with its colon, or nothing."""
    return found[0] if (found := re.search(r":\d*$", place)) else ""


def ascii_host(host: str) -> str:
    """Give a host's name as the name system knows it; refuse what is none."""
    known = host if host.isascii() else idna.encode(host, uts46=True).decode()
    if not HOST.fullmatch(known):
        raise ValueError(host)
    return known


def host_in_letters(url: str) -> str:
    """Give the host of an address in its own letters, where it has some that are not ASCII."""
    host = urlsplit(url).hostname or ""
    if "xn--" not in host:
        return ""
    try:
        return idna.decode(host)
    except ValueError:
        return ""


def needs_notice(url: str) -> bool:
    """Whether an address is outside the hosts this service answers for."""
    host = (urlsplit(url).hostname or "").lower()
    return not any(
        host == own or host.endswith(f".{own}") for own in settings.HOSTS_WITHOUT_LEAVING_NOTICE
    )


def leaving_url(url: str) -> str:
    """Give the address to link to: the notice with a signed target, or nothing when unusable."""
    url = in_ascii(url)
    if not url or not needs_notice(url):
        return url
    return f"{reverse('leaving')}?{urlencode({'to': Signer(salt=SALT).sign(url)})}"


def target_of(signed: str) -> str:
    """Give the target a notice was signed for, or nothing for a forged or unusable one."""
    try:
        url = Signer(salt=SALT).unsign(signed)
    except BadSignature:
        return ""
    return in_ascii(url)
