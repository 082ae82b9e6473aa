"""Translations that readers have without their original, and originals without a translation.

An original expires, is taken off the site or made private by itself: each page is its own request
(decision 17), and what is wrong in one language may be right in another. Somebody has to decide, so
staff are told before they ask, on the translation's desk, and on the first screen.

A page may well be public in one language only; the first screen names it, so that this is meant.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page, Site, get_page_models

from embassy.mission.belonging import site_of
from embassy.models import MissionSettings, TranslationStanding


def readable() -> QuerySet[Page]:
    """Query the pages that anybody may read."""
    return Page.objects.live().public()


def in_trees_of(site: Site) -> QuerySet[Page]:
    """Query the pages of a mission that anybody may read, in all its languages."""
    found = readable().none()
    for home in site.root_page.get_translations(inclusive=True):
        found |= readable().descendant_of(home, inclusive=True)
    return found


def outlived(site: Site) -> QuerySet[Page]:
    """Query the public pages of a mission's other languages whose original readers cannot have.

    A page that was never made from another one is its own original.
    """
    first = MissionSettings.for_site(site).first_language
    same = Page.objects.filter(translation_key=OuterRef("translation_key"))
    originals = same.filter(locale__language_code=first)
    translated = TranslationStanding.objects.filter(page=OuterRef("pk")).exclude(public_of="")
    pages = in_trees_of(site).exclude(locale__language_code=first)
    pages = pages.filter(Exists(originals) | Exists(translated))
    pages = pages.exclude(Exists(originals.filter(pk__in=readable().values("pk"))))
    return pages.select_related("locale").order_by("path")


def untranslated(site: Site, language: str) -> QuerySet[Page]:
    """Query a mission's public originals that readers of a language lack, the newest first.

    Warnings, which hold the texts of all languages, are none of these.
    """
    first = MissionSettings.for_site(site).first_language
    models = [m for m in get_page_models() if not getattr(m, "in_all_languages", True)]
    types = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    same = readable().filter(translation_key=OuterRef("translation_key"))
    there = same.filter(locale__language_code=language)
    pages = in_trees_of(site).filter(locale__language_code=first, content_type__in=types)
    return pages.exclude(Exists(there)).order_by("-first_published_at", "path")


def original_of(page: Page) -> Page | None:
    """Give the page in its mission's first language; None when there is none, or it is this one."""
    site = site_of(page)
    mission = MissionSettings.for_site(site) if site else None
    if mission is None or page.locale.language_code == mission.first_language:
        return None
    same = Page.objects.filter(translation_key=page.translation_key)
    return same.filter(locale__language_code=mission.first_language).first()


def has_outlived(page: Page) -> bool:
    """Whether readers have this page while its original is no longer public."""
    site = site_of(page)
    return site is not None and outlived(site).filter(pk=page.pk).exists()


def beside(page: Page, user) -> dict:
    """Give what is said beside a translation without a public original; nothing of any other."""
    if not has_outlived(page):
        return {}
    may = page.permissions_for_user(user).can_unpublish()
    return {"page": page, "original": original_of(page), "may_unpublish": may}


def that_stay(pages: Iterable[Page]) -> list[Page]:
    """Give the translations that readers keep when pages in a first language go off the site."""
    found: dict[int, Page] = {}
    for page in pages:
        site = site_of(page)
        mission = MissionSettings.for_site(site) if site else None
        if mission is None or page.locale.language_code != mission.first_language:
            continue
        others = readable().filter(translation_key=page.translation_key).exclude(pk=page.pk)
        found |= {other.pk: other for other in others.select_related("locale")}
    return list(found.values())
