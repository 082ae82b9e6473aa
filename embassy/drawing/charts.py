"""Charts: figures in, an accessible SVG with its table out.

Bars start at zero, every value is printed, and colour is left to the style sheet: the drawing
carries classes only, so it follows the dark scheme and forced colors. One drawing unit is about
one CSS pixel on a phone; see the style sheet for how wide a chart may grow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext, ngettext

from embassy.drawing import svg

WIDTH = 320
TEXT = 14
"""Size of labels and values, in drawing units."""
NOTE = 12
LINE = 18
BAR = 16
GAP = 14
COLUMN_HEIGHT = 150


@dataclass(frozen=True)
class Bar:
    """One figure: what it measures, its value for drawing, and the value as it is printed."""

    label: str
    value: Decimal | float
    display: str
    note: str = ""


class Row(NamedTuple):
    """One line of the table that says the same as the chart."""

    label: str
    display: str
    note: str


@dataclass(frozen=True)
class Chart:
    """A drawing with its two text twins: the rows of a table and a sentence."""

    title: str
    svg: SafeString
    table: list[Row]
    summary: str


def bar_chart(
    title: str,
    bars: Sequence[Bar],
    *,
    prefix: str,
    unit: str = "",
    maximum: Decimal | float | None = None,
) -> Chart:
    """Horizontal bars, one under the other, label above and value beside each.

    `prefix` makes the ids unique on the page. `maximum` is the value of a full bar (100 for a
    share in percent), by default the largest. Raises ValueError, in words for an editor, when
    the figures cannot be drawn.
    """
    top = _checked(bars, maximum)
    reserved = max(svg.text_width(bar.display, TEXT) for bar in bars) + 8
    beside = reserved <= WIDTH * 0.4
    room = WIDTH - reserved if beside else WIDTH
    parts, y = [], 0.0
    for bar in bars:
        part, y = _bar(bar, y, float(bar.value) / top * room, beside)
        parts += [_rect("chart__track", y - GAP - BAR, room), part] if maximum else [part]
    return _chart("bar", title, prefix, (y - GAP, parts), bars, unit)


def column_chart(
    title: str,
    bars: Sequence[Bar],
    *,
    prefix: str,
    unit: str = "",
    maximum: Decimal | float | None = None,
) -> Chart:
    """Upright columns over time, the first bar earliest; arguments and errors as in `bar_chart`.

    Where labels or values would touch, the figures are drawn as horizontal bars instead.
    """
    top = _checked(bars, maximum)
    step = WIDTH / len(bars)
    widest = max(svg.text_width(text, TEXT) for bar in bars for text in (bar.label, bar.display))
    if widest > step - 4 or any(bar.note for bar in bars):
        return bar_chart(title, bars, prefix=prefix, unit=unit, maximum=maximum)
    order = reversed(bars) if get_language_bidi() else bars
    parts = [
        _column(bar, (place + 0.5) * step, step, float(bar.value) / top)
        for place, bar in enumerate(order)
    ]
    base = LINE + COLUMN_HEIGHT
    parts.append(format_html('<path class="chart__axis" d="M0 {}H{}"/>', base, WIDTH))
    return _chart("column", title, prefix, (base + LINE + 4, parts), bars, unit)


def _chart(
    kind: str,
    title: str,
    prefix: str,
    drawn: tuple[float, list[SafeString]],
    bars: Sequence[Bar],
    unit: str,
) -> Chart:
    """The finished chart; `drawn` is the height of the drawing and its parts."""
    height, parts = drawn
    summary = _summary(bars, unit)
    drawing = svg.image(
        f"chart chart--{kind}",
        (WIDTH, height),
        prefix=prefix,
        title=title,
        description=summary,
        parts=parts,
    )
    return Chart(title, drawing, [Row(bar.label, bar.display, bar.note) for bar in bars], summary)


def _bar(bar: Bar, y: float, length: float, beside: bool) -> tuple[SafeString, float]:
    """One bar with its words from `y` down, and the height at which the next one begins."""
    lines = [("chart__label", TEXT, line) for line in _wrap(bar.label, TEXT)]
    lines += [("chart__note", NOTE, line) for line in _wrap(bar.note, NOTE)]
    if not beside:
        lines += [("chart__value", TEXT, line) for line in _wrap(bar.display, TEXT)]
    texts = []
    for kind, _size, line in lines:
        y += LINE
        texts.append(_text(kind, 0, y - 5, line))
    if beside:
        texts.append(_text("chart__value", length + 6, y + BAR - 3, bar.display))
    return mark_safe("".join([_rect("chart__bar", y, length), *texts])), y + BAR + GAP


def _column(bar: Bar, middle: float, step: float, share: float) -> SafeString:
    """One column with its value above and its label below."""
    base, height, width = LINE + COLUMN_HEIGHT, share * COLUMN_HEIGHT, min(step * 0.7, 48)
    column = format_html(
        '<rect class="chart__bar" x="{}" y="{}" width="{}" height="{}"/>',
        *map(svg.number, (middle - width / 2, base - height, width, height)),
    )
    value = svg.text("chart__value", middle, base - height - 5, bar.display, "middle")
    label = svg.text("chart__label", middle, base + LINE, bar.label, "middle")
    return mark_safe(column + value + label)


def _rect(kind: str, y: float, length: float) -> SafeString:
    """A horizontal bar from the side where reading starts."""
    x = WIDTH - length if get_language_bidi() else 0
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        *map(svg.number, (x, y, length, BAR)),
    )


def _text(kind: str, start: float, y: float, words: str) -> SafeString:
    """A line of text at a distance from the side where reading starts."""
    return svg.text(kind, WIDTH - start if get_language_bidi() else start, y, words)


def _checked(bars: Sequence[Bar], maximum: Decimal | float | None) -> float:
    """The value of a full bar, after refusing figures that cannot be drawn."""
    if not bars:
        raise ValueError(gettext("A chart needs at least one figure."))
    for bar in bars:
        if not _is_finite(bar.value):
            raise ValueError(gettext("The figure for “%s” is not a number.") % bar.label)
        if bar.value < 0:
            raise ValueError(
                gettext("The figure for “%s” is below zero: bars start at zero.") % bar.label
            )
        if maximum is not None and _is_finite(maximum) and float(bar.value) > float(maximum):
            raise ValueError(
                gettext("The figure for “%s” is larger than the largest one allowed.") % bar.label
            )
    if maximum is not None and not (_is_finite(maximum) and maximum > 0):
        raise ValueError(gettext("The largest value of a chart must be above zero."))
    return float(max(bar.value for bar in bars) if maximum is None else maximum) or 1.0


def _is_finite(value: Decimal | float) -> bool:
    """Whether the value is a number that can be drawn."""
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int | float) and math.isfinite(value)


def _summary(bars: Sequence[Bar], unit: str) -> str:
    """The chart in a sentence or two: how many figures, the largest and the smallest."""
    words = ngettext("%(count)d figure", "%(count)d figures", len(bars)) % {"count": len(bars)}
    if unit:
        words = gettext("%(figures)s, in %(unit)s") % {"figures": words, "unit": unit}
    if len(bars) == 1:
        bar = bars[0]
        return gettext("%(words)s. %(label)s: %(value)s.") % {
            "words": words,
            "label": bar.label,
            "value": bar.display,
        }
    high, low = max(bars, key=lambda b: b.value), min(bars, key=lambda b: b.value)
    return gettext(
        "%(words)s. Largest: %(high)s, %(high_value)s. Smallest: %(low)s, %(low_value)s."
    ) % {
        "words": words,
        "high": high.label,
        "high_value": high.display,
        "low": low.label,
        "low_value": low.display,
    }


def _wrap(words: str, size: int) -> list[str]:
    """The words in lines that fit the width; a word longer than a line is broken."""
    lines: list[str] = []
    current = ""
    for word in words.split():
        longer = f"{current} {word}".strip()
        if svg.text_width(longer, size) <= WIDTH:
            current = longer
            continue
        if current:
            lines.append(current)
        while svg.text_width(word, size) > WIDTH:
            cut = len(word) - 1
            while cut > 1 and svg.text_width(word[:cut], size) > WIDTH:
                cut -= 1
            lines.append(word[:cut])
            word = word[cut:]
        current = word
    return [*lines, current] if current else lines
