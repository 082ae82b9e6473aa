"""Texts in sentences: what stands apart in blocks, items and fields, one after another.

Search indexes such a text and cuts its excerpts out of it. Two versions are compared in lines.
"""

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import get_language

END = re.compile(
    r"(?P<item></li>)(?=\s*<li\b)|(?P<line><br\s*/?>)|</(?:p|h\d|li|blockquote)>|<hr\s*/?>", re.I
)
ASIDE = ("\ue002", "\ue003")  # private characters around what is found and not read
CLOSED = re.compile(r"[.,;:!?…][\s”»\"’)\]]*$")


def in_sentences(html: str) -> str:
    """Give rich text as plain text: paragraphs as sentences, items with semicolons between."""
    written, start = [], 0
    for end in END.finditer(html):
        sign = ";" if end["item"] else "," if end["line"] else "."
        written.append(closed(plain(html[start : end.start()]), sign))
        start = end.end()
    written.append(plain(html[start:]))
    return " ".join(filter(None, written))


def in_lines(html: str) -> str:
    """Give rich text as plain text: each paragraph and item on a line of its own."""
    lines = END.sub("\n", on_one_line(html)).split("\n")
    return "\n".join(filter(None, map(plain, lines)))


def one_after_another(texts: Iterable[str]) -> str:
    """Join texts that stand apart on their page, each as a sentence."""
    return " ".join(filter(None, (closed(text.strip(), ".") for text in texts)))


def closed(text: str, sign: str) -> str:
    """Give a text with a sign at its end, unless it has one."""
    if not text or CLOSED.search(text):
        return text
    is_french = sign == ";" and (get_language() or "").startswith("fr")
    return f"{text}\N{NO-BREAK SPACE}{sign}" if is_french else f"{text}{sign}"


def plain(html: str) -> str:
    """Give the words of some HTML."""
    return on_one_line(unescape(strip_tags(html)))


def on_one_line(text: str) -> str:
    """Give a text with a space for every gap; spaces that must not break stay what they are."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()


def aside(texts: Iterable[str]) -> str:
    """Give texts by which something is found, to stand beside those in which it is read."""
    start, stop = ASIDE
    return f"{start} {' '.join(texts)} {stop}"


def read(text: str) -> str:
    """Leave out of a text what stands aside."""
    start, stop = ASIDE
    return on_one_line(re.sub(f"{start}[^{stop}]*{stop}", "", text))
