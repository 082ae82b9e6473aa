"""Every step of a translation: begun, brought up to date, handed to a second person.

What is typed in between, `wagtail_localize` keeps and nobody reads. A warning is one record in all
languages and never comes here.
"""

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision, Site
from wagtail_localize.models import Translation, TranslationSource

from embassy import roles
from embassy.approval import Refused
from embassy.mission.belonging import site_of
from embassy.models import HomePage, MissionSettings
from embassy.models.workflow import approved_by
from embassy.release import publishing
from embassy.texts.invisible import invisible_in
from embassy.translations import memory, standing, typists

BEGUN = "embassy.translation_begun"
RENEWED = "embassy.translation_renewed"
FIRST_SHOWN = 3


@transaction.atomic
def begin(page: Page, language: str, by) -> Page:
    """Begin a page in another language, with the pages above it; give it if it is there already.

    It is a draft in the words of the first language until it is handed in. `by` is None for
    programs.
    """
    page = page.specific
    site = site_of(page)
    refuse_unfit(page, language, site)
    if by is not None and not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    Page.objects.select_for_update().get(pk=site.root_page_id)  # two at once begin it once
    locale, _made = Locale.objects.get_or_create(language_code=language)
    for above in [*page.get_ancestors().filter(depth__gt=1).specific(), page]:
        begin_one(above, locale, site, by)
    return page.get_translation(locale).specific


def refuse_unfit(page: Page, language: str, site: Site | None) -> None:
    """Refuse a page that is not translated, and a language that is not one of its mission's."""
    mission = site and MissionSettings.for_site(site)
    if mission is None or getattr(page, "in_all_languages", True) or not approved_by(page):
        raise Refused(_("This page is one record in all languages: write it in its own editor."))
    if page.locale.language_code != mission.first_language:
        raise Refused(_("Translations are made from the page in the mission’s first language."))
    if not page.live:
        raise Refused(_("The original is not published. Have it published first."))
    if language == mission.first_language or language not in mission.languages:
        raise Refused(_("The mission has no pages in this language."))


def begin_one(page: Page, locale: Locale, site: Site, by) -> None:
    """Begin one page, if nobody did yet, as a draft below the translation of its parent."""
    if page.has_translation(locale):
        return
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(user=by, publish=False)
    log(instance=page, action=BEGUN, user=by, data={"language": locale.language_code})
    if isinstance(page, HomePage):
        roles.sync(site)  # its tree is new: every role works in it too


@transaction.atomic
def renew(page: Page, by) -> None:
    """Take up the words that the first language has by now; what was typed for others stays."""
    translation = of(page, by)
    published_original(translation)
    translation.source.update_from_db()
    log(instance=page, action=RENEWED, user=by)


def of(page: Page, by) -> Translation:
    """Give the translation a page is written by; refuses who may not write it."""
    if by is not None and not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    translation = memory.translation_of(page)
    if translation is None:
        raise Refused(_("This page is not translated part by part. Write it in its own editor."))
    return translation


def published_original(translation: Translation) -> Page:
    """Give the page that is translated; refuses one that two people have not let out."""
    original = translation.source.get_source_instance()
    if not original.live:
        raise Refused(_("The original is not published. Have it published first."))
    return original


def hand_in(page: Page, by) -> Revision:
    """Make the words typed so far the page's draft, and hand it to a second person.

    Whoever typed any of them answers for it. What waits already waits on with these words.
    """
    page = page.specific
    translation = of(page, by)
    with publishing.held(page) as held:
        refuse_locked(held, by)
        refuse_unfinished(translation)
        revision = stored(page, translation, by)
        if not publishing.waiting(page).exists():
            publishing.submit(page, by)
    return revision


def refuse_locked(page: Page, by) -> None:
    """Refuse a page that a colleague has locked."""
    lock = page.get_lock()
    if lock is not None and by is not None and lock.for_user(by):
        raise Refused(_("This page is locked by a colleague. Ask them to unlock it."))


def stored(page: Page, translation: Translation, by) -> Revision:
    """Store what was typed as a revision, and who typed it; readers see nothing of it yet."""
    original = published_original(translation)
    whole = translation.source.get_ephemeral_translated_instance(translation.target_locale)
    refuse_faulty(whole)
    whole.expire_at = original.expire_at
    revision = whole.save_revision(user=by)
    for person in typists.of(page, translation):
        publishing.has_written(page, person, revision)
    typists.handed_in(page, translation, revision.pk)
    standing.handed_in(page, translation.source.as_instance(), revision.pk)
    return revision


def refuse_unfinished(translation: Translation) -> None:
    """Refuse a page of which a part would be in the first language still."""
    left = memory.untranslated(translation)
    if left:
        shown = "; ".join(f"“{text[:60]}”" for text in left[:FIRST_SHOWN])
        sentence = ngettext(
            "%(count)s text is not translated yet, or holds a fault: %(texts)s",
            "%(count)s texts are not translated yet, or hold a fault: %(texts)s",
            len(left),
        )
        raise Refused(sentence % {"count": len(left), "texts": shown})


def refuse_faulty(page: Page) -> None:
    """Refuse words that no form would take: too long, empty where there must be some, invisible."""
    faults = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            try:
                value.stream_block.clean(value)
            except ValidationError as error:
                faults.append(f"{field.verbose_name}: {in_words(error)}")
    try:
        page.full_clean()
    except ValidationError as error:
        faults += [
            f"{name if name != NON_FIELD_ERRORS else ''} {' '.join(found)}".strip()
            for name, found in error.message_dict.items()
        ]
    if sentence := invisible_in(memory.texts_of(page)):
        faults.append(sentence)
    if faults:
        raise Refused(" ".join(faults))


def in_words(error: ValidationError) -> str:
    """Give what is wrong somewhere within blocks, in one line."""
    inner = getattr(error, "block_errors", None)
    if inner:
        rows = inner.values() if isinstance(inner, dict) else inner
        return " ".join(in_words(one) for one in rows if one)
    return " ".join(error.messages)
