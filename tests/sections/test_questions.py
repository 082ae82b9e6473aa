"""What becomes of a question: mailed to its office, settled by staff, erased after its time."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from advisories.models import Delivery
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.models import AuditEntry, MissionSettings
from sections import questions
from sections.models import OfficePage, Question
from sections.questions import Asked
from sections.upkeep import questions_waiting
from tests.advisories.sending import pass_over, signed_in
from tests.factories import person
from tests.sections.asking import HOST, center

pytestmark = pytest.mark.django_db
State = Question.State
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = Asked("Is it open?", "Awa", "awa@reader.example", "+22320702300", "en")


def asked(site, at=AT, words=WORDS, office=None, address="203.0.113.7") -> Question:
    """Ask a question at a moment."""
    reference = questions.ask(site, office or center(), words, address, at)
    return Question.objects.get(reference=reference)


def post(client: Client, question: Question, to: str, was: str = "waiting", note: str = ""):
    """Press a button of a question's screen."""
    address = f"/admin/questions/{question.pk}/"
    return client.post(address, {"was": was, "to": to, "note": note}, **HOST)


def leave() -> list:
    """Let what is in the outbox leave; give it."""
    mail.outbox.clear()
    pass_over(timezone.now() + timedelta(seconds=1))
    return [each for each in mail.outbox if "center@bamako.example" in each.to]


# The mail


def test_the_office_gets_a_mail_that_says_whom_to_answer(site):
    question = asked(site, timezone.now())
    [letter] = leave()
    assert letter.to == ["center@bamako.example"] and letter.reply_to == ["awa@reader.example"]
    assert question.reference in letter.subject and center().title in letter.subject
    for word in ("Is it open?", "Awa", "awa@reader.example", "+22320702300", question.reference):
        assert word in letter.body
    assert f"/admin/questions/{question.pk}/" in letter.body
    assert "Awa" not in letter.subject
    assert leave() == []


def test_who_gave_a_number_only_is_not_answered_by_mail(site):
    asked(site, timezone.now(), Asked("Open?", "", "", "+22320702300", "en"))
    [letter] = leave()
    assert letter.reply_to == [] and "wants to be called" in letter.body


def test_it_is_in_the_first_language_of_the_mission(site, compiled):
    MissionSettings.objects.filter(site=site).update(first_language="fr")
    asked(site, timezone.now())
    with translation.override("en"):
        [letter] = leave()
    assert "Un lecteur du site pose une question" in letter.body


def test_nothing_personal_stands_in_the_delivery(site):
    question = asked(site, timezone.now())
    row = Delivery.objects.get(channel="mail_office")
    assert row.target == f"question:{question.pk}" and row.about == "Question of a reader"


@pytest.mark.parametrize("why", ["settled", "erased", "no address", "office gone"])
def test_what_is_of_no_more_use_does_not_leave(site, staff, why):
    question = asked(site, timezone.now())
    if why == "settled":
        questions.settle(question, "waiting", State.ANSWERED, staff["consular"], timezone.now())
    elif why == "erased":
        Question.objects.update(erased_at=timezone.now())
    elif why == "no address":
        OfficePage.objects.update(questions_to="")
    else:
        Question.objects.update(office=None)
    assert leave() == []
    assert Delivery.objects.get(channel="mail_office").status == "done"


def test_without_a_worker_staff_see_it_all_the_same(site, staff):
    question = asked(site)
    assert Delivery.objects.filter(channel="mail_office", status="waiting").count() == 1
    [row] = questions_waiting(staff["section_editor"], AT).rows
    assert row.name == center().title and "November 22, 2026" in row.why
    page = signed_in(staff["section_editor"]).get("/admin/questions/", **HOST)
    assert question.reference in page.content.decode()


# Staff


def test_the_list_shows_no_words_and_the_screen_is_on_record(site, staff):
    question = asked(site)
    client = signed_in(staff["consular"])
    text = client.get("/admin/questions/", **HOST).content.decode()
    assert question.reference in text and "Is it open?" not in text and "awa@" not in text
    page = client.get(f"/admin/questions/{question.pk}/", **HOST).content.decode()
    assert "Is it open?" in page and "awa@reader.example" in page
    seen = AuditEntry.objects.filter(action=audit.SEEN, target_type="sections.question")
    assert [entry.by for entry in seen] == [staff["consular"]]
    assert seen[0].target_label == f"{question.reference}, {center().title}"


def test_it_is_answered_by_a_button(site, staff):
    question = asked(site)
    client = signed_in(staff["consular"])
    answer = post(client, question, "answered", note="Told\x00 the\u202e hours\r\n")
    assert answer.status_code == 302
    question.refresh_from_db()
    assert (question.state, question.settled_by) == (State.ANSWERED, staff["consular"])
    assert question.settled_at is not None and question.note == "Told the hours"
    entry = ModelLogEntry.objects.get(action="sections.answer_question")
    assert entry.user == staff["consular"] and entry.label == str(question)
    assert AuditEntry.objects.filter(action="sections.answer_question").count() == 1


def test_the_same_button_twice_changes_nothing_and_takes_one_entry(site, staff):
    question = asked(site)
    for _press in range(2):
        assert post(signed_in(staff["consular"]), question, "answered").status_code == 302
    assert ModelLogEntry.objects.filter(action="sections.answer_question").count() == 1


def test_a_colleague_who_was_faster_is_named_and_the_note_stays(site, staff):
    question = asked(site)
    questions.settle(question, "waiting", State.ANSWERED, staff["consular"], AT)
    answer = post(signed_in(staff["section_editor"]), question, "set_aside", note="My note")
    text = answer.content.decode()
    assert answer.status_code == 200 and "Fanta" in text and "My note" in text
    question.refresh_from_db()
    assert (question.state, question.settled_by) == (State.ANSWERED, staff["consular"])


def test_it_can_wait_again(site, staff):
    question = asked(site)
    client = signed_in(staff["consular"])
    post(client, question, "set_aside")
    post(client, question, "waiting", was="set_aside")
    question.refresh_from_db()
    assert (question.state, question.settled_by, question.settled_at) == ("waiting", None, None)


@pytest.mark.parametrize("to", ["", "deleted"])
def test_a_forged_step_is_refused_with_a_sentence(site, staff, to):
    question = asked(site)
    answer = post(signed_in(staff["consular"]), question, to)
    assert answer.status_code == 200 and "Choose what became of it." in answer.content.decode()


def test_a_long_note_comes_back(site, staff):
    question = asked(site)
    answer = post(signed_in(staff["consular"]), question, "answered", note="x" * 501)
    assert "it has 501" in answer.content.decode() and "x" * 501 in answer.content.decode()
    question.refresh_from_db()
    assert question.state == State.WAITING


@pytest.mark.parametrize("role", ["duty_officer", "approver"])
def test_other_roles_neither_read_nor_settle(site, staff, role):
    question = asked(site)
    client = signed_in(staff[role])
    assert client.get(f"/admin/questions/{question.pk}/", **HOST).status_code in (302, 403, 404)
    assert post(client, question, "answered").status_code in (302, 403, 404)
    with pytest.raises(PermissionDenied):
        questions.settle(question, "waiting", State.ANSWERED, staff[role], AT)
    assert questions_waiting(staff[role], AT).rows == []
    question.refresh_from_db()
    assert question.state == State.WAITING


def test_another_missions_staff_find_nothing(site, dakar):
    question = asked(site)
    stranger = person(dakar, "consular")
    client = signed_in(stranger)
    assert client.get(f"/admin/questions/{question.pk}/", **HOST).status_code == 404
    assert post(client, question, "answered").status_code == 404
    assert question.reference not in client.get("/admin/questions/", **HOST).content.decode()
    assert questions_waiting(stranger, AT).rows == []
    with pytest.raises(PermissionDenied):
        questions.settle(question, "waiting", State.ANSWERED, stranger, AT)


def test_the_list_narrows_by_state_and_office(site, staff):
    first = asked(site)
    other = OfficePage.objects.get(slug="press-office", locale=site.root_page.locale)
    second = asked(site, AT, Asked("Other?", "", "b@reader.example", "", "en"), other)
    questions.settle(second, "waiting", State.ANSWERED, staff["consular"], AT)
    client = signed_in(staff["consular"])

    def listed(query: str) -> list[bool]:
        text = client.get(f"/admin/questions/?{query}", **HOST).content.decode()
        return [row.reference in text for row in (first, second)]

    assert listed("") == [True, False]
    assert listed("state=answered") == [False, True]
    assert listed("state=all") == [True, True]
    assert listed(f"state=all&office={other.pk}") == [False, True]
    assert listed("state=all&office=x") == [True, True]


def test_the_list_takes_constant_queries(site, staff, django_assert_max_num_queries):
    client = signed_in(staff["consular"])
    for number in range(12):
        words = Asked(f"{number}?", "", f"{number}@reader.example", "", "en")
        asked(site, AT, words, address=f"203.0.113.{number}")
        if number == 1:
            with django_assert_max_num_queries(60) as few:
                client.get("/admin/questions/", **HOST)
    with django_assert_max_num_queries(len(few)):
        client.get("/admin/questions/", **HOST)


def test_the_first_screen_counts_what_waits(site, staff):
    asked(site, AT)
    asked(site, AT - timedelta(days=3), Asked("Older?", "", "b@reader.example", "", "en"))
    [row] = questions_waiting(staff["consular"], AT).rows
    assert row.why == "2 wait, the oldest since November 19, 2026"
    assert row.address == f"/admin/questions/?office={center().pk}"
    Question.objects.update(erased_at=AT)
    assert questions_waiting(staff["consular"], AT).rows == []


# Erasing


def days(count: int, seconds: int = 0) -> timedelta:
    """Give so many days and seconds."""
    return timedelta(days=count, seconds=seconds)


@pytest.mark.parametrize(
    ("settled", "after", "is_gone"),
    [
        (True, days(30, -1), False),
        (True, days(30), True),
        (False, days(90, -1), False),
        (False, days(90), True),
        (False, days(30), False),
    ],
)
def test_what_is_personal_goes_when_its_time_is_over(site, staff, settled, after, is_gone):
    question = asked(site)
    if settled:
        note = "Told Awa"
        questions.settle(question, "waiting", State.ANSWERED, staff["consular"], AT, note)
    counts = questions.erase(AT + after)
    question.refresh_from_db()
    kept = [question.text, question.name, question.mail, question.phone, question.note]
    assert (kept == [""] * 5) == is_gone and sum(counts.values()) == is_gone
    assert (question.erased_at == AT + after) == is_gone
    assert question.reference and question.office_name == center().title
    assert questions.erase(AT + after) == dict.fromkeys(State.values, 0)


def test_a_question_settled_late_is_still_gone_after_ninety_days(site, staff):
    question = asked(site)
    by, late = staff["consular"], AT + days(89)
    questions.settle(question, "waiting", State.SET_ASIDE, by, late)
    assert questions.erase(AT + days(90))[State.SET_ASIDE] == 1


def test_the_command_counts_first_and_is_safe_to_run_again(site):
    asked(site, timezone.now() - days(91))

    def said(*words) -> str:
        out = StringIO()
        call_command("erase_questions", *words, stdout=out)
        return out.getvalue()

    assert "1 questions would be erased (waiting 1" in said("--dry-run")
    assert Question.objects.get().text
    assert "1 questions erased" in said() and "0 questions erased" in said()
    assert not Question.objects.get().text


def test_an_erased_question_says_so_and_cannot_be_answered(site, staff):
    question = asked(site)
    questions.erase(AT + days(90))
    client = signed_in(staff["consular"])
    text = client.get(f"/admin/questions/{question.pk}/", **HOST).content.decode()
    assert "were erased on" in text and 'name="to"' not in text
    with pytest.raises(Refused, match="erased"):
        questions.settle(question, "waiting", State.ANSWERED, staff["consular"], AT)
