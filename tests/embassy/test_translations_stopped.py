"""A page that gets words of its own in one language: stopped and restarted, both on record."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringTranslation

from embassy.approval import Refused
from embassy.release import publishing
from embassy.translations import memory, standing, steps, stopping
from tests.embassy.translating import Typist, address_of, glass_breaker, reword, say
from tests.two_people import HOST, approved_on_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(staff) -> Client:
    """A browser in which a section editor is signed in."""
    client = Client(HTTP_HOST=HOST)
    client.force_login(staff["section_editor"])
    return client


def recorded(page: Page, action: str) -> list:
    """Give who did something to a page, by its log."""
    return [entry.user for entry in PageLogEntry.objects.filter(page=page.pk, action=action)]


def english_of(page: Page) -> Page:
    """Give the original of a page."""
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en")


def test_stopping_in_the_editor_is_on_record_and_changes_nothing_public(french, browser, staff):
    number = memory.translation_of(french).pk
    before = browser.get(french.full_url).content
    stop = reverse("wagtail_localize:stop_translation", args=[number])
    assert browser.get(stop).status_code == 405
    assert browser.post(stop).url == reverse("wagtailadmin_pages:edit", args=[french.pk])
    assert memory.translation_of(french) is None
    assert recorded(french, stopping.STOPPED) == [staff["section_editor"]]
    assert browser.get(french.full_url).content == before
    again = browser.post(stop, follow=True).content.decode()
    assert "not translated part by part" in again
    assert len(recorded(french, stopping.STOPPED)) == 1


def test_it_is_restarted_after_a_question_with_what_was_typed(french, browser, staff):
    stopping.stop(french, staff["section_editor"])
    edit = reverse("wagtailadmin_pages:edit", args=[french.pk])
    restart = reverse("translation_restart", args=[french.pk])
    assert f'href="{restart}"' in browser.get(edit).content.decode()
    assert browser.post(edit, {"localize-restart-translation": "1"}).url == restart
    assert memory.translation_of(french) is None and not recorded(french, stopping.RESTARTED)
    assert "text by text again?" in browser.get(restart).content.decode()
    assert browser.post(restart).url == edit
    assert recorded(french, stopping.RESTARTED) == [staff["section_editor"]]
    translation = memory.translation_of(french)
    assert memory.untranslated(translation) == []
    assert StringTranslation.objects.filter(data="Congés").exists()
    assert f'href="{restart}"' not in browser.get(edit).content.decode()
    assert browser.get(restart).url == edit  # there is nothing to restart
    with pytest.raises(Refused, match="already"):
        stopping.restart(french, staff["section_editor"])


def test_who_may_not_write_the_page_does_neither(french, site):
    stranger = glass_breaker(site)
    for act in (stopping.stop, stopping.restart):
        with pytest.raises(PermissionDenied):
            act(french, stranger)
    assert memory.translation_of(french) is not None


def test_a_page_that_a_colleague_locked_is_neither_stopped_nor_restarted(french, staff):
    mine = {"locked": True, "locked_by": staff["public_affairs"]}
    Page.objects.filter(pk=french.pk).update(**mine)
    with pytest.raises(Refused, match="locked"):
        stopping.stop(french, staff["section_editor"])
    stopping.stop(french, staff["public_affairs"])
    with pytest.raises(Refused, match="locked"):
        stopping.restart(french, staff["section_editor"])


def test_its_own_words_go_out_by_two_people_and_put_it_in_step(french, staff):
    reword(english_of(french), summary="When we rest.")
    assert standing.since(french) is not None
    stopping.stop(french, staff["section_editor"])
    assert standing.since(french) is not None  # readers still lack it
    page = Page.objects.get(pk=french.pk).specific
    page.summary = "Nous nous reposons."
    page.save_revision(user=staff["section_editor"])
    publishing.submit(page, staff["section_editor"])
    approved_on_desk(page, staff["section_editor"])
    assert standing.since(french) is not None
    approved_on_desk(page, staff["approver"])
    assert standing.since(french) is None
    reword(english_of(french), summary="When we rest, if we do.")
    assert standing.since(french) is not None


def test_words_of_its_own_are_not_what_is_handed_in_after_a_restart(french, staff):
    stopping.stop(french, staff["section_editor"])
    page = Page.objects.get(pk=french.pk).specific
    page.title = "Nos congés"
    page.save_revision(user=staff["section_editor"])
    stopping.restart(french, staff["section_editor"])
    with pytest.raises(Refused, match="Hand the translation in"):
        publishing.submit(Page.objects.get(pk=french.pk).specific, staff["section_editor"])


def test_who_types_on_in_an_old_tab_is_told_that_it_was_stopped(french, staff):
    typist = Typist(staff["section_editor"])
    address = address_of(french)
    number = memory.translation_of(french).pk
    stopping.stop(french, staff["public_affairs"])
    answer = typist.types(address, "Vacances")
    assert answer.status_code == 409 and "A colleague stopped" in answer.json()["detail"]
    assert typist.clears(address).status_code == 409
    sent = {"file": SimpleUploadedFile("x.po", b"")}
    upload = reverse("wagtail_localize:upload_pofile", args=[number])
    assert "A colleague stopped" in typist.client.post(upload, sent, follow=True).content.decode()
    title = StringTranslation.objects.get(
        context__object=french.translation_key, context__path="title"
    )
    assert title.data == "Congés"


# Who answers for the words, when some were typed and not handed in


def own_words(french, by, title: str) -> Page:
    """Store a page's own title, and submit it."""
    page = Page.objects.get(pk=french.pk).specific
    page.title = title
    page.save_revision(user=by)
    if not publishing.waiting(page).exists():
        publishing.submit(page, by)
    return page


def title_of(french) -> str:
    """Give the title that readers have."""
    return Page.objects.get(pk=french.pk).title


def test_who_typed_and_did_not_hand_in_approves_a_stopped_page(french, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    say(memory.translation_of(french), typist, title="Vacances")
    stopping.stop(french, editor)
    own_words(french, editor, "Nos congés")
    approved_on_desk(french, typist)
    assert title_of(french) == "Nos congés"


def test_restarted_it_counts_again_who_typed(french, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    say(memory.translation_of(french), typist, title="Vacances")
    say(memory.translation_of(french), editor, title="Vacances !")
    stopping.stop(french, editor)
    own_words(french, editor, "Nos congés")
    approved_on_desk(french, typist)
    stopping.restart(french, editor)
    steps.hand_in(french, editor)
    approved_on_desk(french, typist)
    assert title_of(french) == "Nos congés"
    approved_on_desk(french, staff["public_affairs"])
    assert title_of(french) == "Vacances !"


@pytest.mark.parametrize("goes_on_typing", [False, True])
def test_who_typed_what_waits_when_it_is_stopped_does_not_approve_it(french, staff, goes_on_typing):
    editor, typist = staff["section_editor"], staff["approver"]
    say(memory.translation_of(french), typist, title="Vacances")
    steps.hand_in(french, editor)
    if goes_on_typing:
        say(memory.translation_of(french), typist, title="Vacances !")
    stopping.stop(french, editor)
    approved_on_desk(french, typist)
    assert title_of(french) == "Congés"
    page = own_words(french, editor, "Vacances, etc.")  # made from what the typist wrote
    approved_on_desk(page, typist)
    assert title_of(french) == "Congés"
    approved_on_desk(page, staff["public_affairs"])
    assert title_of(french) == "Vacances, etc."
    own_words(french, editor, "Nos congés")
    approved_on_desk(french, typist)
    assert title_of(french) == "Nos congés"


def test_words_stored_over_what_was_handed_in_free_nobody_who_typed(french, staff):
    editor, typist = staff["section_editor"], staff["approver"]
    say(memory.translation_of(french), typist, title="Vacances")
    say(memory.translation_of(french), editor, title="Vacances !")
    handed = steps.hand_in(french, editor)
    stopping.stop(french, editor)
    page = Page.objects.get(pk=french.pk).specific
    page.title = "Nos congés"
    page.save_revision(user=editor, overwrite_revision=handed)
    approved_on_desk(french, staff["public_affairs"])
    assert title_of(french) == "Nos congés"
    stopping.restart(french, editor)
    steps.hand_in(french, editor)
    approved_on_desk(french, typist)
    assert title_of(french) == "Nos congés"
