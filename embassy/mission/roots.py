"""Where a mission answers, with scheme and host, for what is written without being asked for.

A page or a feed answers a request, and names the scheme and host it was asked at. A CAP message, a
mail, a webhook or a QR code is asked for by nobody: it names the root given here. A public server
leads everybody to https (`SECURE_SSL_REDIRECT`), so there the root is https, whichever of the two
standard ports its site has.
"""

from django.conf import settings
from wagtail.models import Site

HTTP, HTTPS = 80, 443
THIS_MACHINE = "localhost"


def root_of(site: Site) -> str:
    """Give the address of a mission's host, without a slash at its end."""
    return as_served(site.root_url)


def as_served(address: str) -> str:
    """Give an absolute address with the scheme by which the service is reached."""
    if settings.SECURE_SSL_REDIRECT and address.startswith("http://"):
        return "https://" + address.removeprefix("http://")
    return address


def port_for(hostname: str) -> int:
    """Give the port at which a new mission answers.

    The missions of this machine alone answer where the last `make run` served them.
    """
    if hostname.endswith(THIS_MACHINE):
        here = Site.objects.filter(hostname__endswith=THIS_MACHINE).order_by("pk").first()
        if here is not None:
            return here.port
    return standard_port()


def standard_port() -> int:
    """Give the port at which a new mission answers: that of https on a public server."""
    return HTTPS if settings.SECURE_SSL_REDIRECT else HTTP
