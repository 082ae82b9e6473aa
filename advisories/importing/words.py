"""The words of an item, split at its headings as an advisory is: a summary, then advice.

Every word is kept, in its order; a heading only loses the colon at its end. Headings are those the
item marks as such: heading elements, a line in bold that stands alone or opens a paragraph, and the
Department's standing last one.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from django.utils.translation import override

from advisories.importing.markup import BREAK, Block, Run, blocks_of, render, tidy
from advisories.vocabulary import Level

LONGEST_HEADING = 120  # what a block of advice can hold
LONGEST_LINE = 80  # a line in bold that is longer is a sentence
STANDING = "if you decide to travel to"
NEW_SENTENCE = re.compile(r"[.!?;]\s")


@dataclass(frozen=True)
class Words:
    """Rich text as it is stored: the summary, and advice as (heading, text)."""

    summary: str
    advice: list[tuple[str, str]]


@cache
def names_of_levels() -> dict[int, str]:
    """Give the exact English name of every level."""
    with override("en"):
        return {level.value: str(level.label) for level in Level}


def words_of(html: str, base: str) -> Words:
    """Split an item's HTML; `base` is its own address. Raises markup.Unclear."""
    summary: list[Block] = []
    sections: list[tuple[str, list[Block]]] = []
    for block in blocks_of(html, base):
        heading, rest = parted(block)
        if heading and not (sections and not sections[-1][1]):
            sections.append((heading, []))
        elif heading:  # right below another: a line of its text, or that one would have none
            sections[-1][1].append(in_bold(heading))
        here = sections[-1][1] if sections else summary
        if rest is not None:
            here.append(rest)
    settle(summary, sections)
    advice = [(heading.rstrip(" :"), render(blocks)) for heading, blocks in sections]
    return Words(render(summary), advice)


def other_level(html: str, country: str, level: int) -> str:
    """Give the level that a text gives its country as a whole, where it is not that of its title.

    The Department's own slips, like the text of a neighbor under a country's name: for a person to
    see, not for a program to decide. Empty when nothing contradicts.
    """
    before = takewhile(lambda block: not parted(block)[0], blocks_of(html, ""))
    text = " ".join(block.text for block in before if block.kind == "p")
    for number, name in names_of_levels().items():
        lead = rf"\b{name}(?: when travell?ing)? (?:to|in) [*_\s]*"
        of_country = rf"{lead}(?:the )?{re.escape(country)}\b(?!['’])"
        if number != level and re.search(of_country, text, re.I):
            return name
    return ""


def settle(summary: list[Block], sections: list[tuple[str, list[Block]]]) -> None:
    """Leave no heading without a text, and no summary empty."""
    if sections and not sections[-1][1]:
        heading, _nothing = sections.pop()
        (sections[-1][1] if sections else summary).append(in_bold(heading))
    if not summary and sections:
        heading, blocks = sections.pop(0)
        summary += [in_bold(heading), *blocks]


def in_bold(heading: str) -> Block:
    """Give a heading as a line of text."""
    return Block("p", runs=[Run(heading, frozenset("b"))])


def parted(block: Block) -> tuple[str, Block | None]:
    """Part a block into the heading it opens with, if any, and what is left of it."""
    if block.kind == "h" and len(block.text) <= LONGEST_HEADING and has_letters(block.text):
        return block.text, None
    if block.kind != "p":
        return "", Block("p", runs=block.runs) if block.kind == "h" else block
    first, rest = first_line(block.runs)
    if is_heading(first):
        return Block("p", runs=first).text, Block("p", runs=rest) if rest else None
    text = block.text
    if text.lower().startswith(STANDING) and text.endswith(":") and len(text) <= LONGEST_HEADING:
        return text, None
    return "", block


def first_line(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """Part runs at the first line break."""
    for number, run in enumerate(runs):
        if run.text == BREAK:
            return tidy(runs[:number]), tidy(runs[number:])
    return runs, []


def has_letters(text: str) -> bool:
    """Whether there is anything to read."""
    return any(character.isalpha() for character in text)


def is_heading(runs: list[Run]) -> bool:
    """Whether a line stands out as headings do: short, bold, not a sentence and not a level."""
    words = [run for run in runs if run.text.strip()]
    text = Block("p", runs=runs).text
    if not all("b" in r.marks and "i" not in r.marks and not r.href for r in words):
        return False
    if len(text) > LONGEST_LINE or not has_letters(text):
        return False
    if text.rstrip(":").casefold() in {n.casefold() for n in names_of_levels().values()}:
        return False
    return not text.endswith((".", "!", "?")) and not NEW_SENTENCE.search(
        text.replace("U.S.", "US")
    )
