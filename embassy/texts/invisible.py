"""Characters that nobody sees: those that turn text around, and those that only programs read.

A single one makes a headline read backwards, or two words that look alike differ. None is refused
that a language needs: the joiners of Arabic script and of emoji, soft hyphens, no-break spaces.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
OTHERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab and the ends of lines
    "\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
)
INVISIBLE = re.compile(f"[{TURNING}{OTHERS}]")
TURNS = re.compile(f"[{TURNING}]")
MARKUP = re.compile("<[^<>]*>")
LINKED = re.compile('href="([^"]*)"')
WEB = re.compile(r"\s*https?://", re.I)
SHOWN = 30  # letters before it, by which its writer finds it


def without_invisible(text: str) -> str:
    """Take out what nobody sees."""
    return INVISIBLE.sub("", text)


def invisible_in(value: Any) -> str:
    """Say what to remove from the texts of a structure; nothing when all is well."""
    return next((sentence_of(text) for text in texts_in(value) if INVISIBLE.search(text)), "")


def texts_in(value: Any) -> Iterable[str]:
    """Give every text of a structure of lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield value.source
    elif isinstance(value, StreamValue):
        yield from texts_in(value.get_prep_value())
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)


def sentence_of(text: str) -> str:
    """Say which character to remove, and where it stands."""
    found = INVISIBLE.search(text)
    code = f"U+{ord(found[0]):04X}"
    before = " ".join(MARKUP.sub(" ", text[: found.start()]).split())[-SHOWN:]
    which = _("%(code)s, at the beginning") % {"code": code}
    if before:
        which = _("%(code)s, after “%(before)s”") % {"code": code, "before": before}
    if TURNS.match(found[0]):
        words = _("Remove the invisible character that turns the direction of text around: %(it)s.")
    else:
        words = _("Remove the invisible character: %(it)s.")
    return words % {"it": which}


def invisible_in_links(value: Any) -> str:
    """Say what to remove from the addresses a structure links to; nothing when all is well."""
    return next((found for text in texts_in(value) if (found := sentence_of_link(text))), "")


def sentence_of_link(text: str) -> str:
    """Say it of a text that is an address, or that links to some."""
    addresses = [text] if WEB.match(text) else LINKED.findall(text)
    return next((sentence_of(one) for one in addresses if INVISIBLE.search(one)), "")


def refuse_invisible(value: Any) -> None:
    """Refuse a value with such a character in any of its texts (a validator)."""
    if sentence := invisible_in(value):
        raise ValidationError(sentence, code="invisible")


class SeenLinks:
    """Mixin for Wagtail's forms: an address that is linked to has nothing in it unseen."""

    def is_valid(self) -> bool:
        """Look at what was read in this form and its rows, whatever else is wrong with them."""
        valid = super().is_valid()
        rows = [row for formset in getattr(self, "formsets", {}).values() for row in formset.forms]
        return refuse_invisible_in([self, *rows], invisible_in_links) and valid


def refuse_invisible_in(
    forms: Iterable[BaseForm], said_of: Callable[[Any], str] = invisible_in
) -> bool:
    """Refuse them in what forms have read, each at its field; whether there were none."""
    found = [
        (form, name, sentence)
        for form in forms
        if (read := getattr(form, "cleaned_data", {})) and not read.get("DELETE")
        for name, value in read.items()
        if (sentence := said_of(value))
    ]
    for form, name, sentence in found:
        form.add_error(name, ValidationError(sentence, code="invisible"))
    return not found
