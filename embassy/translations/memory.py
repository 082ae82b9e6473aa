"""What `wagtail_localize` keeps of a translation, read in our terms."""

import hashlib
import json

from django.db.models import QuerySet
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import BaseTranslatableField, get_translatable_fields
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue


def translation_of(page: Page) -> Translation | None:
    """Give what a page is a translation by; None for a page that is written in its own editor."""
    return kept_for(page).filter(enabled=True).first()


def stopped(page: Page) -> Translation | None:
    """Give what a page was a translation by before it was stopped; None if it was not."""
    return kept_for(page).filter(enabled=False).first()


def kept_for(page: Page) -> QuerySet[Translation]:
    """Query what is kept for a page as a translation, whether it is stopped or not."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    )
    return found.select_related("source__locale", "target_locale")


def untranslated(translation: Translation) -> list[str]:
    """Give the texts that nobody has translated yet, or not so that they can be used."""
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    told = segments.annotate_translation(translation.target_locale)
    told = told.exclude(translation__regex=r"\S") | told.filter(translation=None)
    return list(told.values_list("string__data", flat=True))


def texts_of(page: Page) -> list[str]:
    """Give every text of a page that a translation has to say, in order."""
    segments = extract_segments(page)
    return [part.string.data for part in segments if isinstance(part, StringSegmentValue)]


def words_of(data: str) -> str:
    """Give the words of a text without its markup, to be compared."""
    return StringValue(data).render_text().strip()


def said_by(page: Page) -> set[str]:
    """Give the words of every text, and every address, that readers have of a page; or none."""
    if not page.live:
        return set()
    parts = extract_segments(page)
    texts = {words_of(part.string.data) for part in parts if isinstance(part, StringSegmentValue)}
    others = (part.data for part in parts if isinstance(part, OverridableSegmentValue))
    return texts | {one for one in others if isinstance(one, str)}


def digest_of(page: Page) -> str:
    """Give a mark of all that a translation says and takes over of a page; menus are left out."""
    values = [taken_over(page, field) for field in get_translatable_fields(type(page))]
    values.append(page.expire_at)
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()


def taken_over(page: Page, field: BaseTranslatableField):
    """Give what of a field reaches a translation: its value, or those of its rows."""
    if field.field_name in ("slug", "show_in_menus"):
        return None
    kept = field.get_field(type(page))
    if isinstance(kept, StreamField):
        return list(getattr(page, kept.name).raw_data)
    if kept.one_to_many:
        apart = {"id", kept.remote_field.attname, "translation_key"}
        rows = [vars(row) for row in getattr(page, kept.get_accessor_name()).all()]
        return [{k: v for k, v in row.items() if k not in apart and k[0] != "_"} for row in rows]
    return getattr(page, kept.attname)
