"""What needs looking after: each app words its part; the first screen and a report show them.

A part is registered with Wagtail's hooks under `LOOK_AFTER`: a function of an account and a moment
that gives a `Part` with what that account can do something about, and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

from wagtail import hooks

LOOK_AFTER = "look_after"
FIRST = 5
"""How much of each part the first screen names."""


@dataclass(frozen=True)
class Way:
    """One way to settle something: the words of its link, and its address."""

    words: str
    address: str


@dataclass(frozen=True)
class Owed:
    """One thing to do: what it is about, why, and the address where it is done.

    Where it can be settled in several ways, `ways` has a link for each.
    """

    name: str
    why: str
    address: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Part:
    """What is owed of one kind, the most pressing first; `key` names it within the report."""

    key: str
    title: str
    rows: list[Owed]

    @property
    def first(self) -> list[Owed]:
        """What the first screen names."""
        return self.rows[:FIRST]

    @property
    def more(self) -> int:
        """How many the report names besides."""
        return len(self.rows) - len(self.first)


def parts_for(user, at: datetime) -> list[Part]:
    """Give what an account should look after at a moment; parts without anything are left out."""
    found = (part(user, at) for part in hooks.get_hooks(LOOK_AFTER))
    return [part for part in found if part.rows]
