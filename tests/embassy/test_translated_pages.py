"""Translations: begun as drafts, typed part by part, let out by two, and never the new English."""

import polib
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringSegment, StringTranslation

from embassy.approval import Refused
from embassy.models import (
    ContentPage,
    MissionRole,
    MissionSettings,
    PageWriter,
    TranslationStanding,
    User,
)
from embassy.models.workflow import reading_of
from embassy.release import publishing
from embassy.translations import memory, standing, steps
from embassy.translations.typists import TYPED
from tests.embassy.translating import reword, say
from tests.two_people import HOST, approved_on_desk

FRENCH_TITLE = "Jours de congé"


@pytest.fixture
def english(home):
    """A published page in English, of which there is no French yet."""
    page = ContentPage(title="Leave days", slug="leave-days", summary="When we are away.")
    home.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


@pytest.fixture
def begun(english, staff):
    """Its French, begun by a section editor."""
    return steps.begin(english, "fr", staff["section_editor"])


def published(begun, staff, **words: str) -> Page:
    """Translate, hand in and approve."""
    say(memory.translation_of(begun), staff["section_editor"], **words)
    steps.hand_in(begun, staff["section_editor"])
    assert approved_on_desk(begun, staff["approver"]).status_code == 302
    return Page.objects.get(pk=begun.pk).specific


def test_a_translation_begins_as_a_draft_that_nobody_reads(client, begun, english):
    assert (begun.live, begun.title, begun.slug) == (False, "Leave days", "leave-days")
    assert client.get("/fr/leave-days/", HTTP_HOST=HOST).status_code == 404
    html = client.get("/leave-days/", HTTP_HOST=HOST).content.decode()
    assert 'hreflang="fr" href=' not in html


def test_the_pages_above_begin_with_it_as_drafts(english, staff):
    below = ContentPage(title="In summer", slug="in-summer")
    english.add_child(instance=below)
    below.save_revision().publish()
    french = steps.begin(below, "fr", staff["section_editor"])
    above = french.get_parent()
    assert (above.translation_key, above.live) == (english.translation_key, False)
    assert above.alias_of_id is None


def test_begun_twice_it_is_one(begun, english, staff):
    assert steps.begin(english, "fr", staff["approver"]).pk == begun.pk
    assert Page.objects.filter(translation_key=english.translation_key).count() == 2


def test_what_is_not_translated_is_refused(home, staff, english, begun):
    editor = staff["public_affairs"]
    with pytest.raises(Refused, match="one record in all languages"):
        steps.begin(Page.objects.get(slug="alerts", depth=3), "fr", editor)
    with pytest.raises(Refused, match="first language"):
        steps.begin(begun, "en", editor)
    with pytest.raises(Refused, match="no pages in this language"):
        steps.begin(english, "de", editor)


def test_somebody_of_another_mission_begins_nothing(english, dakar):
    stranger = somebody_of(dakar)
    with pytest.raises(PermissionDenied):
        steps.begin(english, "fr", stranger)
    assert Page.objects.filter(translation_key=english.translation_key).count() == 1


def somebody_of(site) -> User:
    """Give somebody with the widest role of a mission."""
    person = User.objects.create_user(f"stranger@{site.hostname}.example", "x")
    person.groups.add(MissionRole.objects.get(site=site, role="public_affairs").group)
    return person


def test_another_mission_finds_no_translation_of_ours(client, begun, staff, dakar):
    translation = memory.translation_of(begun)
    text = StringSegment.objects.get(source=translation.source, context__path="title")
    plain = ("download_pofile", "upload_pofile", "preview_translation", "stop_translation")
    addresses = [
        reverse("translation_begin", args=[begun.pk, "fr"]),
        reverse("translation_renew", args=[begun.pk]),
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, text.pk]),
        *(reverse(f"wagtail_localize:{name}", args=[translation.pk]) for name in plain),
    ]
    for person, are_found in ((somebody_of(dakar), False), (staff["public_affairs"], True)):
        client.force_login(person)
        for address in addresses:
            answers = {client.get(address, HTTP_HOST=HOST).status_code}
            answers.add(client.put(address, "value=x", HTTP_HOST=HOST).status_code)
            assert (answers != {404}) is are_found, (person.email, address, answers)


def test_nothing_goes_out_half_in_the_first_language(begun, staff):
    with pytest.raises(Refused, match=r"2 texts are not translated yet.*Leave days"):
        steps.hand_in(begun, staff["section_editor"])
    with pytest.raises(Refused, match="Hand the translation in"):
        publishing.submit(begun, staff["section_editor"])
    assert not publishing.waiting(begun).exists()


def test_of_one_text_it_is_said_in_the_singular(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    StringTranslation.objects.get(data=FRENCH_TITLE).delete()
    with pytest.raises(Refused, match=r"^1 text is not translated yet, or holds a fault: “"):
        steps.hand_in(begun, staff["section_editor"])


def test_whoever_typed_any_of_it_does_not_approve_it(client, begun, staff):
    typist, hands_in = staff["approver"], staff["public_affairs"]
    say(memory.translation_of(begun), typist, title=FRENCH_TITLE)
    steps.hand_in(begun, hands_in)
    assert PageWriter.objects.of(begun).filter(user__in=[typist, hands_in]).count() == 2
    approved_on_desk(begun, typist)
    approved_on_desk(begun, hands_in)
    assert not Page.objects.get(pk=begun.pk).live
    assert client.get("/fr/leave-days/", HTTP_HOST=HOST).status_code == 404


def test_whose_words_a_colleague_typed_over_does_not_approve_what_is_left(begun, staff):
    say(memory.translation_of(begun), staff["approver"], title=FRENCH_TITLE)
    say(memory.translation_of(begun), staff["section_editor"], title=f"{FRENCH_TITLE}.")
    steps.hand_in(begun, staff["section_editor"])
    approved_on_desk(begun, staff["approver"])
    assert not Page.objects.get(pk=begun.pk).live


def test_who_typed_while_it_waited_does_not_approve_what_is_handed_in_next(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    steps.hand_in(begun, staff["section_editor"])
    say(memory.translation_of(begun), staff["approver"], title="Typed while it waited")
    approved_on_desk(begun, staff["public_affairs"])
    steps.hand_in(begun, staff["section_editor"])
    approved_on_desk(begun, staff["approver"])
    assert Page.objects.get(pk=begun.pk).title == FRENCH_TITLE
    approved_on_desk(begun, staff["public_affairs"])
    assert Page.objects.get(pk=begun.pk).title == "Typed while it waited"


def test_what_two_people_have_not_let_out_is_not_translated(home, english, begun, staff):
    draft = ContentPage(title="Fees", slug="fees", live=False)
    home.add_child(instance=draft)
    with pytest.raises(Refused, match="not published"):
        steps.begin(draft, "fr", staff["section_editor"])
    say(memory.translation_of(begun), staff["section_editor"])
    english.unpublish()
    with pytest.raises(Refused, match="not published"):
        steps.hand_in(begun, staff["section_editor"])


def test_a_locked_page_is_not_handed_in(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"])
    Page.objects.filter(pk=begun.pk).update(locked=True, locked_by=staff["public_affairs"])
    with pytest.raises(Refused, match="locked"):
        steps.hand_in(begun, staff["section_editor"])


def test_who_translated_what_is_on_record(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"])
    entries = PageLogEntry.objects.filter(page=begun.pk, action=TYPED)
    assert entries.count() == 2 and {e.user for e in entries} == {staff["section_editor"]}


def test_another_link_in_the_original_leaves_it_behind(begun, english, staff):
    page = published(begun, staff, title=FRENCH_TITLE)
    links = [{"words": "Fees", "address": "https://example.org/a"}]
    reword(english, body=[("links", {"title": "", "links": links})])
    steps.renew(begun, staff["section_editor"])
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    steps.hand_in(begun, staff["section_editor"])
    approved_on_desk(begun, staff["approver"])
    assert standing.since(page) is None
    body = Page.objects.get(pk=english.pk).specific.body
    body[0].value["links"][0]["address"] = "https://example.org/b"
    reword(english, body=body)
    assert standing.since(page) is not None
    assert standing.has_news(
        memory.translation_of(begun).source, ContentPage.objects.get(pk=english.pk)
    )


def test_a_second_person_lets_it_out(client, begun, staff):
    published(begun, staff, title=FRENCH_TITLE)
    html = client.get("/fr/leave-days/", HTTP_HOST=HOST).content.decode()
    assert FRENCH_TITLE in html and "Leave days" not in html
    assert 'hreflang="fr" href=' in client.get("/leave-days/", HTTP_HOST=HOST).content.decode()


def test_new_english_never_reaches_french_readers(client, begun, english, staff):
    published(begun, staff, title=FRENCH_TITLE)
    reword(english, title="Days off", summary="When we rest.")
    steps.renew(begun, staff["section_editor"])
    html = client.get("/fr/leave-days/", HTTP_HOST=HOST).content.decode()
    assert FRENCH_TITLE in html and "Days off" not in html and "When we rest." not in html
    stored = Page.objects.get(pk=begun.pk)
    assert (stored.title, stored.draft_title) == (FRENCH_TITLE, FRENCH_TITLE)
    with override("en"), pytest.raises(Refused, match="not translated yet"):
        steps.hand_in(begun, staff["section_editor"])


def test_the_screen_that_would_publish_at_once_is_closed(client, begun, staff):
    source = memory.translation_of(begun).source
    published(begun, staff, title=FRENCH_TITLE)
    client.force_login(staff["public_affairs"])
    for name, args in (
        ("update_translations", [source.pk]),
        ("submit_page_translation", [begun.pk]),
        ("convert_to_alias", [begun.pk]),
        ("translations_report", []),
    ):
        address = reverse(f"wagtail_localize:{name}", args=args)
        sent = {"publish_translations": "on", "locales": [begun.locale_id]}
        assert client.post(address, sent, HTTP_HOST=HOST).status_code == 404, name


def test_readers_and_staff_are_told_since_when_it_is_behind(client, begun, english, staff):
    page = published(begun, staff, title=FRENCH_TITLE)
    assert standing.since(page) is None
    reword(english, show_in_menus=True)  # no word of it
    assert standing.since(page) is None
    reword(english, summary="When we rest.")
    since = standing.since(page)
    assert since == Page.objects.get(pk=english.pk).last_published_at
    reword(english, summary="When we rest, if we do.")
    assert standing.since(page) == since
    html = client.get("/fr/leave-days/", HTTP_HOST=HOST).content.decode()
    assert "mise à jour" in html and 'href="/leave-days/"' in html
    client.force_login(staff["section_editor"])
    first = client.get("/admin/reports/look-after/", HTTP_HOST=HOST).content.decode()
    assert FRENCH_TITLE in first and f"/admin/pages/{begun.pk}/edit/" in first


def test_it_is_in_step_again_once_readers_have_it(begun, english, staff):
    page = published(begun, staff, title=FRENCH_TITLE)
    reword(english, summary="When we rest.")
    steps.renew(begun, staff["section_editor"])
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    steps.hand_in(begun, staff["section_editor"])
    assert standing.since(page) is not None  # it waits
    approved_on_desk(begun, staff["approver"])
    assert standing.since(page) is None


def test_english_that_changes_while_french_waits_leaves_it_behind(begun, english, staff):
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    steps.hand_in(begun, staff["section_editor"])
    reword(english, summary="When we rest.")
    assert TranslationStanding.objects.get(page=begun).behind_since is None  # nobody reads it yet
    approved_on_desk(begun, staff["approver"])
    since = TranslationStanding.objects.get(page=begun).behind_since
    assert since == Page.objects.get(pk=english.pk).last_published_at


def test_the_editor_shows_both_languages_and_hands_in(client, begun, staff):
    client.force_login(staff["section_editor"])
    address = reverse("wagtailadmin_pages:edit", args=[begun.pk])
    html = client.get(address, HTTP_HOST=HOST).content.decode()
    assert "0 of 2 texts are translated" in html and "js-translation-editor" in html
    answer = client.post(address, {"action": "publish"}, HTTP_HOST=HOST, follow=True)
    assert "2 texts are not translated yet" in answer.content.decode()
    say(memory.translation_of(begun), staff["section_editor"])
    answer = client.post(address, {"action": "publish"}, HTTP_HOST=HOST)
    assert answer.url == reverse("publishing_desk", args=[begun.pk])
    assert publishing.waiting(begun).exists() and not Page.objects.get(pk=begun.pk).live


def test_what_waits_goes_on_waiting_with_the_words_handed_in_last(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    old = steps.hand_in(begun, staff["section_editor"])
    say(memory.translation_of(begun), staff["section_editor"], title="Congés")
    new = steps.hand_in(begun, staff["section_editor"])
    assert publishing.waiting(begun).get().revision_id == new.pk
    approved_on_desk(begun, staff["approver"], read=reading_of(old))
    assert not Page.objects.get(pk=begun.pk).live
    approved_on_desk(begun, staff["approver"])
    assert Page.objects.get(pk=begun.pk).title == "Congés"


def test_what_one_typed_after_handing_in_is_not_what_waits(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"], title=FRENCH_TITLE)
    steps.hand_in(begun, staff["section_editor"])
    say(memory.translation_of(begun), staff["approver"], title="Typed later")
    approved_on_desk(begun, staff["public_affairs"])
    assert Page.objects.get(pk=begun.pk).title == FRENCH_TITLE


def test_words_that_no_form_takes_are_refused(begun, staff):
    say(memory.translation_of(begun), staff["section_editor"], title="Congé\u202esgn")
    with pytest.raises(Refused, match="invisible character"):
        steps.hand_in(begun, staff["section_editor"])
    assert not publishing.waiting(begun).exists()


def typed(client, begun, text: str):
    """Type the title in the editor, as its script sends it; give the answer."""
    translation = memory.translation_of(begun)
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    names = [translation.pk, segment.pk]
    address = reverse("wagtail_localize:edit_string_translation", args=names)
    body = f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{text}\r\n--x--\r\n'
    form = "multipart/form-data; boundary=x"
    return client.put(address, body, content_type=form, HTTP_HOST=HOST)


def test_a_text_typed_in_the_editor_is_kept_with_its_typist(client, begun, staff):
    client.force_login(staff["section_editor"])
    assert typed(client, begun, "Congés").status_code == 201
    kept = StringTranslation.objects.get(context__object=begun.translation_key)
    assert (kept.data, kept.last_translated_by) == ("Congés", staff["section_editor"])


def test_a_text_longer_than_its_field_is_refused(client, begun, staff):
    client.force_login(staff["section_editor"])
    answer = typed(client, begun, "C" * 256)
    assert answer.status_code == 400 and "255 characters" in answer.json()["detail"]
    assert typed(client, begun, "C" * 255).status_code == 201


@pytest.mark.parametrize("text", ["", "   ", "Con\0gés"])
def test_what_is_no_text_is_refused_with_a_sentence(client, begun, staff, text):
    client.force_login(staff["section_editor"])
    answer = typed(client, begun, text)
    assert answer.status_code == 400 and answer.json()["detail"].endswith(".")


def test_a_text_can_be_taken_away(client, begun, staff):
    client.force_login(staff["section_editor"])
    typed(client, begun, "Congés")
    segment = StringSegment.objects.get(
        source=memory.translation_of(begun).source, context__path="title"
    )
    names = [memory.translation_of(begun).pk, segment.pk]
    address = reverse("wagtail_localize:edit_string_translation", args=names)
    assert client.delete(address, HTTP_HOST=HOST).status_code == 200
    assert not StringTranslation.objects.filter(context=segment.context).exists()


NO_FILE = [None, b"", b"no po file", b'msgid "a"\nmsgstr "b"\n', b"\xff\xfe"]


@pytest.mark.parametrize("content", NO_FILE)
def test_what_is_no_po_file_of_ours_is_refused_with_a_sentence(client, begun, staff, content):
    client.force_login(staff["section_editor"])
    address = reverse("wagtail_localize:upload_pofile", args=[memory.translation_of(begun).pk])
    sent = {"file": SimpleUploadedFile("x.po", content)} if content is not None else {}
    answer = client.post(address, sent, HTTP_HOST=HOST, follow=True)
    assert "Please upload a valid PO file" in answer.content.decode()


def test_a_po_file_comes_back_translated(client, begun, staff):
    client.force_login(staff["section_editor"])
    names = [memory.translation_of(begun).pk]
    address = reverse("wagtail_localize:download_pofile", args=names)
    file = polib.pofile(client.get(address, HTTP_HOST=HOST).content.decode())
    for entry in file:
        entry.msgstr = f"({entry.msgid})"
    sent = {"file": SimpleUploadedFile("x.po", str(file).encode())}
    client.post(reverse("wagtail_localize:upload_pofile", args=names), sent, HTTP_HOST=HOST)
    assert memory.untranslated(memory.translation_of(begun)) == []
    assert PageWriter.objects.of(begun).filter(user=staff["section_editor"]).exists()


def test_the_page_offers_the_languages_it_lacks(client, english, staff):
    client.force_login(staff["section_editor"])
    address = reverse("wagtailadmin_pages:edit", args=[english.pk])
    begin = reverse("translation_begin", args=[english.pk, "fr"])
    assert begin in client.get(address, HTTP_HOST=HOST).content.decode()
    asked = client.get(begin, HTTP_HOST=HOST).content.decode()
    assert "Begin this page in French?" in asked
    answer = client.post(begin, HTTP_HOST=HOST)
    made = Page.objects.get(translation_key=english.translation_key, locale__language_code="fr")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert begin not in client.get(address, HTTP_HOST=HOST).content.decode()
    assert client.get(reverse("translation_begin", args=[english.pk, "xx"])).status_code == 404


def test_a_mission_whose_first_language_is_french_translates_into_english(dakar, client):
    mission = MissionSettings.objects.get(site=dakar)
    mission.languages = ["fr", "en"]
    mission.save()
    page = ContentPage(title="Horaires", slug="horaires", locale=dakar.root_page.locale)
    dakar.root_page.add_child(instance=page)
    page.save_revision().publish()
    made = steps.begin(page, "en", None)
    assert made.get_parent().specific_class.__name__ == "HomePage"
    assert (made.locale.language_code, made.live) == ("en", False)
