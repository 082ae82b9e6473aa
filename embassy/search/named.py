"""What is no page and yet has an address, like the emergency card: found by what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail import hooks
from wagtail.models import Site

FOUND_BY_NAME = "found_by_name"
"""Functions of a site and the words asked; each gives a `Named`, or nothing, without a query where
it is not asked for."""


@dataclass(frozen=True)
class Named:
    """Something that stands before all pages, because it is asked for by name."""

    title: str
    url: str
    says: str
    contacts: Sequence = ()
    """Contact points to reach at once, from the search itself."""


def found_by_name(site: Site, words: str) -> list[Named]:
    """Give what some words name."""
    found = (ask(site, words) for ask in hooks.get_hooks(FOUND_BY_NAME))
    return [one for one in found if one]
