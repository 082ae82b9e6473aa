"""What charts and maps share: one image with a name and a description, numbers, widths of text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_WIDE, _NARROW = "MWmw@%ÆŒæœ—…", "ijlItfr.,:;'’|!()[] "


def image(
    kind: str,
    size: tuple[float, float],
    *,
    prefix: str,
    title: str,
    description: str,
    parts: Iterable[SafeString],
) -> SafeString:
    """A drawing as one image; `kind` is its class, `size` width and height in drawing units.

    `prefix` makes the ids unique on the page; ValueError when it cannot stand in an id.
    """
    if not re.fullmatch(r"[A-Za-z][\w-]*", prefix, re.ASCII):
        raise ValueError(f"An id starts with a letter and holds letters, digits, - and _: {prefix}")
    start = format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{id}-title {id}-desc"'
        ' xmlns="http://www.w3.org/2000/svg">'
        '<title id="{id}-title">{}</title><desc id="{id}-desc">{}</desc>',
        *(kind, number(size[0]), number(size[1]), title, description),
        id=prefix,
    )
    return mark_safe(f"{start}{''.join(parts)}</svg>")  # each part was escaped where it was made


def text(kind: str, x: float, y: float, words: str, anchor: str = "") -> SafeString:
    """A line of text with its baseline at `y`; `anchor` is start, middle or end."""
    if anchor:
        anchor = format_html(' text-anchor="{}"', anchor)
    return format_html(
        '<text class="{}" x="{}" y="{}"{}>{}</text>', kind, number(x), number(y), anchor, words
    )


def text_width(words: str, size: float) -> float:
    """A generous estimate of the width of a text in a system font, in drawing units."""
    ems = 0.0
    for letter in words:
        if letter in _NARROW:
            ems += 0.36
        elif letter in _WIDE or ord(letter) > 0x2E80:
            ems += 1.0
        else:
            ems += 0.68 if letter.isupper() else 0.59
    return ems * size


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")
