"""What a page links to: in its rich texts, its blocks, its fields and its rows.

Values are read as they are stored, so that a link to what is gone is found as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.db.models import ForeignKey, Model, URLField
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

SILENT = ("mailto:", "tel:", "sms:")  # what no server answers for


@dataclass(frozen=True)
class Link:
    """A link: the id of a page or document of ours, or else an address."""

    kind: str  # "page", "document" or "address"
    target: int | str

    @property
    def is_silent(self) -> bool:
        """Whether it leads to no server: to a telephone or a mail address."""
        return self.kind == "address" and str(self.target).lower().startswith(SILENT)

    @property
    def shown(self) -> str:
        """How a report names it."""
        return str(self.target) if self.kind == "address" else f"{self.kind} {self.target}"


def links_of(page: Page) -> list[Link]:
    """Give every link of a page that a server answers for, each once, in their order."""
    return [link for link in all_links_of(page) if not link.is_silent]


def all_links_of(page: Page) -> list[Link]:
    """Give every link of a page and of the rows that belong to it, each once, in their order."""
    found = list(links_in_fields(page))
    for relation in get_all_child_relations(page):
        for row in getattr(page, relation.get_accessor_name()).all():
            found += links_in_fields(row)
    return list(dict.fromkeys(found))


def links_in_fields(row: Model) -> Iterator[Link]:
    """Give the links in the fields of a row; what Wagtail itself keeps of a page is left out."""
    own = [field for field in row._meta.concrete_fields if field.model is not Page]
    for field in own:
        if isinstance(field, StreamField):
            stream = getattr(row, field.name)
            yield from links_in_block(stream.stream_block, list(stream.raw_data))
        elif isinstance(field, RichTextField):
            yield from links_in_text(getattr(row, field.name) or "")
        elif isinstance(field, URLField) and getattr(row, field.name):
            yield Link("address", getattr(row, field.name))
        elif isinstance(field, ForeignKey) and getattr(row, field.attname) and is_link(field):
            kind = "page" if issubclass(field.related_model, Page) else "document"
            yield Link(kind, getattr(row, field.attname))


def is_link(field: ForeignKey) -> bool:
    """Whether a foreign key leads readers to a page or a document; one to its own page does not."""
    if field.remote_field.parent_link or field.name == "page":
        return False
    return issubclass(field.related_model, (Page, get_document_model()))


def links_in_block(block: blocks.Block, raw) -> Iterator[Link]:
    """Give the links in a block's stored value."""
    if raw in (None, ""):
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from links_in_text(raw)
    elif isinstance(block, blocks.URLBlock):
        yield Link("address", raw)
    elif isinstance(block, blocks.PageChooserBlock):
        yield Link("page", raw)
    elif isinstance(block, DocumentChooserBlock):
        yield Link("document", raw)
    else:
        for child, value in parts_of(block, raw):
            yield from links_in_block(child, value)


def parts_of(block: blocks.Block, raw) -> Iterator[tuple[blocks.Block, object]]:
    """Give the blocks in a block, each with its stored value."""
    if isinstance(block, blocks.StreamBlock):
        known = [item for item in raw if item["type"] in block.child_blocks]
        yield from ((block.child_blocks[item["type"]], item["value"]) for item in known)
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            in_full = block._item_is_in_block_format(item)
            yield block.child_block, item["value"] if in_full else item
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        yield from ((block.child_blocks[n], raw[n]) for n in block.child_blocks if n in raw)
    elif isinstance(block, BaseTypedTableBlock):
        kinds = [column["type"] for column in raw["columns"]]
        for row in raw["rows"]:
            for kind, value in zip(kinds, row["values"], strict=False):
                if kind in block.child_blocks:
                    yield block.child_blocks[kind], value


def links_in_text(text: str) -> Iterator[Link]:
    """Give the links in a stored rich text."""
    for anchor in BeautifulSoup(text, "html.parser").find_all("a"):
        kind, number, address = (anchor.get(name, "") for name in ("linktype", "id", "href"))
        if kind in ("page", "document") and number.isdecimal():
            yield Link(kind, int(number))
        elif address:
            yield Link("address", address)
