"""Whether a translation is in step with the page it is made from, and since when it is not.

Both are told when words go out (`publishing.went_out`), under the lock of the page that went out.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from embassy.approval import Refused
from embassy.models.translation import TextTypist, TranslationStanding
from embassy.translations import memory


def handed_in(page: Page, source: Page, revision: int) -> None:
    """Note of what words a revision is made that somebody handed to a second person."""
    TranslationStanding.objects.update_or_create(
        page_id=page.pk, defaults={"revision": revision, "made_of": memory.digest_of(source)}
    )


def refuse_not_handed_in(page: Page) -> None:
    """Refuse a translation's draft that is not what its translators have typed and handed in."""
    if memory.translation_of(page) is None:
        return
    handed = TranslationStanding.objects.filter(page=page.pk, revision=page.latest_revision_id)
    if not handed.exists():
        raise Refused(_("Hand the translation in from its editor first: this draft is an old one."))


def went_out(page: Page, revision: int) -> None:
    """Note that words of a page are public now: its own, and what its translations lack."""
    TextTypist.objects.of(page).filter(revision=revision).delete()  # two people let those out
    own = TranslationStanding.objects.filter(page=page.pk, revision=revision).first()
    if own is not None:
        own.public_of = own.made_of
        own.save(update_fields=["public_of"])
    if (translation := memory.translation_of(page)) is not None:
        source = translation.source.get_source_instance()
        judge(TranslationStanding.objects.filter(page=page.pk), source)
        return
    if (stopped := memory.stopped(page)) is not None:
        in_own_words(page, stopped.source.get_source_instance())
        return
    judge(standings_of(page), Page.objects.get(pk=page.pk).specific)


def in_own_words(page: Page, source: Page) -> None:
    """Note that two people let out a page's own words, who had the original to compare with."""
    told = {"public_of": memory.digest_of(source), "behind_since": None}
    TranslationStanding.objects.update_or_create(page_id=page.pk, defaults=told)


def standings_of(source: Page) -> QuerySet[TranslationStanding]:
    """Query how the translations of a page stand to it."""
    others = TranslationStanding.objects.filter(page__translation_key=source.translation_key)
    return others.exclude(page=source.pk)


def judge(standings: QuerySet[TranslationStanding], source: Page) -> None:
    """Set since when translations are behind a page; those nobody has published are not."""
    found = list(standings.exclude(public_of=""))
    mark = memory.digest_of(source) if found else ""
    for standing in found:
        is_behind = standing.public_of != mark
        if is_behind and standing.behind_since is None:
            standing.behind_since = source.last_published_at or timezone.now()
        elif not is_behind:
            standing.behind_since = None
        standing.save(update_fields=["behind_since"])


def behind(pages: QuerySet[Page]) -> QuerySet[TranslationStanding]:
    """Query which published translations among pages are behind, the longest first."""
    late = TranslationStanding.objects.filter(page__in=pages.live()).exclude(behind_since=None)
    return late.select_related("page__locale").order_by("behind_since", "pk")


def since(page: Page) -> datetime | None:
    """Give since when a published page is behind its first language; None when it is in step."""
    found = TranslationStanding.objects.filter(page=page.pk).first()
    return found.behind_since if found else None


def with_standing(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Add to pages, in their own query, `behind_since`."""
    rows = TranslationStanding.objects.filter(page=OuterRef("pk")).values("behind_since")
    return pages.annotate(behind_since=Subquery(rows[:1]))


def has_news(source: TranslationSource, original: Page) -> bool:
    """Whether the first language says by now what translators have not been shown."""
    return memory.digest_of(original) != memory.digest_of(source.as_instance())


def languages_missing(page: Page, languages: list[str]) -> list[str]:
    """Give the languages of a mission, by their codes, in which a page is not begun yet."""
    there = Page.objects.filter(translation_key=page.translation_key)
    begun = set(there.values_list("locale__language_code", flat=True))
    return [code for code in languages if code not in begun]


def begun_in(pages: QuerySet[Page], language: str) -> dict[UUID, int]:
    """Give which of some pages were ever begun in a language: translation key to page there."""
    keys = pages.order_by().values("translation_key")
    there = Page.objects.filter(translation_key__in=keys, locale__language_code=language)
    return dict(there.values_list("translation_key", "pk"))


def in_language(page: Page, language: str) -> Page | None:
    """Give what a page is in a language, if it was ever begun."""
    same = Page.objects.filter(translation_key=page.translation_key)
    return same.filter(locale__language_code=language).first()
