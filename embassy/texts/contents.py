"""The list of contents of a page: every section that follows it, in the order of the page.

A list is complete only if it is read off the page as it is written: blocks, the page's own
sections and what stands beside them all bring headings. Each gets an id of its own here.
"""

import re
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from embassy.texts.sentences import plain

TAKEN = frozenset({"menu", "site-search", "main", "main-content", "on-this-page"})
"""Ids that stand on every page around what is listed."""
LIST = re.compile(r'<nav class="toc".*?</nav>', re.S)
ENTRY = re.compile(r'<li[^>]*><a href="#(?P<anchor>[^"]*)">(?P<words>.*?)</a></li>', re.S)
HEADING = re.compile(r"<h(?P<level>[23])(?P<about>[^>]*)>(?P<words>.*?)</h(?P=level)>", re.S)
ID = re.compile(r'\sid="([^"]*)"')


def with_whole_list(html: str) -> SafeString:
    """Give each heading of a part of a page an id, and list all if the part begins with a list.

    Lines that the list had already keep their words; those of a part of a section stay.
    """
    listed = LIST.search(html)
    start = listed.end() if listed else 0
    after, sections = with_ids(html[start:])
    if not listed:
        return mark_safe(html[:start] + after)
    had = {found["anchor"]: plain(found["words"]) for found in ENTRY.finditer(listed[0])}
    wanted = list(listable(sections, had))
    whole = render_to_string("components/in_page_nav.html", {"sections": wanted})
    return mark_safe(html[: listed.start()] + whole.strip() + after)


def listable(sections: list[dict], had: dict[str, str]) -> Iterator[dict]:
    """Give the sections of a list; of those with the same title only the first one tells more."""
    titles: set[str] = set()
    for section in sections:
        title = had.get(section["anchor"], section["title"])
        is_new = section["level"] == 2 and title and title not in titles
        if is_new or section["anchor"] in had:
            titles.add(title)
            yield {**section, "title": title}


def with_ids(html: str) -> tuple[str, list[dict]]:
    """Give HTML with an id on each section's heading, and its headings in their order."""
    sections: list[dict] = []
    taken = {*TAKEN, *ID.findall(HEADING.sub("", html))}

    def named(found: re.Match) -> str:
        """Keep a heading's id, or give it one, so that it is the only one of the page."""
        own, title = ID.search(found["about"]), plain(found["words"])
        if not own and found["level"] == "3":
            return found[0]
        anchor = unlike(own[1] if own else slugify(title) or "section", taken)
        taken.add(anchor)
        sections.append({"title": title, "anchor": anchor, "level": int(found["level"])})
        about = ID.sub("", found["about"])
        level, words = found["level"], found["words"]
        return f'<h{level} id="{anchor}"{about}>{words}</h{level}>'

    return HEADING.sub(named, html), sections


def unlike(wanted: str, taken: set[str]) -> str:
    """Give an id like one that is wanted, with a number if that is taken."""
    number, anchor = 1, wanted
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor
