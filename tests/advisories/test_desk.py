"""The desk of a warning: officers begin, submit, approve and end alerts with plain forms."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisories import lifecycle
from advisories.begin import begin
from advisories.faces.text_form import measured
from advisories.models import (
    AlertKind,
    AlertPage,
    AlertPreset,
    AlertText,
    Clearance,
    Issue,
    Issued,
    TravelAdvisoryPage,
)
from advisories.vocabulary import Act, State
from embassy.fields import Texts
from embassy.models import MissionRole, User
from embassy.roles import ROLES
from tests.advisories.factories import alert, draft, issue_alone
from tests.editor import posted

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
BLOCKS = ("title", "location", "event", "assistance")
FRENCH = {"language": "fr", "actions": "- Évitez le centre."}


def signed_in(user) -> Client:
    """Give a browser somebody is signed in with."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def page(staff):
    """A draft that the duty officer wrote."""
    now = timezone.now()
    return draft(now - timedelta(hours=1), now + timedelta(hours=6), by=staff["duty_officer"])


def test_what_is_not_ready_is_said_to_be_stored_and_not_submitted(page, staff):
    officer = signed_in(staff["duty_officer"])
    data = posted(page, staff["duty_officer"]) | {"told_staff": "", "action-submit-warning": "1"}
    data |= {"texts-0-event": "Words that are kept."}
    answer = said(officer.post(f"/admin/pages/{page.pk}/edit/", data, **HOST, follow=True))
    assert "What you wrote is stored, but not submitted: Answer the question" in answer
    assert "has been updated" not in answer and "Words that are kept." in answer
    assert lifecycle.clearance_of(page).state == State.DRAFT


def press(client, page, step, **fields):
    """Press a button of the desk."""
    data = {"step": step, **fields}
    return client.post(f"/admin/warnings/{page.pk}/step/", data, **HOST, follow=True)


def said(response) -> str:
    """Give what a page says."""
    return response.content.decode()


def test_an_officer_begins_with_a_preset_writes_and_submits(staff):
    officer = signed_in(staff["duty_officer"])
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    response = officer.post("/admin/warnings/new/", {"preset": preset.pk}, **HOST)
    page = AlertPage.objects.latest("pk")
    assert response["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert {text.language for text in page.texts.all()} == {"en", "fr"}
    data = posted(page, staff["duty_officer"])
    words = {"location": "Bamako", "event": "Rain since noon.", "title": "Flooding"}
    for number in (0, 1):
        data |= {f"texts-{number}-{name}": text for name, text in words.items()}
    data |= {"told_staff": "same", "action-submit-warning": "1"}
    response = officer.post(f"/admin/pages/{page.pk}/edit/", data, **HOST)
    assert response["Location"] == f"/admin/warnings/{page.pk}/"
    assert Clearance.objects.get(page=page).state == State.REVIEW
    desk = said(officer.get(f"/admin/warnings/{page.pk}/", **HOST))
    assert "Submitted. A colleague who wrote none of it must approve it." in desk
    assert "has been updated" not in desk
    assert "Somebody who wrote none of it must approve it" in desk
    assert "Approve and issue" not in desk


def test_what_is_not_ready_stays_a_draft_with_a_sentence(staff):
    officer = signed_in(staff["duty_officer"])
    preset = AlertPreset.objects.get(name__en="Demonstration")
    officer.post("/admin/warnings/new/", {"preset": preset.pk}, **HOST)
    page = AlertPage.objects.latest("pk")
    response = press(officer, page, "submit")
    assert "fill in Location, Event" in said(response)
    assert Clearance.objects.get(page=page).state == State.DRAFT


def test_a_colleague_approves_what_was_read_and_every_face_says_it(page, staff, client):
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    approver = signed_in(staff["approver"])
    desk = said(approver.get(f"/admin/warnings/{page.pk}/", **HOST))
    for face in ("Text message", "Read aloud to callers", "CAP 1.2", "Verification code"):
        assert face in desk
    read = Clearance.objects.get(page=page).reading
    assert f'name="read" value="{read}"' in desk
    assert "Read them again" in said(press(approver, page, "approve", read=f"{read}0"))
    assert "Issued." in said(press(approver, page, "approve", read=read))
    assert "Roads closed" in said(client.get("/", **HOST))


@pytest.mark.parametrize("read", ["", "x", "9" * 40, "-1"])
def test_a_forged_reading_approves_nothing(page, staff, read):
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    response = press(signed_in(staff["approver"]), page, "approve", read=read)
    assert "Read them again" in said(response)
    assert not Issue.objects.filter(page=page).exists()


def test_what_was_typed_stays_when_a_step_is_refused(page, staff):
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    read = Clearance.objects.get(page=page).reading
    lifecycle.approve(page, staff["approver"], timezone.now(), read)
    fields = {"act": "all_clear", "note_en": " "}
    assert "each language" in said(press(signed_in(staff["consular"]), page, "end", **fields))
    lifecycle.reopen(page, staff["consular"], timezone.now(), Act.UPDATE)
    fields = {"act": "all_clear", "note_en": "Roads are open."}
    response = press(signed_in(staff["consular"]), page, "end", **fields)
    assert "Finish or discard it first" in said(response)


def field_of(response, step: str, name: str) -> str:
    """Give what a hidden field beside the button of a step holds."""
    found = re.search(
        rf'value="{step}"><input type="hidden" name="{name}" value="([^"]+)"', said(response)
    )
    return found[1]


def test_nobody_issues_alone_what_a_colleague_wrote_after_they_read_the_desk(page, staff):
    chief = signed_in(staff["break_glass"])
    read = field_of(chief.get(f"/admin/warnings/{page.pk}/", **HOST), "break_glass", "read")
    words = page.get_latest_revision_as_object()
    words.save_revision(user=staff["duty_officer"])
    sent = {"reason": "Nobody answers.", "password": "bamako-2300"}
    for seen in (read, ""):
        assert "Read them again" in said(press(chief, page, "break_glass", read=seen, **sent))
    assert not Issue.objects.filter(page=page).exists()


def test_breaking_the_glass_needs_the_password(page, staff):
    chief = signed_in(staff["break_glass"])
    wrong = {"reason": "Nobody answers.", "password": "guess"}
    response = press(chief, page, "break_glass", **wrong)
    assert "not your password" in said(response)
    assert "Nobody answers." in said(response)
    assert not Issue.objects.filter(page=page).exists()
    read = field_of(chief.get(f"/admin/warnings/{page.pk}/", **HOST), "break_glass", "read")
    right = {"reason": "Nobody answers.", "password": "bamako-2300", "read": read}
    assert "an approver must confirm it" in said(press(chief, page, "break_glass", **right))
    assert "Issued by one officer alone" in said(chief.get("/admin/warnings/", **HOST))
    approver = signed_in(staff["approver"])
    assert "Nobody answers." in said(approver.get("/admin/", **HOST))
    press(approver, page, "confirm", number=1)
    assert "Nobody answers." not in said(approver.get("/admin/", **HOST))
    assert "Issued by one officer alone" not in said(chief.get("/admin/warnings/", **HOST))


def test_whoever_works_for_the_mission_sees_what_one_officer_issued_alone(page, staff, dakar):
    issue_alone(page, staff["break_glass"], timezone.now(), "Nobody answers.")
    for role in set(ROLES) - {"administrator"}:
        shown = first_screen(staff[role])
        assert "Issued by one officer alone" in shown, role
        assert "Nobody answers." in shown and "Roads closed" in shown, role
        way = f'href="/admin/warnings/{page.pk}/"'
        assert (way in shown) is (role != "section_editor"), role
        assert "warnings/new" not in shown and 'name="step"' not in shown, role
    stranger = User.objects.create_user("editor@dakar.example")
    stranger.groups.add(MissionRole.objects.get(site=dakar, role="section_editor").group)
    assert "Nobody answers." not in first_screen(stranger)
    lifecycle.confirm(page, staff["approver"], timezone.now(), 1)
    assert "Nobody answers." not in first_screen(staff["section_editor"])


def test_what_waits_for_the_reader_stands_first_then_what_is_in_force(page, staff):
    now = timezone.now()
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "In force already")
    number = page.contact_rows.first().contact
    number.value = "+22320709999"
    number.save()
    lifecycle.submit(page, staff["duty_officer"], now)
    yours, force, theirs = "Waiting for your approval", "Alerts in force", "Waiting for approval"
    changed = "Quoted facts that have changed"
    assert order(first_screen(staff["approver"]), yours, force, changed, theirs) == [
        *(yours, force, changed),
    ]
    assert order(first_screen(staff["duty_officer"]), yours, force, changed, theirs) == [
        *(force, theirs, changed),
    ]


def test_nobody_is_asked_to_approve_words_of_their_own_nor_forever_those_of_long_ago(page, staff):
    approver, yours = staff["approver"], "Waiting for your approval"
    page.save_revision(user=approver)
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    assert yours not in first_screen(approver) and yours in first_screen(staff["consular"])
    seen = Clearance.objects.get(page=page).reading
    lifecycle.approve(page, staff["consular"], timezone.now(), seen)
    note = Texts(en="It is over.")
    lifecycle.end(page, staff["duty_officer"], timezone.now(), Act.CANCEL, note)
    assert yours in first_screen(approver)


def test_who_may_confirm_it_reads_it_before_all_else(page, staff):
    now = timezone.now()
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "In force already")
    issue_alone(page, staff["break_glass"], now, "Nobody answers.")
    alone, force = "Issued by one officer alone", "Alerts in force"
    assert order(first_screen(staff["approver"]), alone, force) == [alone, force]
    for role in ("duty_officer", "break_glass"):
        assert order(first_screen(staff[role]), alone, force) == [force, alone], role


def order(text: str, *sentences: str) -> list[str]:
    """Give those of some sentences that stand in a text, as they follow each other."""
    return sorted((one for one in sentences if one in text), key=text.index)


def first_screen(user) -> str:
    """Give what somebody sees first."""
    return said(signed_in(user).get("/admin/", **HOST))


@pytest.mark.parametrize(
    "credential",
    ["[", "{}", "[]", "123456", "null", '{"id": 1, "response": {}}', '{"a":' * 5_000, "[" * 50_000],
)
def test_what_is_no_passkey_breaks_no_glass(page, staff, credential):
    chief = signed_in(staff["break_glass"])
    read = field_of(chief.get(f"/admin/warnings/{page.pk}/", **HOST), "break_glass", "read")
    assert chief.get("/account/prove/passkey/challenge/", **HOST).status_code == 200
    sent = {"reason": "Nobody answers.", "read": read, "credential": credential}
    response = press(chief, page, "break_glass", **sent)
    assert "a passkey of yours. Nothing was issued." in said(response)
    assert "Nobody answers." in said(response)
    assert not Issue.objects.filter(page=page).exists()


def test_publishing_in_the_editor_only_stores_a_draft(page, staff):
    approver = signed_in(staff["approver"])
    data = {**posted(page, staff["approver"]), "action-publish": "1"}
    response = approver.post(f"/admin/pages/{page.pk}/edit/", data, **HOST)
    assert response.status_code == 302
    assert not Issued.objects.filter(page=page).exists()


def test_who_has_no_right_to_warnings_sees_no_desk(page, staff):
    editor = signed_in(staff["section_editor"])
    assert editor.get(f"/admin/warnings/{page.pk}/", **HOST).status_code in (302, 403)
    assert press(editor, page, "submit").status_code in (200, 403)
    assert Clearance.objects.filter(page=page, state=State.REVIEW).count() == 0
    officer = signed_in(staff["duty_officer"])
    assert "/admin/warnings/" not in said(editor.get("/admin/", **HOST))
    assert "/admin/warnings/" in said(officer.get("/admin/", **HOST))
    assert editor.get("/admin/warnings/", **HOST).status_code in (302, 403)


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "messages"),
    [
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("é" * 459, "GSM-7", 459, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("ê" * 70, "UCS-2", 70, 1),
        ("ê" * 71, "UCS-2", 71, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("“Don’t go”", "GSM-7", 10, 1),
    ],
)
def test_text_messages_are_counted_as_networks_count(text, alphabet, units, messages):
    found = measured(text)
    assert (found.alphabet, found.units, found.messages) == (alphabet, units, messages)


def test_an_issued_warning_leads_to_its_desk_from_its_editor_and_the_overview(client, staff):
    client.force_login(staff["consular"])
    overview = client.get("/admin/warnings/").content.decode()
    for page in (TravelAdvisoryPage.objects.get(), AlertPage.objects.get(is_historic=True)):
        address = f"/admin/warnings/{page.pk}/"
        assert address in overview
        assert address in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_wording_of_a_record_of_the_past_is_corrected_without_inventing_facts(staff):
    page, now = AlertPage.objects.get(is_historic=True), timezone.now()
    lifecycle.reopen(page, staff["consular"], now, Act.WORDING)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    texts = list(words.texts.all())
    texts[0].location += "."
    words.texts = texts
    words.save_revision(user=staff["consular"])
    page = AlertPage.objects.get(pk=page.pk)
    clearance = lifecycle.submit(page, staff["consular"], now)
    lifecycle.approve(page, staff["approver"], now, clearance.reading)
    row = Issued.objects.current_of(page).get(language="en")
    assert row.content["cap"]["severity"] == "Unknown" and row.is_historic


def test_two_officers_who_begin_in_the_same_second_each_get_an_alert(staff):
    at = timezone.now()
    preset = AlertPreset.objects.get(name__en="Heavy rain")
    pages = [begin(preset, staff[who], at, "Actual") for who in ("duty_officer", "consular")]
    assert pages[1].slug == f"{pages[0].slug}-2"


def test_any_kind_begins_as_an_exercise_too(staff):
    officer = signed_in(staff["duty_officer"])
    kind = AlertKind.objects.exclude(alertpreset__isnull=False).filter(in_use=True).first()
    said_here = said(officer.get("/admin/warnings/new/", **HOST))
    assert f"{kind.name}, as an exercise" in said_here
    site = staff["duty_officer"].mission
    sent = {"kind": kind.pk, "site": site.pk, "status": "Exercise"}
    officer.post("/admin/warnings/new/", sent, **HOST)
    assert AlertPage.objects.latest("pk").status == "Exercise"


def test_what_begins_later_is_on_the_overview_and_not_in_force(staff):
    now = timezone.now()
    alert(now + timedelta(hours=2, seconds=30), now + timedelta(hours=6), "Roads close tonight")
    text = said(signed_in(staff["duty_officer"]).get("/admin/warnings/", **HOST))
    begins = text.index("Issued, begins later")
    assert text.index("In force</h2>") < begins < text.index("Roads close tonight")
    assert "begins in 2\xa0hours" in text


def test_the_french_page_is_shown_with_french_times(page, staff):
    english = page.texts.get()
    page.texts.add(AlertText(**{name: getattr(english, name) for name in BLOCKS}, **FRENCH))
    page.save_revision(user=staff["duty_officer"])
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    address = f"/admin/warnings/{page.pk}/"
    text = said(signed_in(staff["approver"]).get(address, HTTP_ACCEPT_LANGUAGE="en", **HOST))
    french = text.split('<div class="desk__faces" lang="fr">')[1]
    assert "(heure de Bamako)" in french.split("</section>")[0]
    assert "(Bamako time)" not in french.split("</section>")[0]
