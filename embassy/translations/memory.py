"""What `wagtail_localize` keeps of a translation, read in our terms."""

import hashlib
import json
from datetime import datetime

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def translation_of(page: Page) -> Translation | None:
    """Give what a page is a translation by; None for a page that is written in its own editor."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    return found.select_related("source__locale", "target_locale").first()


def translations_from(page: Page) -> QuerySet[Translation]:
    """Query the translations that are made from a page."""
    made = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale_id, enabled=True
    )
    return made.select_related("source", "target_locale")


def untranslated(translation: Translation) -> list[str]:
    """Give the texts that nobody has translated yet, or not so that they can be used."""
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    told = segments.annotate_translation(translation.target_locale).filter(translation=None)
    return list(told.values_list("string__data", flat=True))


def typed_by(translation: Translation, since: datetime | None) -> set[int]:
    """Give who typed what is in a translation now and was not there at a moment."""
    about = {
        "context__object": translation.source.object_id,
        "locale": translation.target_locale,
    }
    people: set[int] = set()
    for model in (StringTranslation, SegmentOverride):
        rows = model.objects.filter(**about).exclude(last_translated_by=None)
        rows = rows.filter(updated_at__gt=since) if since else rows
        people |= set(rows.values_list("last_translated_by", flat=True))
    return people


def texts_of(page: Page) -> list[str]:
    """Give every text of a page that a translation has to say, in order."""
    segments = extract_segments(page)
    return [part.string.data for part in segments if isinstance(part, StringSegmentValue)]


def digest_of(page: Page) -> str:
    """Give a mark of all texts of a page: the same for as long as no word of them changes."""
    return hashlib.sha256(json.dumps(texts_of(page)).encode()).hexdigest()
