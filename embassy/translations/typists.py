"""Who typed which text of a translation: each answers for the revision in which it goes out.

Whatever stores a text or an address for an account comes by here: the editor, an uploaded file. Who
types over a colleague's words takes nothing off the colleague, and what is typed while a page waits
counts for the words that are handed in after it. A text that the original does without for a while
keeps who typed it. What is in use counts by its last typist too, unless readers have it already.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from embassy.models.translation import TextTypist
from embassy.models.users import User
from embassy.models.workflow import IN_NONE, PageWriter
from embassy.translations import memory

TYPED = "embassy.translation_typed"
CLEARED = "embassy.translation_cleared"


@receiver(post_save, sender=StringTranslation)
@receiver(post_save, sender=SegmentOverride)
def note(sender, instance: StringTranslation | SegmentOverride, raw=False, **kwargs) -> None:
    """Write down who typed, for the two-person rule and for the record.

    It waits while the page is handed in, or this would count as part of words it is not in.
    """
    typist = instance.last_translated_by
    if raw or typist is None or instance.context is None:
        return
    key = {"translation_key": instance.context.object_id, "locale": instance.locale_id}
    with transaction.atomic():
        page = Page.objects.select_for_update().filter(**key).first()
        if page is None:
            return
        which = {"page": page, "user": typist, "text": text_of(instance)}
        TextTypist.objects.update_or_create(**which, defaults={"revision": None})
        if memory.translation_of(page) is not None:
            PageWriter.objects.get_or_create(page=page, user=typist, defaults={"revision": IN_NONE})
        log(instance=page, action=TYPED, user=typist, data={"text": instance.context.path})


def text_of(row: StringTranslation | SegmentOverride) -> str:
    """Name a text, or an address, so that it is known again after it was taken away."""
    return name_of(row.context_id, getattr(row, "translation_of_id", None))


def name_of(context: int, string: int | None) -> str:
    """Name the text that stands for a string in a place; without a string it is an address."""
    return f"{context} {string}" if string else f"{context}"


def in_use(translation: Translation) -> set[str]:
    """Give the names of all texts and addresses of which a translated page is made now."""
    texts = StringSegment.objects.filter(source=translation.source)
    others = OverridableSegment.objects.filter(source=translation.source)
    names = {name_of(*pair) for pair in texts.values_list("context_id", "string_id")}
    return names | {name_of(one, None) for one in others.values_list("context_id", flat=True)}


def of(page: Page, translation: Translation) -> QuerySet[User]:
    """Query who typed any of the words that a translation would say now and readers do not have."""
    noted = TextTypist.objects.of(page).filter(text__in=in_use(translation))
    people = set(noted.values_list("user_id", flat=True)) | last_of(page, translation)
    return User.objects.filter(pk__in=people)


def last_of(page: Page, translation: Translation) -> set[int]:
    """Give the ids of who typed last what is in use and not public word for word."""
    public = memory.said_by(Page.objects.get(pk=page.pk).specific)
    used = in_use(translation)
    kept = {
        "locale": translation.target_locale_id,
        "context__object_id": translation.source.object_id,
        "last_translated_by__isnull": False,
    }
    rows = [*StringTranslation.objects.filter(**kept), *SegmentOverride.objects.filter(**kept)]
    return {
        row.last_translated_by_id
        for row in rows
        if text_of(row) in used and said(row) not in public
    }


def said(row: StringTranslation | SegmentOverride) -> str:
    """Give what a text says, or an address as it is."""
    return memory.words_of(row.data) if isinstance(row, StringTranslation) else str(row.data)


def handed_in(page: Page, translation: Translation, revision: int) -> None:
    """Note with which revision the texts in use were handed in."""
    used = TextTypist.objects.of(page).filter(text__in=in_use(translation))
    used.update(revision=revision)


def put_aside(page: Page) -> None:
    """Let nobody answer for texts that a stopped page does not say; restarted, they do again.

    Who typed what was handed in remains a writer of the page: its own words are made from that. The
    editor may store others over that revision, so it no longer tells that the texts went out.
    """
    PageWriter.objects.of(page).filter(revision=IN_NONE).delete()
    TextTypist.objects.of(page).update(revision=None)
