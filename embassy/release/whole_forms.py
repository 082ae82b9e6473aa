"""Forms that arrive with a part missing, or with one that nothing here reads: refused in words.

The first come from browsers without scripts. The second come from an editor that was opened before
the site was brought up to date, or from a forger: a block of a kind there is not, which Wagtail
would drop without a word.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.base import BlockField

MISSING = _(
    "Part of the form was missing. Nothing was stored; what you typed is kept below. "
    "Turn JavaScript on, load the editor again in another window and copy your words there."
)


UNKNOWN = _(
    "A block of a kind that this site does not have (%(kind)s) was sent and cannot be kept. "
    "Nothing was stored. Put its words into another block, or load the editor again."
)
MARKS = ("-count", "-deleted", "-order", "-type", "-id")  # beside the fields of a row
ITS_WORDS = _("Its words were: %(words)s")


class WholeForm:
    """Mixin for Wagtail's forms: a field that cannot be read shows what was stored instead."""

    def is_valid(self) -> bool:
        """Refuse a form of which a part is missing or unknown, whatever else is wrong with it."""
        missing = self.is_bound and self.set_missing_aside()
        valid = super().is_valid()
        if missing:
            self.add_error(None, MISSING)
        unknown = self.is_bound and self.refuse_unknown_blocks()
        return valid and not missing and not unknown

    def refuse_unknown_blocks(self) -> bool:
        """Refuse blocks of kinds there are not, with their words; say whether there were any."""
        whole = [rows for rows in self.formsets.values() if rows.management_form.is_valid()]
        forms = [self, *(form for rows in whole for form in rows.forms)]
        found = [(form, *unknown) for form in forms for unknown in unknown_in(form)]
        for form, name, sentence in found:
            form.add_error(name, ValidationError(sentence))
            self.add_error(None, ValidationError(sentence))  # a stream shows its first fault only
        return bool(found)

    def set_missing_aside(self) -> bool:
        """Keep the stored value of what was not sent whole; say whether there was any."""
        whole = [rows for rows in self.formsets.values() if rows.management_form.is_valid()]
        forms = [self, *(form for rows in whole for form in rows.forms)]
        unread = [(form, name) for form in forms for name in unread_in(form)]
        for form, name in unread:
            stored = form.get_initial_for_field(form.fields[name], name)
            form.fields[name].widget.value_from_datadict = always(stored)
        return bool(unread) or len(whole) < len(self.formsets)


def always(stored: Any) -> Callable[..., Any]:
    """Give what a widget reads by when it is to read a stored value, whatever was sent."""
    return lambda _data, _files, _name: stored


def unread_in(form: BaseForm) -> Iterator[str]:
    """Give the names of the fields whose widgets cannot read what was sent."""
    for name, field in form.fields.items():
        try:
            field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        except (KeyError, ValueError):  # a missing key, or a count that is no number
            yield name


def unknown_in(form: BaseForm) -> Iterator[tuple[str, str]]:
    """Give for each block of a kind there is not its field's name and what to say of it."""
    for name, field in form.fields.items():
        if isinstance(field, BlockField):
            for kind, prefix in unknown_blocks(field.block, form.data, form.add_prefix(name)):
                words = words_below(form.data, f"{prefix}-value")
                sentences = [UNKNOWN % {"kind": kind}, ITS_WORDS % {"words": words}]
                yield name, " ".join(sentences if words else sentences[:1])


def unknown_blocks(block: blocks.Block, data: Mapping, prefix: str) -> Iterator[tuple[str, str]]:
    """Give kind and prefix of every block below a prefix whose kind its stream does not have."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from unknown_blocks(child, data, f"{prefix}-{name}")
    elif isinstance(block, blocks.ListBlock):
        for one in rows_sent(data, prefix):
            yield from unknown_blocks(block.child_block, data, f"{one}-value")
    elif isinstance(block, blocks.StreamBlock):
        for one in rows_sent(data, prefix):
            kind = data.get(f"{one}-type", "")
            if kind in block.child_blocks:
                yield from unknown_blocks(block.child_blocks[kind], data, f"{one}-value")
            else:
                yield kind, one


def rows_sent(data: Mapping, prefix: str) -> Iterator[str]:
    """Give the prefixes of the rows of a list or a stream that were not taken out."""
    count = str(data.get(f"{prefix}-count", ""))
    for number in range(int(count) if count.isdecimal() else 0):
        if f"{prefix}-{number}-deleted" in data and not data[f"{prefix}-{number}-deleted"]:
            yield f"{prefix}-{number}"


def words_below(data: Mapping, prefix: str) -> str:
    """Give the texts that were sent in a block, in the order of its fields."""
    names = [name for name in data if name == prefix or name.startswith(f"{prefix}-")]
    texts = [written_in(str(data[name])) for name in names if not name.endswith(MARKS)]
    return " ".join(text for text in texts if text)


def written_in(sent: str) -> str:
    """Give a text as it was typed; the rich text editor sends it in a structure of its own."""
    try:
        return " ".join(part["text"] for part in json.loads(sent)["blocks"])
    except (ValueError, TypeError, LookupError):
        return sent.strip()
