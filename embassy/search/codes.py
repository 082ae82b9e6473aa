"""What readers type instead of words: a code that leads to one page, asked of who issues it."""

from wagtail import hooks
from wagtail.models import Site

FOUND_BY_CODE = "found_by_code"
"""Functions of a site and what was typed; each gives an address, or nothing, without a query where
it is no code of theirs."""


def address_by_code(site: Site, typed: str) -> str:
    """Give the address of what a code of a mission stands for; nothing where it is none."""
    found = (ask(site, typed) for ask in hooks.get_hooks(FOUND_BY_CODE))
    return next((address for address in found if address), "")
