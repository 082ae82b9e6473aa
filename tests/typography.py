"""What French type is not: marks by which a text betrays that it was set as English is."""

import re
from collections.abc import Iterable

NOT_FRENCH = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "straight or English quotation marks": re.compile(r"[\"“”]"),
    "a sign that can begin a line": re.compile(r" [:;!?»]|« |\w[;!?](?:\s|$)"),
    "a colon without its space": re.compile(r"[^\s:]:(?=\s|$)(?<!mailto:)(?<!https:)"),
    "quotation marks without their spaces": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "a percent sign without its space": re.compile(r"\d ?%(?![(sd])"),
    "a decimal point": re.compile(r"(?<!WCAG\s)(?<!WCAG\)\s)(?<!version\s)\d\.\d"),
    "thousands as in English": re.compile(r"\d,\d{3}\b"),
    "a first day without its ending": re.compile(
        r"\b1 (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)"
    ),
    "an article that is not elided": re.compile(
        r"\b(?:de|le|la|que|ne) (?=[aeiouéèêàâîô])(?!oui\b|onz)", re.IGNORECASE
    ),
}


def flaws(text: str) -> list[str]:
    """Name what in a text is not set as French is."""
    return [name for name, pattern in NOT_FRENCH.items() if pattern.search(text)]


def flawed(texts: Iterable[str]) -> dict[str, list[str]]:
    """Give the texts that are not set as French is, each with what is wrong."""
    return {text: found for text in texts if (found := flaws(text))}
