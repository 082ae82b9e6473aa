"""The demo site in French: each page begun as staff begin it, with the words of the apps' catalogs.

An app keeps its French in `demo/fr.po`, a catalog from the English texts of its pages. A page of
which a text is not in it, because staff have changed the page, is left untranslated.
"""

from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from embassy.demo.records import current_run, demo_site, once
from embassy.demo.registry import part_of_demo
from embassy.models.workflow import approved_by
from embassy.translations import memory, steps

FRENCH = "fr"
CATALOG = "demo/fr.po"


@part_of_demo(88, "French pages")
def french_pages() -> int:
    """Translate every published page that is written in one language, from home down."""
    pages = demo_site().root_page.get_descendants(inclusive=True).live().order_by("path")
    return sum(translated_once(page.specific) for page in pages if is_translated(page))


def is_translated(page: Page) -> bool:
    """Whether a page is one that is translated at all."""
    return bool(approved_by(page)) and not page.specific_class.in_all_languages


def translated_once(page: Page) -> int:
    """Translate and publish a page unless it ever was; say how many were made."""
    key = f"french:{page.translation_key}"
    return once(key, page.title, lambda: translated(page), lambda: in_french(page))


def in_french(page: Page) -> Page | None:
    """Give a page in French, if it is there and public."""
    found = Page.objects.filter(translation_key=page.translation_key, locale__language_code=FRENCH)
    same = found.filter(live=True).first()
    return same and same.specific


@transaction.atomic
def translated(page: Page) -> Page | None:
    """Begin a page in French, give it the words of the catalog, and publish it."""
    target = steps.begin(page, FRENCH, None)
    translation = memory.translation_of(target)
    say(translation)
    if memory.untranslated(translation):
        current_run().left_out.append(f"“{page.title}” has no French: its English was changed.")
        return target
    steps.stored(target, translation, None).publish()
    return target


def say(translation: Translation) -> None:
    """Give a translation the words of the catalog for each of its texts."""
    words = catalog()
    segments = StringSegment.objects.filter(source=translation.source)
    for segment in segments.select_related("string", "context"):
        text = segment.string.data
        french = words.get((segment.context.field_path, text)) or words.get(("", text))
        if french:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={
                    "data": french,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                },
            )


@cache
def catalog() -> dict[tuple[str, str], str]:
    """Give all French of the demo site by its English, and by the field where it differs there."""
    words = {}
    for app in apps.get_app_configs():
        file = Path(app.path) / CATALOG
        if file.exists():
            entries = polib.pofile(str(file))
            words |= {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries}
    return words
