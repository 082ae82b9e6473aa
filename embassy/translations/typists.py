"""Who typed words of a translation that are in no revision yet: each answers for the next one.

Whatever stores a text or an address for an account comes by here: the editor, an uploaded file. Who
types over a colleague's words takes nothing off the colleague, and what is typed while a page waits
counts for the words that are handed in after it.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation

from embassy.models.users import User
from embassy.models.workflow import PageWriter

TYPED = "embassy.translation_typed"
CLEARED = "embassy.translation_cleared"
IN_NONE = 2**62
"""Stands for the revision of words that are in none yet: later than any that is published."""


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
        PageWriter.objects.update_or_create(page=page, user=typist, defaults={"revision": IN_NONE})
        log(instance=page, action=TYPED, user=typist, data={"text": instance.context.path})


def of(page: Page) -> QuerySet[User]:
    """Query who typed words of a page that are in no revision yet."""
    rows = PageWriter.objects.of(page).filter(revision=IN_NONE)
    return User.objects.filter(pk__in=rows.values("user"))
