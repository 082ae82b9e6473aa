"""Reading a feed's bytes, RSS or JSON, strictly: entries as served, judged by nobody yet."""

import json
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from advisories.importing.reasons import FeedRefused


@dataclass(frozen=True)
class Entry:
    """One item as served: every part is text, empty where there is none."""

    title: str
    link: str
    published: str
    body: str


def read_feed(raw: bytes) -> list[Entry]:
    """Give a feed's entries; raises FeedRefused when it is not one, or has none."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"[", b"{"):
        entries = read_json(raw)
    elif start == b"<":
        entries = read_rss(raw)
    else:
        raise FeedRefused("neither")
    if not entries:
        raise FeedRefused("no_items")
    return entries


def read_rss(raw: bytes) -> list[Entry]:
    """Read RSS 2.0; a document type, entities and anything not well-formed are refused."""
    try:
        root = fromstring(raw.strip(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FeedRefused("entities") from error
    except (ParseError, ValueError, LookupError) as error:  # the last two: odd encodings
        raise FeedRefused("malformed") from error
    if root.tag != "rss":
        raise FeedRefused("neither")
    return [
        Entry(
            title=text_of(item, "title"),
            link=text_of(item, "link"),
            published=text_of(item, "pubDate"),
            body=text_of(item, "description"),
        )
        for item in root.iterfind("channel/item")
    ]


def text_of(item, name: str) -> str:
    """Give the text of an item's part; markup inside it that is not escaped makes it no text."""
    found = item.findall(name)
    if len(found) != 1 or len(found[0]):
        return ""
    return (found[0].text or "").strip()


def read_json(raw: bytes) -> list[Entry]:
    """Read the Department's JSON: a list of objects."""
    try:
        rows = json.loads(raw)
    except (ValueError, RecursionError) as error:  # bad encodings are ValueErrors too
        raise FeedRefused("malformed") from error
    if not isinstance(rows, list):
        raise FeedRefused("neither")
    return [entry_of(row if isinstance(row, dict) else {}) for row in rows]


def entry_of(row: dict) -> Entry:
    """Read one object; what is not text counts as missing."""
    parts = ("Title", "Link", "Published", "Summary")
    title, link, published, body = (
        value.strip() if isinstance(value := row.get(name), str) else "" for name in parts
    )
    return Entry(title, link, published, body)
