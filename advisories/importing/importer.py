"""Importing the Department's feed: fetch, read, judge, keep the good copy, make drafts.

Everything that is written is written in one transaction, under one lock: all of an import or, when
anything stops it, none. A refused feed leaves a row that says why, and nothing else.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import connection, transaction

from advisories.importing.drafts import Outcome, make_drafts
from advisories.importing.judgment import Item, Judged, Known, check_whole, judge
from advisories.importing.reader import Entry, read_feed
from advisories.importing.reasons import FeedRefused
from advisories.importing.source import fetch, name_of
from advisories.models import CountryAdvice, FeedCopy, FeedRefusal

LOCK = 0x6665656C  # the number under which PostgreSQL knows this lock
COPIED = (
    *("code", "name", "level", "title", "link", "published_on", "body", "sha256", "other_level"),
)

Say = Callable[[str], None]


class Busy(Exception):
    """Another import is running."""


@dataclass
class Report:
    """What an import did, or would do."""

    source: str
    judged: Judged | None = None
    same_copy: bool = False
    new: int = 0
    changed: int = 0
    missing: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    refused: FeedRefused | None = None


def import_feed(
    source: str, at: datetime, say: Say, *, dry_run: bool = False, accept_change: bool = False
) -> Report:
    """Import a file or an address; a refusal stands in the report. Raises Busy."""
    report = Report(name_of(source))
    try:
        say(f"Reading {report.source} …")
        raw = fetch(source)
        entries = read_feed(raw)
        say(f"Items: {len(entries)}, in {len(raw):,} bytes.")
        with transaction.atomic():
            alone()
            take(report, raw, entries, at, say, accept_change)
            if dry_run:
                transaction.set_rollback(True)
    except FeedRefused as refused:
        report.refused = refused
        if not dry_run:
            remember(report.source, refused, at)
    return report


def alone() -> None:
    """Let one import at a time go on; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy


def take(
    report: Report, raw: bytes, entries: list[Entry], at: datetime, say: Say, accept_change: bool
) -> None:
    """Judge the entries, keep what is good, and make the drafts."""
    last = FeedCopy.objects.latest_good()
    known = known_by_key(last)
    report.judged = judge(entries, known, at)
    say(f"Countries that can be taken: {len(report.judged.items)}.")
    check_whole(report.judged, known, accept_change)
    copy = copy_of(report, raw, last, at)
    keep_items(report, copy)
    report.missing = sorted(
        country.name
        for key, country in known.items()
        if country.in_copy and key not in report.judged.named
    )
    for outcome in make_drafts(copy, at):
        report.outcomes.append(outcome)
        say(f"{outcome.mission}: {outcome.sentence}")


def known_by_key(last: FeedCopy | None) -> dict[str, Known]:
    """Give what is held of every country."""
    rows = CountryAdvice.objects.values_list("key", "name", "level", "published_on", "copy_id")
    return {
        key: Known(name, level, day, last is not None and copy == last.pk)
        for key, name, level, day, copy in rows
    }


def copy_of(report: Report, raw: bytes, last: FeedCopy | None, at: datetime) -> FeedCopy:
    """Give the copy for what was read: the last one when it is the same again."""
    sha256 = hashlib.sha256(raw).hexdigest()
    if last and last.sha256 == sha256:
        report.same_copy = True
        last.seen_at, last.source = at, report.source
        last.save(update_fields=["seen_at", "source"])
        return last
    return FeedCopy.objects.create(
        source=report.source,
        sha256=sha256,
        fetched_at=at,
        seen_at=at,
        countries=len(report.judged.items),
        refused=[asdict(refusal) for refusal in report.judged.refusals],
    )


def keep_items(report: Report, copy: FeedCopy) -> None:
    """Store what the items say, and that this copy had them."""
    held = {row.key: row for row in CountryAdvice.objects.all()}
    new, changed = [], []
    for item in report.judged.items:
        row = held.get(item.key)
        if row is None:
            new.append(written(CountryAdvice(key=item.key, copy=copy), item))
        elif row.sha256 != item.sha256:
            changed.append(written(row, item))
    CountryAdvice.objects.bulk_create(new)
    CountryAdvice.objects.bulk_update(changed, COPIED, batch_size=50)
    if not report.same_copy:
        keys = [item.key for item in report.judged.items]
        CountryAdvice.objects.filter(key__in=keys).update(copy=copy)
    report.new, report.changed = len(new), len(changed)


def written(row: CountryAdvice, item: Item) -> CountryAdvice:
    """Give a row that says what an item says."""
    for name in COPIED:
        setattr(row, name, getattr(item, name))
    return row


@transaction.atomic
def remember(source: str, refused: FeedRefused, at: datetime) -> None:
    """Note a refused attempt; the same one again is only counted."""
    last = FeedRefusal.objects.select_for_update().order_by("-last_at", "-pk").first()
    about = {"source": source, "reason": refused.reason, "details": refused.details}
    copy = FeedCopy.objects.latest_good()
    again = last and all(getattr(last, name) == value for name, value in about.items())
    if again and not (copy and copy.seen_at >= last.last_at):
        last.times, last.last_at = last.times + 1, at
        last.save(update_fields=["times", "last_at"])
        return
    FeedRefusal.objects.create(first_at=at, last_at=at, **about)
