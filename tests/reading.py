"""Reads every word a page says, whatever field, row or block it stands in."""

import json
from collections.abc import Iterator

from wagtail.fields import StreamField
from wagtail.models import Page

NOT_WORDS = {
    "id",
    "path",
    "url_path",
    "slug",
    "translation_key",
    "other_mission_contact",
    "reviewed_on",
    "changed_on",
    "date",
    "effective",
}


def words_of(page: Page) -> str:
    """Give everything a page and its rows say, a line each."""
    return "\n".join(strings(page.specific.serializable_data()))


def strings(value) -> Iterator[str]:
    """Give the strings in nested data, those of blocks stored as JSON text included."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in NOT_WORDS and not name.endswith("_at"):
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str) and value.startswith("[{"):
        yield from strings(json.loads(value))
    elif isinstance(value, str):
        yield value


def check_blocks(thing) -> None:
    """Check the blocks of a page or row as the editor does; raises when one is refused."""
    for field in thing._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(thing, field.name))
