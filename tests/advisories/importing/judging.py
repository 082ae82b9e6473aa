"""Judging items as they come out of a feed, as of a moment."""

from datetime import UTC, date, datetime

from advisories.importing.judgment import Known, judge
from advisories.importing.names import key_of
from advisories.importing.reader import read_feed
from tests.advisories.importing.feeds import COUNTRIES, rss

AT = datetime(2026, 6, 9, 12, tzinfo=UTC)
HERE = "https://travel.example.gov/mali.html"


def judged(*entries: dict, known=None):
    """Judge items as they come out of a feed."""
    return judge(read_feed(rss(*entries)), known or {}, AT)


def reasons(*entries: dict, known=None) -> list[str]:
    """Give why items are refused."""
    return [refusal.reason for refusal in judged(*entries, known=known).refusals]


def held(**levels: int) -> dict[str, Known]:
    """Give what is held of the forty countries: level 2, or what is said."""
    day = date(2026, 6, 8)
    return {key_of(c): Known(c, levels.get(c, 2), day, True) for c in COUNTRIES}
