"""What is tried for the matrix of rights: every step of a translation."""

from collections.abc import Iterator

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from embassy.matrix import Takes, deed, refuse_unless, staged
from embassy.matrix.scene import OTHER_WORDS, WORDS, Scene, read
from embassy.matrix.screens import posted, put_away, stored
from embassy.models import ContentPage, MissionSettings, User
from embassy.release import publishing
from embassy.translations import memory, newer, steps, stopping

TITLE = "title"


@staged
def translations(scene: Scene) -> None:
    """Make a page that the public reads in two languages."""
    original = scene.made(ContentPage, slug="matrix-of-rights-original")
    translated = steps.begin(original, language_of(scene), None)
    # Rights in a new tree are given with its first page: who knew theirs before looks again.
    scene.colleague, scene.second = (again(one) for one in (scene.colleague, scene.second))
    translate(translated, scene.colleague, WORDS)
    steps.hand_in(translated, scene.colleague)
    publishing.approve(translated, scene.second, read(translated))
    scene.kept |= {"original": original.pk, "translated": translated.pk}


def again(user: User) -> User:
    """Give an account as a new request does."""
    return User.objects.get(pk=user.pk)


def language_of(scene: Scene) -> str:
    """Give a second language of the mission; it gets one if it has none."""
    mission = MissionSettings.objects.get(site=scene.site)
    spoken = [code for code in mission.languages if code != mission.first_language]
    if not spoken:
        spoken = [code for code, _name in settings.LANGUAGES if code != mission.first_language]
        mission.languages = [*mission.languages, spoken[0]]
        mission.save()
    return spoken[0]


def translate(page: Page, by: User | None, words: str) -> None:
    """Type the same words for every text, in an account's name, whatever its rights."""
    translation = memory.translation_of(page)
    for segment in StringSegment.objects.filter(source=translation.source):
        key = {"translation_of": segment.string, "context": segment.context}
        StringTranslation.objects.update_or_create(
            **key,
            locale=translation.target_locale,
            defaults={"data": words, "last_translated_by": by},
        )


def reword(scene: Scene) -> None:
    """Let other words out in the first language, as programs do."""
    original = ContentPage.objects.get(pk=scene.kept["original"])
    original.title = OTHER_WORDS
    original.save_revision().publish()


def of_title(page: Page) -> tuple[Translation, str]:
    """Give a page's translation, and where its editor stores the title."""
    translation = memory.translation_of(page)
    text = StringSegment.objects.get(source=translation.source, context__path=TITLE)
    names = [translation.pk, text.pk]
    return translation, reverse("wagtail_localize:edit_string_translation", args=names)


def typed_title(translation: Translation) -> str:
    """Give what is typed for the title; nothing when nothing is."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale,
        context__object_id=translation.source.object_id,
        context__path=TITLE,
    )
    return "".join(rows.values_list("data", flat=True))


@deed(22, _("Begin a translation"))
def begin_translation(scene: Scene, by: User) -> Iterator[None]:
    """Begin a page that is there in one language only."""
    page = scene.page()
    language = language_of(scene)
    yield
    steps.begin(page, language, by)


@deed(23, _("Translate a text"))
def type_translation(scene: Scene, by: User) -> Iterator[None]:
    """Store other words for a text, as the editor does for somebody who has read what is there."""
    translation, address = of_title(scene.page("translated"))
    yield
    stored(by, address, OTHER_WORDS, {newer.OVER: newer.mark_of(WORDS)})
    refuse_unless(typed_title(translation) == OTHER_WORDS)


@deed(24, _("Take a translated text away"))
def clear_translation(scene: Scene, by: User) -> Iterator[None]:
    """Take away what was typed for a text."""
    translation, address = of_title(scene.page("translated"))
    yield
    put_away(by, address, {newer.OVER: newer.mark_of(WORDS)})
    refuse_unless(not typed_title(translation))


@deed(25, _("Upload a translator’s file"))
def import_translation(scene: Scene, by: User) -> Iterator[None]:
    """Upload a PO file with other words."""
    translation = memory.translation_of(scene.page("translated"))
    file = translation.export_po()
    for entry in file:
        entry.msgstr = OTHER_WORDS
    yield
    sent = {"file": SimpleUploadedFile("matrix.po", str(file).encode())}
    posted(by, reverse("wagtail_localize:upload_pofile", args=[translation.pk]), sent)
    refuse_unless(typed_title(translation) == OTHER_WORDS)


@deed(26, _("Take up what the original says by now"))
def renew_translation(scene: Scene, by: User) -> Iterator[None]:
    """Take new words of the original into the editor."""
    page = scene.page("translated")
    reword(scene)
    yield
    steps.renew(page, by)


@deed(26, _("Stop translating a page text by text"))
def stop_translation(scene: Scene, by: User) -> Iterator[None]:
    """Give a translated page an editor of its own."""
    page = scene.page("translated")
    yield
    stopping.stop(page, by)


@deed(26, _("Translate a stopped page text by text again"))
def restart_translation(scene: Scene, by: User) -> Iterator[None]:
    """Go on from what was typed."""
    page = scene.page("translated")
    stopping.stop(page, None)
    yield
    stopping.restart(page, by)


@deed(27, _("Hand a translation in"))
def submit_translation(scene: Scene, by: User) -> Iterator[None]:
    """Hand in what a colleague typed."""
    page = scene.page("translated")
    translate(page, scene.colleague, OTHER_WORDS)
    yield
    steps.hand_in(page, by)


@deed(28, _("Approve a colleague’s translation"), Takes.TWO)
def approve_translation(scene: Scene, by: User) -> Iterator[None]:
    """Let out what a colleague typed and handed in."""
    page = scene.page("translated")
    translate(page, scene.colleague, OTHER_WORDS)
    steps.hand_in(page, scene.colleague)
    yield
    publishing.approve(page, by, read(page))


@deed(29, _("Approve a translation of which one typed part"), Takes.NOBODY)
def approve_own_translation(scene: Scene, by: User) -> Iterator[None]:
    """Let out what one typed oneself, with words that a colleague typed over it."""
    page = scene.page("translated")
    translate(page, by, OTHER_WORDS)
    translate(page, scene.colleague, f"{OTHER_WORDS}.")
    steps.hand_in(page, scene.colleague)
    yield
    publishing.approve(page, by, read(page))


@deed(29, _("Publish new words of the original in another language alone"), Takes.NOBODY)
def publish_translation(scene: Scene, by: User) -> Iterator[None]:
    """Post the screen by which wagtail-localize updates and publishes translations at once."""
    source = memory.translation_of(scene.page("translated")).source
    reword(scene)
    yield
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    posted(by, address, {"publish_translations": "on"})
