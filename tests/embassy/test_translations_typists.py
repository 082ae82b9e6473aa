"""Who typed words of a translation does not let them out, whenever they come to be in use."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
)

from embassy.models import PageWriter, TextTypist
from embassy.models.workflow import IN_NONE
from embassy.translations import memory, steps
from tests.embassy.test_translations_newer import downloaded, uploaded
from tests.embassy.translating import Typist, begun_by, reword, say
from tests.two_people import approved_on_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(home, staff) -> Page:
    """A French page begun by a section editor; its original has a title and nothing else."""
    return begun_by(staff["section_editor"], home)


def reworded(begun, by, **words: str) -> None:
    """Have the original say something else, and take it up."""
    key = begun.translation_key
    reword(Page.objects.get(translation_key=key, locale__language_code="en"), **words)
    steps.renew(begun, by)


def types(begun, by, title: str) -> None:
    """Type the title that is in use."""
    say(memory.translation_of(begun), by, title=title)


def is_out(begun, title: str) -> bool:
    """Whether readers have a title."""
    page = Page.objects.get(pk=begun.pk)
    return page.live and page.title == title


def sent_out(begun, staff, title: str) -> None:
    """Have the editor type and hand in, and public affairs let it out."""
    types(begun, staff["section_editor"], title)
    steps.hand_in(begun, staff["section_editor"])
    approved_on_desk(begun, staff["public_affairs"])
    assert is_out(begun, title)


@pytest.mark.parametrize("is_typed_over", [False, True])
def test_words_for_what_the_original_said_before_and_says_again(begun, staff, is_typed_over):
    editor, typist = staff["section_editor"], staff["approver"]
    types(begun, typist, "Congés")
    if is_typed_over:
        types(begun, editor, "Congés !")
    reworded(begun, editor, title="Days off")
    sent_out(begun, staff, "Repos")
    reworded(begun, editor, title="Leave days")
    steps.hand_in(begun, editor)
    approved_on_desk(begun, typist)
    assert is_out(begun, "Repos")
    approved_on_desk(begun, staff["public_affairs"])
    assert is_out(begun, "Congés !" if is_typed_over else "Congés")


def test_words_that_were_handed_in_and_did_not_go_out(begun, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    types(begun, typist, "Congés")
    types(begun, editor, "Congés !")
    steps.hand_in(begun, editor)
    reworded(begun, editor, title="Days off")
    sent_out(begun, staff, "Repos")
    reworded(begun, editor, title="Leave days")
    steps.hand_in(begun, editor)
    approved_on_desk(begun, typist)
    assert is_out(begun, "Repos")


def test_whose_words_went_out_approves_what_a_colleague_makes_of_them(begun, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    types(begun, typist, "Congés")
    sent_out(begun, staff, "Congés !")
    types(begun, editor, "Repos")
    steps.hand_in(begun, editor)
    approved_on_desk(begun, typist)
    assert is_out(begun, "Repos")


def unmarked(begun, typist, title: str) -> None:
    """Have somebody's words for the title in use, of which no mark is left."""
    types(begun, typist, title)
    PageWriter.objects.of(begun).delete()
    TextTypist.objects.of(begun).delete()


def test_who_typed_last_what_is_in_use_answers_for_it_without_a_mark(begun, staff):
    unmarked(begun, staff["approver"], "Congés")
    steps.hand_in(begun, staff["section_editor"])
    approved_on_desk(begun, staff["approver"])
    assert not Page.objects.get(pk=begun.pk).live
    approved_on_desk(begun, staff["public_affairs"])
    assert is_out(begun, "Congés")


def test_who_typed_what_readers_have_word_for_word_is_free(begun, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    words = "Congés & jours fériés"
    types(begun, typist, words)
    steps.hand_in(begun, editor)
    approved_on_desk(begun, staff["public_affairs"])
    reworded(begun, editor, summary="When we rest.")
    say(memory.translation_of(begun), editor, title=words, summary="Nous nous reposons.")
    title = {"context__object": begun.translation_key, "context__path": "title"}
    StringTranslation.objects.filter(**title).update(last_translated_by=typist)
    TextTypist.objects.of(begun).filter(user=editor).delete()
    steps.hand_in(begun, editor)
    approved_on_desk(begun, typist)
    assert Page.objects.get(pk=begun.pk).specific.summary == "Nous nous reposons."


@pytest.mark.parametrize("is_unmarked", [False, True])
def test_who_typed_an_address_answers_for_it(home, staff, is_unmarked):
    editor, typist = staff["section_editor"], staff["approver"]
    link = {"words": "Fees", "page": None, "document": None, "address": "https://example.org/a"}
    begun = begun_by(editor, home, body=[("links", {"title": "", "links": [link]})])
    translation = memory.translation_of(begun)
    places = OverridableSegment.objects.filter(source=translation.source)
    place = next(one for one in places if one.data == link["address"])
    SegmentOverride.objects.create(
        locale=translation.target_locale,
        context=place.context,
        last_translated_by=typist,
        data_json='"https://example.org/fr"',
    )
    if is_unmarked:
        PageWriter.objects.of(begun).delete()
        TextTypist.objects.of(begun).delete()
    types(begun, editor, "Congés")
    steps.hand_in(begun, editor)
    approved_on_desk(begun, typist)
    assert not Page.objects.get(pk=begun.pk).live
    approved_on_desk(begun, staff["public_affairs"])
    assert Page.objects.get(pk=begun.pk).live


def test_marks_from_before_count_for_every_text_of_the_page(begun, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    types(begun, typist, "Congés")
    types(begun, editor, "Congés !")
    TextTypist.objects.of(begun).delete()
    assert PageWriter.objects.of(begun).get(user=typist).revision == IN_NONE
    spread = import_module("embassy.migrations.0019_text_typists").spread
    spread(apps, None)
    spread(apps, None)
    assert PageWriter.objects.of(begun).get(user=typist).revision < IN_NONE
    reworded(begun, editor, title="Days off")
    sent_out(begun, staff, "Repos")
    reworded(begun, editor, title="Leave days")
    steps.hand_in(begun, editor)
    approved_on_desk(begun, typist)
    assert is_out(begun, "Repos")


# What a file offers


def test_a_file_stores_no_text_that_the_original_does_not_have_now(begun, staff):
    typist = Typist(staff["approver"])
    file = downloaded(begun, typist)
    file.find("Leave days").msgstr = "Congés"
    reworded(begun, staff["section_editor"], title="Days off")
    html = uploaded(begun, typist, file)
    assert "does not have now were left out: 1" in html
    mine = StringTranslation.objects.filter(context__object=begun.translation_key)
    assert not mine.exists()
    reworded(begun, staff["section_editor"], title="Leave days")
    assert "were left out" not in uploaded(begun, typist, file)
    assert mine.get().data == "Congés"


def test_what_a_downloaded_file_names_as_obsolete_is_left_out_without_a_word(begun, staff):
    types(begun, staff["section_editor"], "Congés")
    reworded(begun, staff["section_editor"], title="Days off")
    typist = Typist(staff["approver"])
    file = downloaded(begun, typist)
    assert [entry.msgstr for entry in file.obsolete_entries()] == ["Congés"]
    file.obsolete_entries()[0].msgstr = "Mensonge"
    file.find("Days off").msgstr = "Repos"
    assert "were left out" not in uploaded(begun, typist, file)
    mine = StringTranslation.objects.filter(context__object=begun.translation_key)
    assert set(mine.values_list("data", flat=True)) == {"Congés", "Repos"}


def test_a_place_that_no_page_can_have_is_left_out(begun, staff):
    typist = Typist(staff["approver"])
    file = downloaded(begun, typist)
    entry = file.find("Leave days")
    entry.msgstr, entry.msgctxt = "Congés", "tit\0le"
    assert "were left out: 1" in uploaded(begun, typist, file)


def test_a_file_of_another_page_is_refused_whole(begun, home, staff):
    typist = Typist(staff["approver"])
    other = begun_by(staff["section_editor"], home, title="Fees", slug="fees")
    file = downloaded(other, typist)
    file.find("Fees").msgstr = "Frais"
    html = uploaded(begun, typist, file)
    assert "different translation" in html and "were left out" not in html
    assert not StringTranslation.objects.filter(data="Frais").exists()
