"""Nobody types over a colleague's words of a translation that they have not seen.

With each text the editor sends the mark of the words that it was opened at. Where a colleague has
stored others since, nothing is stored: whoever comes second is shown them, keeps their own words,
and sends them again to put them in their place. A PO file says when it was downloaded.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from polib import POEntry, POFile
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from embassy.clock.clocks import in_words

OVER = "X-Typed-Over"  # what a request says it was opened at
NOW = "X-Typed"  # what an answer says there is now
NONE = ""
"""The mark of a text that nobody has typed yet."""

Typed = StringTranslation | SegmentOverride


def mark_of(words) -> str:
    """Give a mark by which the same words are known again; no secret."""
    return hashlib.sha256(str(words).encode()).hexdigest()[:16]


def stored(segment: StringSegment | OverridableSegment, translation: Translation) -> Typed | None:
    """Give what is stored for one text or address in the language of a translation."""
    key = {"locale": translation.target_locale_id, "context": segment.context_id}
    if isinstance(segment, OverridableSegment):
        return SegmentOverride.objects.filter(**key).first()
    return StringTranslation.objects.filter(translation_of=segment.string_id, **key).first()


def mark_now(segment: StringSegment | OverridableSegment, translation: Translation) -> str:
    """Give the mark of what is stored for one text."""
    row = stored(segment, translation)
    return mark_of(row.data) if row else NONE


def is_over_newer(row: Typed | None, user, over: str, words: str) -> bool:
    """Whether somebody types over a colleague's words that they have not seen."""
    if row is None or row.last_translated_by_id == user.pk or row.data == words:
        return False
    return mark_of(row.data) != over


def what_a_colleague_typed(row: Typed, zone: str) -> str:
    """Say who stored which words when, and what becomes of one's own."""
    sentence = _(
        "%(who)s stored other words for this text at this time: %(when)s. They are “%(theirs)s”. "
        "Yours are kept in the field and not stored: store them again to put them in place."
    )
    return sentence % {
        "who": row.last_translated_by or _("Somebody"),
        "when": in_words(row.updated_at, zone),
        "theirs": row.data,
    }


def downloaded_at(file: POFile) -> datetime | None:
    """Give when a PO file was downloaded here, in UTC; None for one that does not say it."""
    try:
        at = parse_datetime(file.metadata.get("POT-Creation-Date", ""))
        return at.astimezone(UTC) if at and at.tzinfo else None
    except (ValueError, OverflowError):  # the first and the last day of all are none elsewhere
        return None


def typed_since(file: POFile, translation: Translation, user) -> Iterator[tuple[POEntry, Typed]]:
    """Give the entries of a file over whose texts a colleague typed after it was downloaded."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        updated_at__gt=downloaded_at(file),
    ).exclude(last_translated_by=user)
    later = {
        (row.context.path, row.translation_of.data): row
        for row in rows.select_related("context", "translation_of", "last_translated_by")
    }
    for entry in file:
        row = later.get((entry.msgctxt, entry.msgid))
        if row is not None and entry.msgstr and entry.msgstr != row.data:
            yield entry, row


def what_colleagues_typed(left: list[tuple[str, Typed]], shown: int) -> str:
    """Say which texts of a file were left as colleagues typed them; shows so many of them."""
    each = _("%(who)s typed “%(theirs)s”, your file has “%(yours)s”.")
    told = [
        each % {"who": row.last_translated_by or _("Somebody"), "theirs": row.data, "yours": yours}
        for yours, row in left[:shown]
    ]
    sentence = _(
        "What colleagues typed after you downloaded the file was left as it is (%(count)s). "
        "%(texts)s Download it again and write yours into it to put them in place."
    )
    return sentence % {"count": len(left), "texts": " ".join(told)}
