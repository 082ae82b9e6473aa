"""Whoever changes a file that words under way name is one of the writers of those words."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Collection, Page, PageLogEntry

from advisories import issuing, lifecycle
from advisories.models import TravelAdvisoryPage
from advisories.vocabulary import Act
from embassy.approval import Refused, second_person_needed
from embassy.models import ContentPage, MissionDocument, MissionImage, PageWriter
from embassy.models.workflow import FILE_CHANGED, reading_of
from embassy.release import publishing
from tests.embassy.test_in_use import HOST, editor_of, form_of, other_file, stored
from tests.embassy.test_privacy import links_to, offers, page_with, shows

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["image", "document"])
def file(request):
    """A picture, and a document."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def page(home, staff, file):
    """A public page whose draft, by an editor, names the file."""
    page = page_with(home)
    page.save_revision().publish()
    return with_body(page, staff["section_editor"], of(file))


def of(file) -> tuple:
    """Give a block that names a file."""
    return shows(file) if isinstance(file, MissionImage) else offers(file)


def with_body(page, by, *blocks) -> ContentPage:
    """Store other blocks of a page as somebody."""
    page = ContentPage.objects.get(pk=page.pk)
    page.body = list(blocks)
    page.save_revision(user=by)
    return page


def change(by, file, /, **changes):
    """Change a file on its screen as somebody."""
    browser = Client(**HOST)
    browser.force_login(by)
    file = type(file).objects.get(pk=file.pk)
    return browser.post(editor_of(file), form_of(file, **changes))


def read(page) -> str:
    """Give what an approver has read who opens the desk now."""
    return reading_of(Page.objects.get(pk=page.pk).latest_revision)


def desk_of(page, by) -> str:
    """Give the desk of a page as somebody sees it."""
    browser = Client(**HOST)
    browser.force_login(by)
    return browser.get(f"/admin/publishing/{page.pk}/").content.decode()


def test_whoever_replaced_a_file_after_a_return_does_not_let_it_out(staff, page, file):
    editor, changer = staff["section_editor"], staff["public_affairs"]
    publishing.submit(page, editor)
    publishing.give_back(page, changer, "Check the spelling.")
    before = stored(file)
    assert change(changer, file, file=other_file(file)).status_code == 302
    assert stored(file)["file"] != before["file"]
    publishing.submit(page, editor)
    with pytest.raises(Refused, match=second_person_needed()):
        publishing.approve(page, changer, read(page))
    assert "You wrote part of this" in desk_of(page, changer)
    shown = desk_of(page, staff["approver"])
    who = shown[shown.index("Who wrote it since it was public") : shown.index("Who can approve it")]
    assert str(changer) in who and str(editor) in who
    publishing.approve(page, staff["approver"], read(page))
    assert not PageWriter.objects.of(page).exists()


def test_the_log_of_the_page_names_the_file_and_who_changed_it(staff, page, file):
    change(staff["consular"], file, title="Other")
    entry = PageLogEntry.objects.get(page=page.pk, action=FILE_CHANGED)
    assert entry.user == staff["consular"] and entry.data == {"file": "Other"}
    history = Client(**HOST)
    history.force_login(staff["approver"])
    text = history.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "A picture or document that it names was changed" in text


def test_an_approver_who_read_the_words_before_reads_them_again(staff, page, file):
    publishing.submit(page, staff["section_editor"])
    seen = read(page)
    publishing.give_back(page, staff["approver"], "No.")
    change(staff["public_affairs"], file, title="Other")
    publishing.submit(page, staff["section_editor"])  # the same revision
    with pytest.raises(Refused, match="The words changed after you opened them"):
        publishing.approve(page, staff["approver"], seen)
    publishing.approve(page, staff["approver"], read(page))


def test_what_readers_do_not_see_makes_nobody_a_writer(staff, page, file):
    assert change(staff["public_affairs"], file, tags="river").status_code == 302
    assert publishing.writers_of(page) == {staff["section_editor"].pk}
    assert not PageLogEntry.objects.filter(action=FILE_CHANGED).exists()


def test_a_page_that_does_not_name_the_file_has_no_other_writer(home, staff, page, file):
    other = page_with(home, slug="other", live=False)
    with_body(other, staff["section_editor"], ("paragraph", f"<p>{file.pk}</p>"))
    change(staff["public_affairs"], file, title="Other")
    assert publishing.writers_of(other) == {staff["section_editor"].pk}


def test_words_that_were_stored_since_it_was_public_count_though_later_ones_do_not(
    staff, page, file
):
    with_body(page, staff["section_editor"])
    change(staff["public_affairs"], file, title="Other")
    assert staff["public_affairs"].pk in publishing.writers_of(page)


def test_words_of_before_it_was_public_do_not_count(staff, page, file):
    with_body(page, staff["section_editor"])
    ContentPage.objects.get(pk=page.pk).get_latest_revision().publish()
    with_body(page, staff["section_editor"], ("paragraph", "<p>More.</p>"))
    change(staff["public_affairs"], file, title="Other")
    assert staff["public_affairs"].pk not in publishing.writers_of(page)


def test_a_page_that_was_never_public_and_has_no_words_but_its_row_counts(home, staff, file):
    page = page_with(home, of(file), slug="row", live=False)
    assert page.latest_revision_id is None
    change(staff["public_affairs"], file, title="Other")
    assert publishing.writers_of(page) == {staff["public_affairs"].pk}
    page.save_revision().publish()
    assert not publishing.writers_of(page)


def test_a_change_counts_for_the_latest_words_and_never_for_earlier_ones(staff, page, file):
    change(staff["public_affairs"], file, title="Other")
    with_body(page, staff["section_editor"], of(file))
    change(staff["public_affairs"], file, title="Another")
    row = PageWriter.objects.of(page).get(user=staff["public_affairs"])
    assert row.revision == Page.objects.get(pk=page.pk).latest_revision_id
    PageWriter.objects.filter(pk=row.pk).update(revision=2**62)
    change(staff["public_affairs"], file, title="Yet another")
    row.refresh_from_db()
    assert row.revision == 2**62


def test_who_deletes_a_file_answers_too(staff, page, file):
    browser = Client(**HOST)
    browser.force_login(staff["public_affairs"])
    name = "wagtailimages" if isinstance(file, MissionImage) else "wagtaildocs"
    assert browser.post(reverse(f"{name}:delete", args=[file.pk])).status_code == 302
    assert not type(file).objects.filter(pk=file.pk).exists()
    assert staff["public_affairs"].pk in publishing.writers_of(page)


def test_a_file_that_all_missions_share_has_pages_in_each(dakar, staff, document):
    root = Collection.get_first_root_node()
    MissionDocument.objects.filter(pk=document.pk).update(collection=root)
    document.refresh_from_db()
    page = page_with(dakar.root_page.specific, offers(document), live=False)
    page.save_revision()
    with LogContext(user=staff["public_affairs"]):
        document.title = "Other"
        document.save()
    assert publishing.writers_of(page) == {staff["public_affairs"].pk}


def test_a_program_answers_for_nothing(page, file, staff):
    file.title = "Other"
    file.save()
    assert publishing.writers_of(page) == {staff["section_editor"].pk}


@pytest.fixture
def advisory(staff, document):
    """A travel advisory whose update, by an officer, leads to the document."""
    page = TravelAdvisoryPage.objects.live().first()
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    words = page.get_latest_revision_as_object()
    for text in (texts := words.texts.all()):
        text.summary = links_to(document)[1]
    words.texts = texts
    words.save_revision(user=staff["duty_officer"])
    return TravelAdvisoryPage.objects.get(pk=page.pk)


def test_whoever_changes_a_document_of_a_warning_is_its_writer(staff, advisory, document):
    assert issuing.writers_of(advisory) == [staff["duty_officer"].pk]
    assert change(staff["consular"], document, title="Other").status_code == 302
    wrote = {staff["duty_officer"].pk, staff["consular"].pk}
    assert set(issuing.writers_of(advisory)) == wrote
    lifecycle.submit(advisory, staff["duty_officer"], timezone.now())
    seen = lifecycle.clearance_of(advisory).reading
    with pytest.raises(Refused, match=second_person_needed()):
        lifecycle.approve(advisory, staff["consular"], timezone.now(), seen)
    answer = change(staff["consular"], document, title="Third")
    assert "Readers see this" in answer.content.decode()
    lifecycle.approve(advisory, staff["approver"], timezone.now(), seen)
