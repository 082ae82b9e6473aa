"""Hints while writing: each says what was seen and what to do; none keeps anybody from anything."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.blocks import ImageBlock

from embassy.models import ContactPoint, ContentPage, MissionImage, MissionSettings
from embassy.release import publishing
from embassy.texts.readability import reading_of, syllables_of
from embassy.texts.writing import remarks_on
from tests.advisories.factories import unsaved
from tests.editor import posted
from tests.embassy.files_made import picture

pytestmark = pytest.mark.django_db
PLAIN = "We help you. Call us when you are ill. We are here day and night. " * 12
HARD = (
    "Notwithstanding administrative considerations regarding international documentation, "
    "applicants necessitating extraordinary notarial authentication should immediately "
    "communicate comprehensive biographical information to consular representatives. "
) * 6
FACILE = "Nous vous aidons. Appelez-nous si vous êtes malade. Nous sommes là jour et nuit. " * 10
DUR = (
    "Indépendamment des considérations administratives relatives à la documentation "
    "internationale, les demandeurs nécessitant une authentification notariale extraordinaire "
    "communiqueront immédiatement leurs informations biographiques complémentaires. "
) * 6


@pytest.fixture
def seen(home, site):
    """Give what is seen in a draft with these blocks."""

    def look(*blocks: tuple, **fields) -> list[str]:
        page = ContentPage(title="T", slug="t", locale=home.locale, body=list(blocks), **fields)
        return [one.seen for one in remarks_on(page, MissionSettings.for_site(site))]

    return look


def text(words: str) -> tuple:
    """Give a paragraph."""
    return ("paragraph", f"<p>{words}</p>")


def heading(level: str) -> tuple:
    """Give a heading."""
    return ("heading", {"text": "Fees", "level": level})


def test_nothing_is_said_of_a_good_draft(seen):
    assert seen(heading("2"), heading("3"), text(f'{PLAIN}<a href="/x/">Fees for visas</a>')) == []


def test_a_part_of_no_section_is_seen(seen):
    assert "“Fees” is a part" in seen(heading("3"), heading("2"))[0]
    assert seen(heading("2"), heading("3")) == []


@pytest.mark.parametrize(
    "words", ["here", "Click here.", "ICI", "En savoir plus »", "https://x.y/"]
)
def test_a_link_that_says_nothing_is_seen(seen, words):
    assert seen(text(f'<a href="/x/">{words}</a>')) == [f"A link says “{words}”."]


def test_a_link_in_an_answer_is_seen_too(seen):
    answer = '<p><a linktype="page" id="1">here</a></p>'
    assert seen(("faq", {"questions": [{"question": "?", "answer": answer}]}))


@pytest.mark.parametrize(
    ("words", "decorative", "is_seen"),
    [
        ("", False, True),
        ("", True, False),
        ("IMG_2041.jpg", False, True),
        ("DSC 0042", False, True),
        ("Image of a river", False, True),
        ("Photo de la rivière", False, True),
        ("x" * 151, False, True),
        ("x" * 150, False, False),
        ("The river at dawn", False, False),
    ],
)
def test_words_for_a_picture_are_looked_at(seen, site, words, decorative, is_seen):
    image = MissionImage.objects.create(
        title="River",
        file=ContentFile(picture(), "r.png"),
        collection=MissionSettings.for_site(site).collection,
    )
    shown = ImageBlock().to_python({"image": image.pk, "alt_text": words, "decorative": decorative})
    assert bool(seen(("picture", {"image": shown, "caption": ""}))) is is_seen


def test_a_typed_number_is_seen_and_the_contact_point_named(seen, site):
    contact = ContactPoint.objects.filter(site=site, channel="phone").first()
    page = [text(f"Call {contact.display} or 66 75 12 34 or +33 1 43 12 22 22 in 2026.")]
    assert len(seen(*page)) == 3
    home = ContentPage(title="T", locale=site.root_page.locale, body=page)
    first, *others = remarks_on(home, MissionSettings.for_site(site))
    assert str(contact) in first.advice and all("Add it" in one.advice for one in others)


def test_of_a_number_that_several_have_all_are_named(seen, site):
    mission = MissionSettings.for_site(site)
    one = ContactPoint.objects.filter(site=site, channel="phone", retired=False).first()
    other = ContactPoint.objects.create(
        site=site, label={"en": "Same line"}, purpose=one.purpose, value=one.value
    )
    page = ContentPage(title="T", locale=site.root_page.locale, body=[text(one.display)])
    [remark] = remarks_on(page, mission)
    assert f"“{one}”" in remark.advice and "“Same line" in remark.advice
    ContactPoint.objects.filter(pk=other.pk).update(retired=True)
    [remark] = remarks_on(page, mission)
    assert f"“{one}”" in remark.advice and "“Same line" not in remark.advice


def test_of_a_retired_number_the_ones_in_use_are_named(seen, site):
    phones = ContactPoint.objects.filter(site=site, channel="phone", retired=False)
    used = phones.exclude(value="").first()
    gone = ContactPoint.objects.create(
        site=site, label={"en": "Old line"}, purpose=used.purpose, value="+22320239999"
    )
    ContactPoint.objects.filter(pk=gone.pk).update(retired=True)
    page = ContentPage(title="T", locale=site.root_page.locale, body=[text("+223 20 23 99 99")])
    [remark] = remarks_on(page, MissionSettings.for_site(site))
    assert "nobody answers “Old line" in remark.advice and f"“{used}”" in remark.advice
    phones.filter(purpose=used.purpose).update(retired=True)
    [remark] = remarks_on(page, MissionSettings.for_site(site))
    assert remark.advice.endswith("Take it out.")


@pytest.mark.parametrize("words", ["in 2008 and 2012", "$135.4 million", "10 to 12", "9 C.F.R. 22"])
def test_what_is_no_number_to_call_is_not_seen(seen, words):
    assert seen(text(words)) == []


def test_a_hard_text_is_seen_in_each_language():
    assert reading_of(HARD, "en").is_hard and not reading_of(PLAIN, "en").is_hard
    assert reading_of(DUR, "fr").is_hard and not reading_of(FACILE, "fr").is_hard
    assert reading_of("internationalisation " * 150, "fr").value == 0
    assert reading_of("Too short.", "en") is None and reading_of(PLAIN, "bm") is None


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        *(("embassy", "en", 3), ("code", "en", 1), ("table", "en", 2), ("the", "en", 1)),
        *(("ambassade", "fr", 3), ("parlent", "fr", 1), ("été", "fr", 2), ("de", "fr", 1)),
    ],
)
def test_syllables_are_estimated(word, language, count):
    assert syllables_of(word, language) == count


def test_a_hard_page_says_how_hard(seen):
    (words,) = seen(text(HARD))
    assert "years of school" in words and "words a sentence" in words


def test_the_editor_shows_hints_and_publishes_all_the_same(home, editor_client):
    page = home.add_child(instance=ContentPage(title="T", slug="t", body=[text("Good.")]))
    assert "No hints on what was stored last." in editor(editor_client, page)
    page.body = [text('<a href="/x/">here</a>')]
    page.save_revision()
    shown = editor(editor_client, page)
    assert "Before you publish" in shown and "A link says “here”." in shown
    page.save_revision().publish()
    assert ContentPage.objects.get(pk=page.pk).live


def test_the_hints_are_renewed_whenever_the_editor_stores_by_itself(home, staff, editor_client):
    page = home.add_child(instance=ContentPage(title="T", slug="t", body=[text("Good.")]))
    page.save_revision(user=staff["public_affairs"]).publish()
    address, as_script = f"/admin/pages/{page.pk}/edit/", {"Accept": "application/json"}
    for words, seen in (('<a href="https://x.example/">here</a>', True), ("Good.", False)):
        page = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        page.body = [text(words)]
        sent = posted(page, staff["public_affairs"])
        answer = editor_client.post(address, sent, headers=as_script, HTTP_HOST="localhost").json()
        assert answer["success"], answer
        markup = BeautifulSoup(answer["html"], "html.parser")
        hints = markup.select_one("template[data-w-teleport-target-value='[data-writing]']")
        assert ("A link says “here”." in str(hints)) is seen
        assert ("No hints" in str(hints)) is not seen


def test_whoever_approves_reads_the_hints_on_what_waits(client, home, staff):
    page = home.add_child(instance=ContentPage(title="T", slug="t", body=[text("Good.")]))
    page.save_revision().publish()
    page.body = [text('<a href="https://x.example/">here</a>')]
    page.save_revision(user=staff["section_editor"])
    publishing.submit(page, staff["section_editor"])
    client.force_login(staff["approver"])
    shown = client.get(reverse("publishing_desk", args=[page.pk]), HTTP_HOST="localhost")
    assert "A link says “here”." in shown.content.decode()
    page.body = [text("Good.")]
    page.save_revision().publish()
    shown = client.get(reverse("publishing_desk", args=[page.pk]), HTTP_HOST="localhost")
    assert "Before you publish" not in shown.content.decode()


def editor(client, page) -> str:
    """Give a page's editor."""
    return client.get(f"/admin/pages/{page.pk}/edit/", HTTP_HOST="localhost").content.decode()


def test_warnings_have_a_checklist_of_their_own():
    assert unsaved(None, None, "Roads closed").is_shown_as_stored is False


def test_every_demo_page_can_be_looked_at(home, site):
    mission = MissionSettings.for_site(site)
    for page in home.get_descendants(inclusive=True).specific():
        remarks_on(page, mission)
