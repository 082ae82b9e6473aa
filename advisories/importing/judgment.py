"""Judging what a feed says: which items can be taken, and whether the feed as a whole can be.

Nothing is guessed. An item whose level, date or text is in doubt is refused and counted; a feed in
which much is wrong or much changes at once is refused whole. Nothing is written here.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings

from advisories.importing.markup import Unclear, public_address
from advisories.importing.names import code_of, key_of
from advisories.importing.reader import Entry
from advisories.importing.reasons import FeedRefused, Refusal
from advisories.importing.words import names_of_levels, other_level, words_of
from embassy.texts.invisible import without_invisible

TITLE = re.compile(r"(?P<country>\S.*?) - Level (?P<level>[0-9]+): (?P<name>.+)")
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Item:
    """What the Department says of one country; `key` is its ISO code, or else its plain name."""

    key: str
    code: str
    name: str
    level: int
    title: str
    link: str
    published_on: date
    body: str
    other_level: str = ""  # that the text gives the country, where it contradicts the title

    @property
    def sha256(self) -> str:
        """A hash of all it says, the same for the same item."""
        parts = [self.title, self.published_on.isoformat(), self.link, self.body]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Judged:
    """The items that can be taken, one a country, and what was refused of how many."""

    count: int
    items: list[Item] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    repeated: int = 0
    named: set[str] = field(default_factory=set)

    @property
    def by_reason(self) -> Counter:
        """How many items were refused for which reason."""
        return Counter(refusal.reason for refusal in self.refusals)


@dataclass(frozen=True)
class Known:
    """What is held of a country already, and whether the last good copy had it."""

    name: str
    level: int
    published_on: date
    in_copy: bool


class Doubt(Exception):
    """Raised while an item is read; its first argument is the reason."""


def judge(entries: list[Entry], known: Mapping[str, Known], at: datetime) -> Judged:
    """Judge each item by itself and beside the others; `known` is by key."""
    judged = Judged(count=len(entries))
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        try:
            country, _level = read_title(entry.title)
        except Doubt as doubt:
            judged.refusals.append(refusal_of(entry, doubt))
        else:
            groups.setdefault(key_of(country), []).append(entry)
    judged.named = set(groups)
    for key, group in groups.items():
        judge_country(judged, group, known.get(key), at)
    return judged


def judge_country(judged: Judged, group: list[Entry], held: Known | None, at: datetime) -> None:
    """Take a country's item, or refuse all items there are of it."""
    if len({(entry.title, entry.published, entry.body) for entry in group}) > 1:
        judged.refusals += [refusal_of(entry, Doubt("duplicate")) for entry in group]
        return
    judged.repeated += len(group) - 1
    try:
        item = item_of(group[0], at)
        if held and item.published_on < held.published_on:
            raise Doubt("older")
    except Doubt as doubt:
        judged.refusals += [refusal_of(entry, doubt) for entry in group]
    else:
        judged.items.append(item)


def refusal_of(entry: Entry, doubt: Doubt) -> Refusal:
    """Give the refusal of an entry."""
    reason = doubt.args[0]
    details = {"limit": settings.ADVISORY_FEED["characters"]} if reason == "long" else {}
    return Refusal(" ".join(without_invisible(entry.title).split())[:120], reason, details)


def read_title(title: str) -> tuple[str, int]:
    """Read country and level of a title that is exactly "Country - Level N: Name of the level"."""
    found = TITLE.fullmatch(title)
    if not found or len(title) > LONGEST_TITLE or not title.isprintable():
        raise Doubt("title")
    level = int(found["level"]) if len(found["level"]) < 3 else 0
    country = found["country"].strip()
    if not key_of(country):
        raise Doubt("title")
    if names_of_levels().get(level) != found["name"]:
        raise Doubt("level")
    return country, level


def item_of(entry: Entry, at: datetime) -> Item:
    """Read an entry whole; raises Doubt with the reason."""
    country, level = read_title(entry.title)
    body = without_invisible(entry.body)
    if len(body) > settings.ADVISORY_FEED["characters"]:
        raise Doubt("long")
    link = public_address(entry.link, "")[:500]
    try:
        words = words_of(body, link)
    except Unclear as error:
        raise Doubt("markup") from error
    if not words.summary:
        raise Doubt("empty")
    published = read_day(entry.published)
    if published > at.astimezone(UTC).date() + timedelta(days=1):
        raise Doubt("future")
    return Item(
        key=key_of(country),
        code=code_of(country),
        name=country,
        level=level,
        title=entry.title,
        link=link,
        published_on=published,
        body=body,
        other_level=other_level(body, country, level),
    )


def read_day(text: str) -> date:
    """Read the day of "Fri, 09 Jan 2026", with a time or without, or of an ISO 8601 time.

    The Department's days begin at midnight UTC, which its JSON writes on the clock of Washington.
    """
    try:
        if re.match(r"\d{4}-", text):
            moment = datetime.fromisoformat(text)
        else:
            moment = parsedate_to_datetime(text if ":" in text else f"{text} 00:00:00 +0000")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        day = moment.astimezone(UTC).date()
    except (ValueError, OverflowError, TypeError, IndexError) as error:
        raise Doubt("date") from error
    if day.year < 2000:
        raise Doubt("date")
    return day


def check_whole(judged: Judged, known: Mapping[str, Known], accept_change: bool = False) -> None:
    """Refuse a feed in which too much is wrong, or too much would change; raises FeedRefused.

    A person who has looked may accept a change, never a fault.
    """
    check_faults(judged)
    if accept_change:
        return
    held = {key for key, country in known.items() if country.in_copy}
    gone = held - judged.named
    if len(gone) > allowed("gone", len(held)):
        raise FeedRefused("gone", count=len(gone), known=len(held))
    both = [(item, known[item.key]) for item in judged.items if item.key in known]
    changed = [item for item, country in both if item.level != country.level]
    if len(changed) > allowed("levels", len(both)):
        raise FeedRefused("levels", count=len(changed), known=len(both))


def check_faults(judged: Judged) -> None:
    """Refuse a feed with too many items that cannot be used, or that all say the same."""
    limit = allowed("refused", judged.count)
    if judged.by_reason["empty"] > limit:
        raise FeedRefused("blank", count=judged.by_reason["empty"], items=judged.count)
    if len(judged.refusals) > limit:
        raise FeedRefused("faulty", count=len(judged.refusals), items=judged.count)
    if not judged.items:
        raise FeedRefused("useless")
    most = most_alike(item.body for item in judged.items)
    if most > allowed("same_text", len(judged.items)):
        raise FeedRefused("same_text", count=most, items=len(judged.items))


def most_alike(bodies: Iterable[str]) -> int:
    """Give how many of the texts are one and the same."""
    return Counter(bodies).most_common(1)[0][1]


def allowed(kind: str, of: int) -> int:
    """Give how many are still no mass: a share of all, or a few."""
    return max(settings.ADVISORY_FEED["few"], int(settings.ADVISORY_FEED[kind] * of))
