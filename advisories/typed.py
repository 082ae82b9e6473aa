"""Phone numbers that were typed into a warning's words, where a contact point should stand.

A typed number does not change when the mission's does. What the Department's feed has typed stays,
to be read: it is the Department's to change.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Revision

from advisories.models.feed import FeedDraft
from embassy.facts import facts_of
from embassy.texts.typed_numbers import phone_numbers_in


@dataclass(frozen=True)
class Typed:
    """A number in a part of a warning's text in one language."""

    language: str
    part: str
    number: str
    from_feed: bool = False


def typed_in(words) -> list[Typed]:
    """Give the numbers typed into a warning's words, saying which of them the feed gave."""
    contacts = facts_of(words.mission).contacts.values()
    known = [contact.value for contact in contacts if contact.is_phone and contact.value]
    found = list(numbers_of(words, known))
    if not found:
        return []
    given = given_by_feed(words, known)
    return [Typed(one.language, one.part, one.number, digits(one.number) in given) for one in found]


def numbers_of(words, known: list[str]) -> Iterator[Typed]:
    """Give the numbers in each text, part by part."""
    for text in words.texts.all():
        for part, said in text.parts():
            for number in phone_numbers_in(said, known):
                yield Typed(text.language, part, number)


def given_by_feed(words, known: list[str]) -> set[str]:
    """Give the digits of the numbers that stood in the last draft of the Department's feed."""
    draft = FeedDraft.objects.last_of(words)
    revision = Revision.objects.filter(pk=draft.revision).first() if draft else None
    given = numbers_of(revision.as_object(), known) if revision else ()
    return {digits(one.number) for one in given}


def digits(number: str) -> str:
    """Give a number without what stands between its digits."""
    return "".join(c for c in number if c.isdigit())
