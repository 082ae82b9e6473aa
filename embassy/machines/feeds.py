"""Feeds as RFC 4287 (Atom), RFC 5005 (archives) and RSS 2.0 have them, from plain entries.

An entry's texts are plain; they are cut so that a feed of fifty stays small, and cleaned of what
XML cannot hold. A feed's own time of change is given, never taken from the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

from embassy.texts.xmltext import xml_text

ENTRY_BYTES = 1900  # so that fifty entries take less than 100 KB
MARKUP_BYTES = 500  # of which this much is always the same
LEAST_SUMMARY = 200
HISTORY = "http://purl.org/syndication/history/1.0"


@dataclass(frozen=True)
class Link:
    """A link of a feed or an entry besides its own address."""

    rel: str
    href: str
    type: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of the element."""
        return {name: text for name, text in vars(self).items() if text}


@dataclass(frozen=True)
class Entry:
    """One entry: what it is called for good, where it leads, what it says, since when."""

    id: str
    title: str
    url: str
    summary: str
    published: datetime
    updated: datetime
    language: str
    categories: tuple[tuple[str, str], ...] = ()  # (term, label)
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class FeedOf:
    """A feed: its name for good, its addresses, when anything in it last changed, its entries."""

    id: str
    title: str
    subtitle: str
    author: str
    language: str
    url: str
    page_url: str
    updated: datetime
    entries: list[Entry] = field(default_factory=list)
    links: tuple[Link, ...] = ()
    is_archive: bool = False


class Atom(Atom1Feed):
    """Atom with links, categories and languages of entries."""

    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime:
        """Give when the feed changed: that an entry left it is a change too."""
        return self.feed["changed"]

    def root_attributes(self) -> dict:
        """Name the vocabulary of archives where it is used."""
        return {**super().root_attributes(), **({"xmlns:fh": HISTORY} if self.archived else {})}

    @property
    def archived(self) -> bool:
        """Whether this part of the feed will never change."""
        return self.feed["is_archive"]

    def add_root_elements(self, handler) -> None:
        """Add the links, and the mark of an archive."""
        super().add_root_elements(handler)
        for link in self.feed["links"]:
            handler.addQuickElement("link", "", link.attributes)
        if self.archived:
            handler.addQuickElement("fh:archive", "")

    def item_attributes(self, item: dict) -> dict:
        """Say the language where it is not the feed's."""
        own = item["language"]
        return {"xml:lang": own} if own != self.feed["language"] else {}

    def add_item_elements(self, handler, item: dict) -> None:
        """Add categories with their codes, and links."""
        super().add_item_elements(handler, item)
        for term, label in item["kinds"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})
        for link in item["links"]:
            handler.addQuickElement("link", "", link.attributes)


class Rss(Rss201rev2Feed):
    """RSS with categories by their names."""

    latest_post_date = Atom.latest_post_date

    def add_item_elements(self, handler, item: dict) -> None:
        """Add the categories."""
        super().add_item_elements(handler, item)
        for _term, label in item["kinds"]:
            handler.addQuickElement("category", label)


def feed_response(feed: FeedOf, kind: type[SyndicationFeed] = Atom) -> HttpResponse:
    """Write a feed."""
    made = kind(
        title=xml_text(feed.title),
        link=feed.page_url,
        description=xml_text(feed.subtitle),
        subtitle=xml_text(feed.subtitle),
        language=feed.language,
        author_name=xml_text(feed.author),
        feed_url=feed.url,
        feed_guid=feed.id,
        changed=feed.updated,
        links=feed.links,
        is_archive=feed.is_archive,
    )
    for entry in feed.entries:
        made.add_item(**item_of(entry))
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def item_of(entry: Entry) -> dict:
    """Give an entry as the generator takes it."""
    return {
        "title": xml_text(entry.title),
        "link": entry.url,
        "description": escape(cut(xml_text(entry.summary), room_in(entry))).replace("\n", "<br>"),
        "unique_id": entry.id,
        "unique_id_is_permalink": False,
        "pubdate": entry.published,
        "updateddate": entry.updated,
        "language": entry.language,
        "kinds": [(xml_text(term), xml_text(label)) for term, label in entry.categories],
        "links": entry.links,
    }


def room_in(entry: Entry) -> int:
    """Give how many bytes of an entry its title and addresses leave for the summary."""
    words = [entry.title, *(text for pair in entry.categories for text in pair)]
    addresses = [entry.id, entry.url, *(link.href for link in entry.links)]
    taken = sum(map(weight, words)) + sum(map(len, addresses))
    return max(LEAST_SUMMARY, ENTRY_BYTES - MARKUP_BYTES - taken)


def cut(text: str, size: int) -> str:
    """Give as many whole words of a text as fit into a number of bytes, escaped twice."""
    if weight(text) <= size:
        return text
    end, used = 0, 0
    for character in text:
        used += weight(character)
        if used > size:
            break
        end += 1
    kept = text[:end]
    if not text[end].isspace() and any(map(str.isspace, kept)):
        kept = kept[: -len(kept.split()[-1])] if not kept[-1].isspace() else kept
    return f"{kept.rstrip()} …"


def weight(text: str) -> int:
    """Give how many bytes a text takes in a feed, where it is HTML inside XML."""
    html = escape(text).replace("\n", "<br>")
    return len(escape(html).encode())


def latest(moments: Iterable[datetime | None], otherwise: datetime) -> datetime:
    """Give the latest moment that is known."""
    return max(filter(None, moments), default=otherwise)
