"""From where in the network a request came."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

NETWORK = 64  # of an IPv6 address: what one household or office has


def client_of(request: HttpRequest) -> str:
    """Give the address of the network a request came from, or nothing where none is known."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""


def network_of(address: str) -> str:
    """Give an address as it is counted: itself, or its network where it has many."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(number, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((number, NETWORK), strict=False))
    return str(number)
