"""The leaving-site notice: which addresses need one, and a signature that nobody can forge."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "leaving"


def is_plain_web_address(url: str) -> bool:
    """Whether it is an http or https address with a host and nothing hidden in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    hidden = parts.username is not None or any(c.isspace() or ord(c) < 32 for c in url)
    return parts.scheme in ("http", "https") and bool(host) and not hidden


def needs_notice(url: str) -> bool:
    """Whether an address is outside the hosts this service answers for."""
    host = (urlsplit(url).hostname or "").lower()
    return not any(
        host == own or host.endswith(f".{own}") for own in settings.HOSTS_WITHOUT_LEAVING_NOTICE
    )


def leaving_url(url: str) -> str:
    """Give the address to link to: the notice with a signed target, or nothing when unusable."""
    if not is_plain_web_address(url):
        return ""
    if not needs_notice(url):
        return url
    return f"{reverse('leaving')}?{urlencode({'to': Signer(salt=SALT).sign(url)})}"


def target_of(signed: str) -> str:
    """Give the target a notice was signed for, or nothing for a forged or unusable one."""
    try:
        url = Signer(salt=SALT).unsign(signed)
    except BadSignature:
        return ""
    return url if is_plain_web_address(url) else ""
