"""Links in rich text: what a page's texts link to is looked up once for the whole page.

Wagtail asks the database again for every paragraph with a link. A page calls `look_up` when it is
rendered; the link handlers then find its targets here, each in the reader's language.
"""

import json
import re
from contextvars import ContextVar

from django.core.signals import request_started
from django.db.models import Model, Q
from django.utils.translation import get_language
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from embassy.languages import path_of, with_prefix, without_prefix

ANCHOR = re.compile(r"<a\s[^>]*>")
NUMBER = re.compile(r'\bid="(\d+)"')

_found: ContextVar[dict[tuple[str, int], Model] | None] = ContextVar("linked", default=None)


def forget(**kwargs) -> None:
    """Begin each request with nothing found."""
    _found.set(None)


request_started.connect(forget, dispatch_uid="embassy.linked.forget")


def look_up(*pages: Page) -> None:
    """Find in at most two queries what the texts of pages link to."""
    texts = "".join(text_of(page) for page in pages)
    found = dict(_found.get() or {})
    for kind, find in (("page", find_pages), ("document", find_documents)):
        numbers = numbers_in(texts, kind)
        if numbers:
            found.update({(kind, pk): target for pk, target in find(numbers).items()})
            found.update({(kind, pk): None for pk in numbers if (kind, pk) not in found})
    _found.set(found)


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


def find_pages(numbers: set[int]) -> dict[int, Page]:
    """Give published pages by id, each in the reader's language where it is translated."""
    keys = Page.objects.filter(pk__in=numbers).values("translation_key")
    own = Q(translation_key__in=keys, locale__language_code=get_language())
    pages = Page.objects.filter(Q(pk__in=numbers) | own).select_related("locale")
    rows = list(pages.live().order_by("pk"))
    translated = {p.translation_key: p for p in rows if p.locale.language_code == get_language()}
    return {p.pk: translated.get(p.translation_key, p) for p in rows if p.pk in numbers}


def find_documents(numbers: set[int]) -> dict[int, Model]:
    """Give documents by id."""
    return get_document_model().objects.in_bulk(numbers)


def targets(attrs_list: list[dict], kind: str, find) -> list[Model | None]:
    """Give what links lead to, from what the page looked up, else from the database."""
    numbers = [int(attrs["id"]) if str(attrs.get("id")).isdigit() else 0 for attrs in attrs_list]
    known = _found.get() or {}
    missing = {pk for pk in numbers if (kind, pk) not in known}
    found = find(missing) if missing else {}
    return [known.get((kind, pk)) or found.get(pk) for pk in numbers]


def address_of(page: Page | None) -> str:
    """Give a page's address in the reader's language; nothing for a page that is gone."""
    address = (path_of(page) if page else "") or ""
    if address and getattr(page.specific_class, "in_all_languages", False):
        return with_prefix(without_prefix(address), get_language())
    return address
