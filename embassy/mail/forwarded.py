"""What readers sent, forwarded by mail to an address of the mission that is nobody's account.

An app says with `about` what is forwarded and words it when it leaves; `carried_by` names what
carries it. Whoever stores what was sent owes the mail in the same transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Site


@dataclass(frozen=True)
class Forwarded:
    """A mail to an address of the mission; an answer to it goes to `reply_to`, if there is one."""

    to: str
    subject: str
    text: str
    reply_to: str = ""


Carrier = Callable[[Site, str, datetime], object]


@dataclass(frozen=True)
class Kind:
    """What is forwarded: `word` gives the mail for a key, or nothing when it is of no more use."""

    word: Callable[[str], Forwarded | None]
    name: Callable[[Iterable[str]], dict[str, str]]


_kinds: dict[str, Kind] = {}
_carriers: list[Carrier] = []


def about(
    name: str,
    word: Callable[[str], Forwarded | None],
    named: Callable[[Iterable[str]], dict[str, str]],
) -> None:
    """Register what is forwarded; `named` gives the names of keys as lists of staff show them."""
    _kinds[name] = Kind(word, named)


def carried_by(carrier: Carrier) -> None:
    """Register what carries mails: it takes (mission, target, moment)."""
    _carriers[:] = [carrier]


def owe(site: Site, name: str, key: str, at: datetime) -> None:
    """Write down that something is to be forwarded."""
    for carrier in _carriers:
        carrier(site, f"{name}:{key}", at)


def mail_of(target: str) -> Forwarded | None:
    """Word the mail for a target; nothing when there is nothing left to tell, or nobody to."""
    name, _colon, key = target.partition(":")
    return _kinds[name].word(key) if name in _kinds else None


def named(targets: Iterable[str]) -> dict[str, str]:
    """Give the names of targets."""
    found: dict[str, str] = {}
    split = [target.partition(":") for target in targets]
    for kind in {name for name, _colon, _key in split} & set(_kinds):
        names = _kinds[kind].name([key for name, _colon, key in split if name == kind])
        found |= {f"{kind}:{key}": name for key, name in names.items()}
    return found
