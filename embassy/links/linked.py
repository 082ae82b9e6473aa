"""What a page leads to and shows by reference: looked up once for the whole page.

Wagtail asks the database again for every paragraph with a link and every kind of block with a
chooser. A page calls `look_up` when it is rendered; the link handlers (`link_handlers.py`) and the
choosers of blocks (`choosers.py`) then find their targets here, pages each in the reader's
language.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextvars import ContextVar

from django.core.signals import request_started
from django.db.models import Model, Q
from django.utils.translation import get_language
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from embassy.language.languages import path_of, with_prefix, without_prefix

ANCHOR = re.compile(r"<a\s[^>]*>")
NUMBER = re.compile(r'\bid="(\d+)"')

Found = dict[tuple[type[Model] | str, int], Model | None]
_found: ContextVar[Found | None] = ContextVar("linked", default=None)


def forget(**kwargs) -> None:
    """Begin each request with nothing found."""
    _found.set(None)


request_started.connect(forget, dispatch_uid="embassy.links.linked.forget")


def look_up(*pages: Page, known: Mapping[type[Model], Mapping[int, Model]] | None = None) -> None:
    """Find in one query a model what the texts and blocks of pages name.

    `known` has all rows of some models, which are then not asked for.
    """
    texts = "".join(text_of(page) for page in pages)
    wanted = chosen_on(pages)
    wanted[get_document_model()] |= numbers_in(texts, "document")
    found = look_up_pages(numbers_in(texts, "page"), wanted.pop(Page, set()))
    for model, numbers in wanted.items():
        if numbers:
            rows = (known or {}).get(model) or stored(model, numbers)
            found.update({(model, pk): rows.get(pk) for pk in numbers})
    _found.set({**(_found.get() or {}), **found})


def look_up_pages(linked: set[int], wanted: set[int]) -> Found:
    """Find pages that texts link to (by "page") and pages that blocks name (by the model)."""
    rows = pages_for(linked | wanted) if linked or wanted else []
    by_key, shown = {page.pk: page for page in rows}, for_reader(rows, linked)
    found: Found = {("page", pk): shown.get(pk) for pk in linked}
    chosen_pages = for_reader(rows, wanted)
    return found | {(Page, pk): chosen_pages.get(pk) or by_key.get(pk) for pk in wanted}


def stored(model: type[Model], numbers: set[int]) -> dict[int, Model]:
    """Give rows by key, with what is shown along with them."""
    rows = model.objects.all()
    return (rows.as_shown() if hasattr(rows, "as_shown") else rows).in_bulk(numbers)


def text_of(page: Page) -> str:
    """Give the stored text of every field that may hold links."""
    texts = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            raw = list(getattr(page, field.name).raw_data)
            texts.append(json.dumps(raw, default=str).replace('\\"', '"'))
        elif isinstance(field, RichTextField):
            texts.append(getattr(page, field.name) or "")
    return "".join(texts)


def numbers_in(text: str, kind: str) -> set[int]:
    """Give the ids that links of a kind name."""
    links = [tag for tag in ANCHOR.findall(text) if f'linktype="{kind}"' in tag]
    return {int(number) for tag in links for number in NUMBER.findall(tag)}


def chosen_on(pages: tuple[Page, ...]) -> dict[type[Model], set[int]]:
    """Give the keys of all rows that the StreamFields of pages name, by model."""
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for page in pages:
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                stream = getattr(page, field.name)
                for model, key in chosen_in(stream.stream_block, list(stream.raw_data)):
                    keys[model].add(key)
    return keys


def chosen_in(block: blocks.Block, raw) -> Iterator[tuple[type[Model], int]]:
    """Give model and key of every row that the choosers of a block name in its stored value."""
    if isinstance(block, blocks.ChooserBlock):
        if isinstance(raw, int):
            yield block.model_class, raw
    elif isinstance(block, blocks.StreamBlock):
        for item in raw:
            if item["type"] in block.child_blocks:
                yield from chosen_in(block.child_blocks[item["type"]], item["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            in_full = block._item_is_in_block_format(item)
            yield from chosen_in(block.child_block, item["value"] if in_full else item)
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        for name in block.child_blocks.keys() & raw.keys():
            yield from chosen_in(block.child_blocks[name], raw[name])


def chosen(model: type[Model], keys: list) -> list[Model | None] | None:
    """Give rows in the order of their keys as they were looked up; None when one was not."""
    known = _found.get() or {}
    if any(key is not None and (model, key) not in known for key in keys):
        return None
    return [known[model, key] if key is not None else None for key in keys]


def pages_for(numbers: set[int]) -> list[Page]:
    """Give pages by id, and besides them what they are in the reader's language."""
    keys = Page.objects.filter(pk__in=numbers).values("translation_key")
    own = Q(pk__in=numbers) | Q(locale__language_code=get_language())
    pages = Page.objects.filter(own, translation_key__in=keys)
    return list(pages.select_related("locale").order_by("pk"))


def for_reader(rows: list[Page], numbers: set[int]) -> dict[int, Page]:
    """Give published pages by id, each in the reader's language where it is translated."""
    live = [page for page in rows if page.live]
    translated = {p.translation_key: p for p in live if p.locale.language_code == get_language()}
    return {p.pk: translated.get(p.translation_key, p) for p in live if p.pk in numbers}


def linked_pages(attrs_list: list[dict]) -> list[Page | None]:
    """Give the pages that links in texts lead to, from what was looked up, else the database."""
    numbers = numbers_of(attrs_list)
    known = _found.get() or {}
    missing = {pk for pk in numbers if ("page", pk) not in known}
    found = for_reader(pages_for(missing), missing) if missing else {}
    return [known.get(("page", pk)) or found.get(pk) for pk in numbers]


def linked_documents(attrs_list: list[dict]) -> list[Model | None]:
    """Give the documents that links in texts lead to, likewise."""
    numbers, model = numbers_of(attrs_list), get_document_model()
    known = chosen(model, numbers)
    if known is not None:
        return known
    found = model.objects.in_bulk(numbers)
    return [found.get(pk) for pk in numbers]


def numbers_of(attrs_list: list[dict]) -> list[int]:
    """Give the ids that links name; 0 for what is none."""
    return [int(attrs["id"]) if str(attrs.get("id")).isdigit() else 0 for attrs in attrs_list]


def address_of(page: Page | None) -> str:
    """Give a page's address in the reader's language; nothing for a page that is gone."""
    address = (path_of(page) if page else "") or ""
    if address and serves_every_language(page):
        return with_prefix(without_prefix(address), get_language())
    return address


def language_of(page: Page | None) -> str:
    """Give the language of a page where it is not the reader's, else nothing."""
    if page is None or serves_every_language(page):
        return ""
    code = page.locale.language_code
    return code if code != get_language() else ""


def serves_every_language(page: Page) -> bool:
    """Whether a page is one record in all languages of its mission."""
    return getattr(page.specific_class, "in_all_languages", False)
