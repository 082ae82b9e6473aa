"""Why a feed, or one item of it, is refused: a code that is stored, and the sentence it stands for.

Imports nothing of ours, so that the rows that keep refusals can word them for their reader.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

OF_AN_ITEM = {
    "title": _("Its title is not “Country - Level N: Name of that level”."),
    "level": _("The number and the name of its level do not belong together."),
    "duplicate": _("Another item says something else of the same country."),
    "empty": _("It has no text."),
    "markup": _("Its text has markup that cannot be read to its end."),
    "long": _("Its text is longer than %(limit)s characters."),
    "date": _("It has no date that can be read."),
    "future": _("It is dated in the future."),
    "older": _("It is older than the copy we hold."),
}

OF_THE_FEED = {
    "file": _("There is no such file, or it cannot be read."),
    "address": _("Give a file, or an address that begins with https://."),
    "silent": _("The server did not answer in time."),
    "unreachable": _("The server could not be reached."),
    "moved": _("The server leads to another address: %(address)s"),
    "status": _("The server answered with the status %(status)s."),
    "broken_off": _("The answer broke off."),
    "large": _("It is larger than %(limit)s bytes."),
    "nothing": _("There is nothing in it."),
    "neither": _("It is neither RSS nor JSON."),
    "entities": _("It declares a document type or entities, which a feed does not need."),
    "malformed": _("It is not well-formed."),
    "no_items": _("It has no items."),
    "blank": _("%(count)s of %(items)s items have no text."),
    "faulty": _("%(count)s of %(items)s items had to be refused."),
    "useless": _("None of its items can be used."),
    "same_text": _("%(count)s of %(items)s items have the same text."),
    "gone": _("%(count)s of the %(known)s countries of the last good copy are missing."),
    "levels": _("%(count)s of the %(known)s countries known would change their level at once."),
}

CAN_BE_ACCEPTED = ("gone", "levels")  # by a person who has looked; a fault never


@dataclass(frozen=True)
class Refusal:
    """Why one item was not taken; `title` is as served, cut to a line."""

    title: str
    reason: str
    details: dict = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Say it to the reader."""
        return str(OF_AN_ITEM[self.reason]) % self.details


class FeedRefused(Exception):
    """A feed that is refused as a whole: nothing of it is taken."""

    def __init__(self, reason: str, **details):
        super().__init__(reason)
        self.reason, self.details = reason, details

    def __str__(self) -> str:
        return sentence_of(self.reason, self.details)


def sentence_of(reason: str, details: dict) -> str:
    """Say why a feed was refused."""
    return str(OF_THE_FEED[reason]) % details
