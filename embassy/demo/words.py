"""How demo content is written down: rich text and blocks from plain strings, links and figures."""

import re
from decimal import Decimal

from wagtail.models import Page

Block = tuple[str, object]


def prose(*parts: str | list[str]) -> str:
    """Give rich text: a string is a paragraph, a list of strings a list."""
    return "".join(_part(part) for part in parts)


def _part(part: str | list[str]) -> str:
    if isinstance(part, str):
        return f"<p>{part}</p>"
    return "<ul>" + "".join(f"<li>{item}</li>" for item in part) + "</ul>"


def french(text: str) -> str:
    """Give French text whose spaces before double punctuation and in quotes do not break."""
    return re.sub(" (?=[:;?!»])|(?<=«) ", "\N{NO-BREAK SPACE}", text)


def numbered(*items: str) -> Block:
    """Give a numbered list."""
    return "paragraph", "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"


def link_to(page: Page, words: str) -> str:
    """Link words of a text to a page of this site."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def link_out(address: str, words: str) -> str:
    """Link words of a text to an address elsewhere."""
    return f'<a href="{address}">{words}</a>'


def heading(text: str) -> Block:
    """Give the heading of a section."""
    return "heading", {"text": text, "level": "2"}


def text(*parts: str | list[str]) -> Block:
    """Give a block of text; see `prose`."""
    return "paragraph", prose(*parts)


def note(title: str, *parts: str | list[str], kind: str = "note") -> Block:
    """Give a short text set apart."""
    return "notice", {"kind": kind, "title": title, "text": prose(*parts)}


def link(words: str, address: str = "", page: Page | None = None) -> dict:
    """Give one link; an address was not verified, and nothing at all names without linking."""
    return {
        "words": words,
        "page": page,
        "document": None,
        "address": address,
        "unverified": bool(address),
    }


def links(title: str, *items: dict) -> Block:
    """Give a list of links; see `link`."""
    return "links", {"title": title, "links": list(items)}


def contacts(title: str, *points) -> Block:
    """Give contact points quoted by reference."""
    return "contacts", {"title": title, "contacts": list(points)}


def faq(title: str, *pairs: tuple[str, str]) -> Block:
    """Give questions with their answers."""
    questions = [{"question": question, "answer": prose(answer)} for question, answer in pairs]
    return "faq", {"title": title, "questions": questions}


def figure(display: str, what: str, dated: str, source: str) -> Block:
    """Give one figure that stands out."""
    return "figure", {"display": display, "what": what, "dated": dated, "source": source}


def bar(label: str, value: str, display: str, note: str = "") -> dict:
    """Give one bar of a chart: its value for drawing, and as it is printed."""
    return {"label": label, "value": Decimal(value), "display": display, "note": note}


def chart(
    title: str, *bars: dict, dated: str, source: str, unit="", maximum=None, remark=""
) -> Block:
    """Give a bar chart; see `bar`."""
    return "chart", {
        "title": title,
        "unit": unit,
        "maximum": maximum,
        "rows": list(bars),
        "dated": dated,
        "source": source,
        "remark": remark,
    }


def timeline(title: str, *events: tuple[str, str, str, str]) -> Block:
    """Give dated events: (when, what happened, more, source)."""
    names = ("dated", "title", "text", "source")
    return "timeline", {
        "title": title,
        "events": [dict(zip(names, event, strict=True)) for event in events],
    }


def lines(name: str, items) -> list[Block]:
    """Give a field of short lines (services, ways to ask, organizations)."""
    return [(name, item) for item in items]
