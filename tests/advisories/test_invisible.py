"""No character that nobody sees comes into a warning, by whatever door."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from advisories import issuing, lifecycle
from advisories.models import AlertKind, AlertPage, Clearance, Issue, TravelAdvisoryPage
from advisories.readiness import checklist
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.models import ContactPoint
from tests.advisories.factories import alert, approved, draft, issue_alone, new_issue
from tests.editor import posted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TURNED = "Road \u202enepo\u202c to Gao"


@pytest.fixture
def words(staff):
    """A draft of an alert."""
    now = timezone.now()
    return draft(now, now + HOUR, by=staff["duty_officer"])


@pytest.fixture
def advisory(staff):
    """The advisory, opened for an update."""
    page = TravelAdvisoryPage.objects.get()
    lifecycle.reopen(page, staff["consular"], timezone.now(), Act.UPDATE)
    return TravelAdvisoryPage.objects.get().get_latest_revision_as_object()


def post(client, page, user, **changes):
    """Post a page's editor with changes."""
    client.force_login(user)
    data = {**posted(page, user), **changes}
    return client.post(f"/admin/pages/{page.pk}/edit/", data, HTTP_HOST="localhost")


def sentences(response, name: str) -> str:
    """Give what is said at a field of the page, or of its first text."""
    assert response.status_code == 200
    form = response.context["form"]
    row = form.formsets["texts"].forms[0]
    *of_row, field = name.split("-0-")
    said = " ".join((row if of_row else form).errors.get(field, []))
    assert all(sentence in response.content.decode() for sentence in said.split(":")[:1])
    return said


@pytest.mark.parametrize(
    "name",
    [f"texts-0-{name}" for name in ("title", "location", "event", "actions", "assistance")]
    + ["issued_by_whom"],
)
def test_the_editor_of_an_alert_refuses_it_at_its_field(client, staff, words, name):
    before = words.revisions.count()
    response = post(client, words, staff["duty_officer"], **{name: TURNED})
    assert sentences(response, name) == (
        "Remove the invisible character that turns the direction of text around: "
        "U+202E, after “Road”."
    )
    assert TURNED in response.content.decode()  # nothing that was typed is lost
    assert AlertPage.objects.get(pk=words.pk).revisions.count() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Travel\u200b advisory"),
        ("texts-0-title", "Travel\u200b advisory"),
        ("texts-0-summary", rich_text("<p>Travel\u200b</p>")),
        ("texts-0-advice-0-value-heading", "Travel\u200b"),
        ("texts-0-advice-0-value-text", rich_text("<p>Travel\u200b</p>")),
        ("sources-0-value-title", "Travel\u200b"),
    ],
)
def test_the_editor_of_an_advisory_refuses_it_at_its_field(client, staff, advisory, name, value):
    response = post(client, advisory, staff["consular"], **{name: value})
    field = "-0-".join(name.split("-0-")[: 2 if name.startswith("texts") else 1])
    assert "U+200B, after “Travel”" in sentences(response, field)


def test_a_text_that_is_taken_out_may_hold_one(client, staff, advisory):
    changes = {"texts-1-title": TURNED, "texts-1-DELETE": "on"}
    assert post(client, advisory, staff["consular"], **changes).status_code == 302


def test_words_that_came_by_another_door_are_not_submitted(staff, words):
    text = words.texts.get()
    text.event = TURNED
    words.texts = [text]
    words.save_revision(user=staff["duty_officer"])
    [line] = [c for c in checklist(words, timezone.now()) if "nobody sees" in c.what]
    assert not line.ok and line.todo.startswith("English: Remove the invisible character")
    with pytest.raises(Refused, match=r"U\+202E"):
        lifecycle.submit(words, staff["duty_officer"], timezone.now())
    with pytest.raises(Refused, match=r"U\+202E"):
        issue_alone(words, staff["break_glass"], timezone.now(), "Nobody is here.")
    text.event = "Roads are closed."
    words.texts = [text]
    words.save_revision(user=staff["duty_officer"])
    assert all(line.ok for line in checklist(words, timezone.now()))
    approved(words, staff)


def test_a_name_that_is_only_quoted_is_looked_at_too(staff, words):
    AlertKind.objects.filter(pk=words.kind_id).update(name={"en": "Security\u202e Alert"})
    with pytest.raises(Refused, match="after “Security”"):
        approved(AlertPage.objects.get(pk=words.pk), staff)


def test_a_number_that_was_changed_after_it_was_submitted_does_not_bring_one(staff, words):
    lifecycle.submit(words, staff["duty_officer"], timezone.now())
    contact = words.contact_rows.get().contact
    ContactPoint.objects.filter(pk=contact.pk).update(label={"en": "Duty\u202e officer"})
    with pytest.raises(Refused):
        seen = Clearance.objects.get(page=words).reading
        lifecycle.approve(words, staff["approver"], timezone.now(), seen)


def test_no_command_puts_one_on_record(db):
    now = timezone.now()
    with pytest.raises(Refused, match=r"U\+202E"):
        alert(now - HOUR, now + HOUR, title=TURNED)
    assert not Issue.objects.filter(rows__content__title=TURNED).exists()


@pytest.mark.parametrize("act", [Act.CANCEL, Act.ALL_CLEAR])
def test_the_sentence_that_ends_an_alert_holds_none(staff, act):
    page = AlertPage.objects.get(pk=new_issue(staff).page_id)
    with pytest.raises(Refused, match=r"U\+202E"):
        lifecycle.end(page, staff["duty_officer"], timezone.now(), act, Texts(en=TURNED))
    lifecycle.end(page, staff["duty_officer"], timezone.now(), act, Texts(en="It is over."))


def test_reasons_hold_none(staff, words):
    lifecycle.submit(words, staff["duty_officer"], timezone.now())
    with pytest.raises(Refused, match=r"U\+202E"):
        lifecycle.give_back(words, staff["approver"], TURNED, timezone.now())
    with pytest.raises(Refused, match=r"U\+202E"):
        issue_alone(words, staff["break_glass"], timezone.now(), TURNED)
    lifecycle.give_back(words, staff["approver"], "Say where.", timezone.now())


def test_what_was_issued_with_one_can_be_ended(staff, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(issuing, "refuse_unseen", lambda *said: None)  # before there was a rule
    page = alert(now - HOUR, now + HOUR, title=TURNED)
    monkeypatch.undo()
    note = Texts(en="It is over.")
    lifecycle.end(page, staff["duty_officer"], now, Act.ALL_CLEAR, note)
    seen = Clearance.objects.get(page=page).reading
    assert lifecycle.approve(page, staff["approver"], now, seen).ends_it
