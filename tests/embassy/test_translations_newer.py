"""Two who type the same text of a translation: the second is shown the first's, loses nothing."""

import json

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import escape
from wagtail.models import PageLogEntry
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from embassy.clock.clocks import in_words
from embassy.translations import memory
from embassy.translations.newer import mark_of
from embassy.translations.typists import CLEARED
from tests.embassy.translating import Typist, address_of, begun_by, glass_breaker
from tests.two_people import HOST

pytestmark = pytest.mark.django_db
SUMMARY = "When we are away."


@pytest.fixture
def begun(home, staff):
    """A French page begun by a section editor."""
    return begun_by(staff["section_editor"], home, summary=SUMMARY)


@pytest.fixture
def first(staff) -> Typist:
    """Who types first."""
    return Typist(staff["public_affairs"])


@pytest.fixture
def second(staff) -> Typist:
    """Who opened the same text before the first had stored it."""
    return Typist(staff["section_editor"])


def kept(begun) -> StringTranslation:
    """Give what is stored for the title."""
    return StringTranslation.objects.get(
        context__object=begun.translation_key, context__path="title"
    )


def test_the_second_is_shown_the_words_of_the_first_and_stores_nothing(begun, first, second, staff):
    address = address_of(begun)
    assert first.types(address, "Congés").status_code == 201
    answer = second.types(address, "Jours de repos")
    assert answer.status_code == 409
    told = answer.json()["detail"]
    when = in_words(kept(begun).updated_at, "Africa/Bamako")
    assert "“Congés”" in told and str(staff["public_affairs"]) in told and when in told
    assert (kept(begun).data, kept(begun).last_translated_by) == ("Congés", staff["public_affairs"])


def test_sent_again_the_words_of_the_second_are_stored(begun, first, second):
    address = address_of(begun)
    first.types(address, "Congés")
    second.types(address, "Jours de repos")
    assert second.types(address, "Jours de repos").status_code == 200
    assert kept(begun).data == "Jours de repos"
    assert first.types(address, "Vacances").status_code == 409  # who is the second now


def test_a_third_colleague_who_came_in_between_is_shown_too(begun, first, second, staff):
    address = address_of(begun)
    first.types(address, "Congés")
    second.types(address, "Jours de repos")
    third = Typist(staff["approver"])
    third.opened = mark_of("Congés")
    assert third.types(address, "Absences").status_code == 200
    answer = second.types(address, "Jours de repos")
    assert answer.status_code == 409 and "“Absences”" in answer.json()["detail"]


def test_who_has_seen_the_words_types_over_them(begun, first, second):
    address = address_of(begun)
    first.types(address, "Congés")
    second.opened = mark_of("Congés")
    assert second.types(address, "Jours de repos").status_code == 200


def test_the_same_words_and_ones_own_are_no_difference(begun, first, second):
    address = address_of(begun)
    first.types(address, "Congés")
    assert second.types(address, "Congés").status_code == 200
    second.opened = ""
    assert second.types(address, "Jours de repos").status_code == 200  # one's own, in another tab


def test_nobody_takes_away_what_they_have_not_seen(begun, first, second, staff):
    address = address_of(begun)
    first.types(address, "Congés")
    assert second.clears(address).status_code == 409
    assert kept(begun).data == "Congés"
    assert second.clears(address).status_code == 200
    assert second.opened == ""
    assert not StringTranslation.objects.filter(context__path="title").filter(
        context__object=begun.translation_key
    )
    [entry] = PageLogEntry.objects.filter(page=begun.pk, action=CLEARED)
    assert (entry.user, entry.data) == (staff["section_editor"], {"text": "title"})


def test_nothing_taken_away_leaves_no_record(begun, second):
    assert second.clears(address_of(begun)).status_code == 404
    assert not PageLogEntry.objects.filter(page=begun.pk, action=CLEARED).exists()


def test_the_editor_opens_with_the_marks_of_what_is_there(begun, first, second):
    address = address_of(begun)
    first.types(address, "Congés")
    screen = second.client.get(reverse("wagtailadmin_pages:edit", args=[begun.pk]))
    marks = {address: mark_of("Congés"), address_of(begun, "summary"): ""}
    html = screen.content.decode()
    assert all(escape(json.dumps({a: m})[1:-1]) in html for a, m in marks.items())
    assert "js/translating.js" in html


def test_who_may_not_write_the_page_is_told_nothing_of_its_words(begun, first, site):
    first.types(address_of(begun), "Congés")
    stranger = Typist(glass_breaker(site))
    for answer in (stranger.types(address_of(begun), "Repos"), stranger.clears(address_of(begun))):
        assert answer.status_code in (302, 403) and b"Cong" not in answer.content
    assert kept(begun).data == "Congés"


def test_a_text_is_stored_or_taken_away_and_nothing_else(begun, first, second):
    address = address_of(begun)
    first.types(address, "Congés")
    for answer in (second.client.get(address), second.client.post(address, {"value": "Repos"})):
        assert answer.status_code == 405 and b"Cong" not in answer.content
    assert kept(begun).data == "Congés"


def test_a_text_of_another_page_is_not_stored_here(begun, home, first, staff):
    other = begun_by(staff["section_editor"], home, title="Fees", slug="fees")
    number = address_of(other).split("/strings/")[1]
    mixed = address_of(begun).split("/strings/")[0] + "/strings/" + number
    assert first.types(mixed, "Congés").status_code == 404
    assert not StringTranslation.objects.filter(data="Congés").exists()


# Addresses


@pytest.fixture
def linked(home, staff):
    """A French page begun, with a link whose address can be another one in French."""
    links = [{"words": "Fees", "page": None, "document": None, "address": "https://example.org/a"}]
    body = [("links", {"title": "", "links": links})]
    return begun_by(staff["section_editor"], home, body=body)


def test_addresses_are_guarded_like_words(linked, first, second):
    translation = memory.translation_of(linked)
    one = next(
        row
        for row in OverridableSegment.objects.filter(source=translation.source)
        if row.data == "https://example.org/a"
    )
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, one.pk])
    assert first.types(address, "https://example.org/fr").status_code == 201
    answer = second.types(address, "https://example.org/b")
    assert answer.status_code == 409 and "https://example.org/fr" in answer.json()["detail"]
    assert second.types(address, "https://example.org/b").status_code == 200
    assert SegmentOverride.objects.get(context=one.context).data == "https://example.org/b"


# PO files


def downloaded(begun, typist: Typist) -> polib.POFile:
    """Download the PO file of a translation."""
    names = [memory.translation_of(begun).pk]
    address = reverse("wagtail_localize:download_pofile", args=names)
    return polib.pofile(typist.client.get(address).content.decode())


def uploaded(begun, typist: Typist, file: polib.POFile) -> str:
    """Upload it; give the screen that follows."""
    address = reverse("wagtail_localize:upload_pofile", args=[memory.translation_of(begun).pk])
    goal = reverse("wagtailadmin_pages:edit", args=[begun.pk])
    sent = {"file": SimpleUploadedFile("x.po", str(file).encode()), "next": f"http://{HOST}{goal}"}
    return typist.client.post(address, sent, follow=True).content.decode()


def test_a_file_leaves_what_a_colleague_typed_after_it_was_downloaded(begun, first, second):
    file = downloaded(begun, second)
    for entry in file:
        entry.msgstr = f"({entry.msgid})"
    first.types(address_of(begun), "Congés")
    html = uploaded(begun, second, file)
    assert kept(begun).data == "Congés"
    assert "was left as it is (1)" in html and "“Congés”" in html and "“(Leave days)”" in html
    summary = StringTranslation.objects.get(
        context__object=begun.translation_key, context__path="summary"
    )
    assert summary.data == f"({SUMMARY})"
    again = downloaded(begun, second)
    again.find("Leave days").msgstr = "(Leave days)"
    assert "was left" not in uploaded(begun, second, again)
    assert kept(begun).data == "(Leave days)"


def test_a_file_takes_the_place_of_what_was_typed_before_it_was_downloaded(begun, first, second):
    first.types(address_of(begun), "Congés")
    file = downloaded(begun, second)
    file.find("Leave days").msgstr = "Jours de repos"
    at = parse_datetime(file.metadata["POT-Creation-Date"])
    assert kept(begun).updated_at < at < timezone.now()
    assert "was left" not in uploaded(begun, second, file)
    assert kept(begun).data == "Jours de repos"


NO_DATES = [
    *("", "yesterday", "2026-13-45 10:00", "2026-11-22 10:00"),
    *("9999-12-31 23:59:59-23:59", "0001-01-01 00:00:00+23:59"),
]


@pytest.mark.parametrize("date", NO_DATES)
def test_a_file_that_does_not_say_when_it_was_downloaded_is_refused(begun, second, date):
    file = downloaded(begun, second)
    file.metadata["POT-Creation-Date"] = date
    assert "Please upload a valid PO file" in uploaded(begun, second, file)


@pytest.mark.parametrize("date", ["9999-12-31 23:59:59+00:00", "0001-01-01 00:00:00+00:00"])
def test_the_first_and_the_last_moment_there_are_can_be_read(begun, second, date):
    file = downloaded(begun, second)
    file.metadata["POT-Creation-Date"] = date
    assert "Please upload a valid PO file" not in uploaded(begun, second, file)


def test_a_file_that_holds_the_path_of_another_does_not_open_it(begun, second, tmp_path):
    file = downloaded(begun, second)
    for entry in file:
        entry.msgstr = f"({entry.msgid})"
    on_server = tmp_path / "server.po"
    on_server.write_text(str(file))
    html = uploaded(begun, second, on_server)
    assert "Please upload a valid PO file" in html
    assert not StringTranslation.objects.filter(context__object=begun.translation_key).exists()
    assert "valid PO file" not in uploaded(begun, second, file)  # the same, as a file


def test_what_is_left_of_a_file_keeps_the_encoding_of_the_file(begun, first, second):
    file = downloaded(begun, second)
    file.metadata["Content-Type"] = "text/plain; charset=iso-8859-1"
    for entry in file:
        entry.msgstr = "Congés d'été"
    first.types(address_of(begun), "Vacances")
    address = reverse("wagtail_localize:upload_pofile", args=[memory.translation_of(begun).pk])
    sent = {"file": SimpleUploadedFile("x.po", str(file).encode("iso-8859-1"))}
    second.client.post(address, sent)
    assert kept(begun).data == "Vacances"
    summary = StringTranslation.objects.get(
        context__object=begun.translation_key, context__path="summary"
    )
    assert summary.data == "Congés d'été"
