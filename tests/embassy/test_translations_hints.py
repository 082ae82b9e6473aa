"""Hints while translating: on what was typed so far, in its own language, and no hindrance."""

import pytest
from django.urls import reverse

from embassy.models import ContactPoint
from embassy.translations import memory, steps
from embassy.translations.screens import remarks_so_far
from tests.embassy.test_writing import DUR, FACILE, HARD
from tests.embassy.translating import Typist, address_of, begun_by, say

pytestmark = pytest.mark.django_db
NUMBER = "+223 20 70 27 00"


@pytest.fixture
def begin(home, staff):
    """Give the French of a page with these paragraphs, begun and with nothing typed."""

    def made(*texts: str):
        body = [("paragraph", f"<p>{text}</p>") for text in texts]
        return begun_by(staff["section_editor"], home, body=body)

    return made


def paths_of(page) -> list[str]:
    """Give the paths of the texts of a page but its title, in their order."""
    texts = memory.translation_of(page).source.stringsegment_set.order_by("order")
    paths = texts.values_list("context__path", flat=True)
    return [path for path in paths if path != "title"]


def seen(page) -> list[str]:
    """Give what its translator is told of it."""
    return [one.seen for one in remarks_so_far(page, memory.translation_of(page))]


def test_of_words_that_nobody_typed_nothing_is_said(begin):
    assert seen(begin(f'Call {NUMBER} or click <a href="https://x.example/">here</a>.')) == []


def test_numbers_and_links_that_were_typed_are_seen(begin, staff):
    page = begin("Call us.", 'Read <a href="https://x.example/">the law on visas</a>.')
    number, link = paths_of(page)
    words = {number: f"Appelez le {NUMBER}.", link: 'Voyez la loi <a id="a1">ici</a>.'}
    say(memory.translation_of(page), staff["section_editor"], title="Congés", **words)
    assert seen(page) == ["A link says “ici”.", f"The number {NUMBER} is typed into the text."]
    steps.hand_in(page, staff["section_editor"])  # none keeps anybody from it


def test_a_number_of_ours_is_known_by_its_name(begin, staff, site):
    point = ContactPoint.objects.for_site(site).in_use().filter(channel="phone").first()
    page = begin("Call us.")
    [path] = paths_of(page)
    say(memory.translation_of(page), staff["section_editor"], **{path: f"Le {point.value}"})
    [remark] = remarks_so_far(page, memory.translation_of(page))
    assert f"“{point}”" in remark.advice


def test_how_hard_it_reads_is_judged_in_french_once_it_is_whole(begin, staff):
    page = begin(HARD)
    translation = memory.translation_of(page)
    [path] = paths_of(page)
    say(translation, staff["section_editor"], title="Congés", **{path: DUR})
    [ease] = seen(page)
    assert ease.startswith("Reading ease is") and "Kandel–Moles" in ease
    say(translation, staff["section_editor"], title="Congés", **{path: FACILE})
    assert seen(page) == []


def test_what_is_not_whole_is_not_judged(begin, staff):
    page = begin(HARD)
    [path] = paths_of(page)
    typist = Typist(staff["section_editor"])
    assert typist.types(address_of(page, path), DUR).status_code == 201
    assert seen(page) == []
    assert Typist(staff["section_editor"]).types(address_of(page), "Congés").status_code == 201
    assert len(seen(page)) == 1


def test_the_editor_shows_them_and_says_where_blocks_are_changed(begin, staff):
    page = begin("Call us.")
    [path] = paths_of(page)
    typist = Typist(staff["section_editor"])
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Before you hand it in" not in typist.client.get(editor).content.decode()
    typist.types(address_of(page, path), f"Appelez le {NUMBER}.")
    html = typist.client.get(editor).content.decode()
    assert "Before you hand it in" in html and f"The number {NUMBER} is typed" in html
    assert "come from the original" in html


def test_a_text_that_is_stored_answers_with_the_hints_on_it(begin, staff):
    page = begin("Call us.")
    [path] = paths_of(page)
    typist = Typist(staff["section_editor"])
    told = typist.types(address_of(page, path), f"Appelez le {NUMBER}.").json()
    assert told["comment"].startswith(f"The number {NUMBER} is typed into the text. Add it")
    assert told["data"] == f"Appelez le {NUMBER}." and not told["error"]
    assert "typed" not in typist.types(address_of(page, path), "Appelez-nous.").json()["comment"]


def test_the_hints_are_those_of_the_mission(begin, staff, dakar):
    page = begin("Call us.")
    ContactPoint.objects.create(
        site=dakar, purpose="office", label={"en": "Next door"}, value=NUMBER
    )
    [path] = paths_of(page)
    say(memory.translation_of(page), staff["section_editor"], **{path: f"Le {NUMBER}"})
    [remark] = remarks_so_far(page, memory.translation_of(page))
    assert "Next door" not in remark.advice
