"""The life of a warning: which steps there are, who takes them, and what the public then reads."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from advisories import lifecycle
from advisories.models import AlertPage, Clearance, Issue, Issued, TravelAdvisoryPage, Writer
from advisories.vocabulary import TRANSITIONS, Act, State
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.models import MissionRole
from tests.advisories.factories import alert, draft, issue_alone

pytestmark = pytest.mark.django_db
NOTE = Texts(en="The road is open again.")
AN_END = "an end in review"
STORED = {AN_END: State.REVIEW}
SETTLED = {("return", AN_END): State.ISSUED}
ROLES = [
    *("section_editor", "public_affairs", "consular", "duty_officer", "approver"),
    *("administrator", "break_glass"),
]


@pytest.fixture
def people(site, staff):
    """Somebody of each role and no other."""
    for role, user in staff.items():
        user.groups.set([MissionRole.objects.get(site=site, role=role).group])
    return staff


@pytest.fixture
def page(people):
    """A draft that the duty officer wrote."""
    now = timezone.now()
    return draft(now - timedelta(hours=1), now + timedelta(hours=6), by=people["duty_officer"])


def in_state(page, state: str, people):
    """Bring a draft to a state, the duty officer writing and the approver approving."""
    now = timezone.now()
    lifecycle.clearance_of(page)
    if state != State.DRAFT:
        lifecycle.submit(page, people["duty_officer"], now)
    if state == State.RETURNED:
        lifecycle.give_back(page, people["approver"], "Say where.", timezone.now())
    if state in (State.ISSUED, AN_END):
        approve(page, people["approver"])
    if state == AN_END:
        lifecycle.end(page, people["duty_officer"], now, Act.ALL_CLEAR, NOTE)
    return AlertPage.objects.get(pk=page.pk)


def approve(page, by, at=None) -> Issue:
    """Approve what waits, as somebody who has just read it."""
    seen = Clearance.objects.get(page=page).reading
    return lifecycle.approve(page, by, at or timezone.now(), seen)


def steps(page, by) -> dict:
    """Give every step of a warning's life as something to be tried."""
    now = timezone.now()
    seen = getattr(Clearance.objects.filter(page=page).first(), "reading", "")
    return {
        "submit": lambda: lifecycle.submit(page, by, now),
        "withdraw": lambda: lifecycle.withdraw(page, by),
        "take_back": lambda: lifecycle.take_back(page, by),
        "return": lambda: lifecycle.give_back(page, by, "Say where.", timezone.now()),
        "approve": lambda: lifecycle.approve(page, by, now, seen),
        "break_glass": lambda: issue_alone(page, by, now, "Nobody answers."),
        "confirm": lambda: lifecycle.confirm(page, by, now, 1),
        "reopen": lambda: lifecycle.reopen(page, by, now, Act.UPDATE),
        "end": lambda: lifecycle.end(page, by, now, Act.ALL_CLEAR, NOTE),
        "discard": lambda: lifecycle.discard(page, by),
    }


WRITERS = {"public_affairs", "consular", "duty_officer", "approver"}
APPROVERS = {"consular", "approver"}
ALLOWED = {
    ("submit", State.DRAFT): WRITERS,
    ("submit", State.RETURNED): WRITERS,
    ("withdraw", State.REVIEW): WRITERS,
    ("return", State.REVIEW): APPROVERS,
    ("approve", State.REVIEW): APPROVERS,
    ("break_glass", State.DRAFT): {"break_glass"},
    ("break_glass", State.RETURNED): {"break_glass"},
    ("break_glass", State.REVIEW): {"break_glass"},
    ("reopen", State.ISSUED): WRITERS,
    ("end", State.ISSUED): WRITERS,
    ("take_back", AN_END): WRITERS,
    ("return", AN_END): APPROVERS,
    ("approve", AN_END): APPROVERS,
    ("break_glass", AN_END): {"break_glass"},
}


@pytest.mark.parametrize("state", [*State, AN_END])
@pytest.mark.parametrize("name", sorted(set(TRANSITIONS) - {"write"}))
def test_each_step_is_for_its_actors_and_states_only(page, people, name, state):
    page = in_state(page, state, people)
    before = list(Issue.objects.values_list("pk", flat=True))
    for role in ROLES:
        allowed = role in ALLOWED.get((name, state), set())
        if allowed:
            continue
        with pytest.raises((Refused, PermissionDenied)):
            steps(page, people[role])[name]()
        assert Clearance.objects.get(page=page).state == STORED.get(state, state), (role, name)
    assert list(Issue.objects.values_list("pk", flat=True)) == before
    for role in sorted(ALLOWED.get((name, state), set())):
        with transaction.atomic():
            steps(page, people[role])[name]()
            target = SETTLED.get((name, state), TRANSITIONS[name].target)
            assert Clearance.objects.get(page=page).state == target
            transaction.set_rollback(True)


def test_nobody_approves_words_of_their_own_not_even_after_a_colleague(page, people):
    approver, colleague = people["approver"], people["consular"]
    page.save_revision(user=approver)
    page.save_revision(user=colleague)
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    for writer in (approver, colleague):
        with pytest.raises(Refused, match="none of it"):
            approve(page, writer)
    assert not Issue.objects.filter(page=page).exists()


def test_two_people_hold_for_a_superuser_too(page, people):
    boss = people["administrator"]
    boss.is_superuser = True
    boss.save()
    page.save_revision(user=boss)
    lifecycle.submit(page, boss, timezone.now())
    with pytest.raises(Refused):
        approve(page, boss)


def test_writers_of_an_issue_may_approve_the_next_one(page, people):
    page = in_state(page, State.ISSUED, people)
    lifecycle.reopen(page, people["approver"], timezone.now(), Act.UPDATE)
    page.severity = "Extreme"
    page.save_revision(user=people["approver"])
    lifecycle.submit(page, people["approver"], timezone.now())
    with pytest.raises(Refused):
        approve(page, people["approver"])
    approve(page, people["consular"])
    assert Issue.objects.of(page).first().writers == [people["approver"].pk]


def test_words_that_changed_after_they_were_read_are_not_approved(page, people):
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    seen = Clearance.objects.get(page=page).reading
    lifecycle.withdraw(page, people["duty_officer"])
    page.save_revision(user=people["duty_officer"])
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    with pytest.raises(Refused, match="Read them again"):
        lifecycle.approve(page, people["approver"], timezone.now(), seen)


def test_approving_twice_issues_once(page, people):
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    approve(page, people["approver"])
    with pytest.raises(Refused, match="faster"):
        approve(page, people["consular"])
    assert Issue.objects.filter(page=page).count() == 1


def test_what_is_not_ready_is_not_submitted(page, people):
    text = page.texts.get()
    text.actions = "Roads."
    page.texts = [text]
    page.told_staff = ""
    page.contact_rows = []
    page.urgency = "Unknown"
    page.expires = timezone.now() + timedelta(days=30)
    page.save_revision(user=people["duty_officer"])
    with pytest.raises(Refused) as refused:
        lifecycle.submit(page, people["duty_officer"], timezone.now())
    for words in ("verb", "mission staff", "phone number", "how grave", "168 hours"):
        assert words in str(refused.value)


def test_locked_words_cannot_be_stored(page, people):
    for state in (State.REVIEW, State.ISSUED):
        page = in_state(page, State.REVIEW, people) if state == State.REVIEW else page
        if state == State.ISSUED:
            approve(page, people["approver"])
        with pytest.raises(PermissionDenied):
            page.save_revision(user=people["duty_officer"])


def test_an_update_replaces_and_refers_to_what_was_in_force(page, people, client):
    page = in_state(page, State.ISSUED, people)
    first = Issue.objects.of(page).get()
    lifecycle.reopen(page, people["duty_officer"], timezone.now(), Act.UPDATE)
    text = page.texts.get()
    text.event = "Two more roads are closed."
    page.texts = [text]
    page.save_revision(user=people["duty_officer"])
    assert "Two more" not in client.get(page.url, HTTP_HOST="localhost").content.decode()
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    second = approve(page, people["approver"])
    assert second.references == f"localhost,{first.identifier},{cap_sent(first)}"
    assert "Two more" in client.get(page.url, HTTP_HOST="localhost").content.decode()
    assert Issued.objects.current().filter(page=page).get().issue == second


def cap_sent(issue: Issue) -> str:
    """Give when an issue was sent, as CAP writes it."""
    return issue.sent.strftime("%Y-%m-%dT%H:%M:%S-00:00")


@pytest.mark.parametrize("act", [Act.CANCEL, Act.ALL_CLEAR])
def test_the_end_of_an_alert_is_on_every_face_at_once(page, people, client, act):
    page = in_state(page, State.ISSUED, people)
    home = client.get("/", HTTP_HOST="localhost").content.decode()
    assert "Roads closed" in home
    lifecycle.end(page, people["duty_officer"], timezone.now(), act, NOTE)
    assert "Roads closed" in client.get("/", HTTP_HOST="localhost").content.decode()
    at = timezone.now()
    approve(page, people["approver"], at)
    assert "Roads closed" not in client.get("/", HTTP_HOST="localhost").content.decode()
    assert NOTE["en"] in client.get(page.url, HTTP_HOST="localhost").content.decode()
    row = Issued.objects.current().get(page=page)
    assert not row.is_in_force(at) and row.is_in_force(at - timedelta(seconds=1))


def test_an_end_needs_a_sentence_in_each_language_and_somebody_else(page, people):
    page = in_state(page, State.ISSUED, people)
    with pytest.raises(Refused, match="each language"):
        lifecycle.end(page, people["consular"], timezone.now(), Act.CANCEL, Texts())
    lifecycle.end(page, people["consular"], timezone.now(), Act.CANCEL, NOTE)
    with pytest.raises(Refused, match="none of it"):
        approve(page, people["consular"])


def test_a_returned_end_leaves_the_alert_as_it_was(page, people):
    page = in_state(page, State.ISSUED, people)
    lifecycle.end(page, people["consular"], timezone.now(), Act.CANCEL, NOTE)
    lifecycle.give_back(page, people["approver"], "It goes on.", timezone.now())
    clearance = Clearance.objects.get(page=page)
    assert (clearance.state, clearance.act) == (State.ISSUED, Act.ISSUE)
    assert Issued.objects.current().get(page=page).is_in_force(timezone.now())


def test_a_discarded_update_leaves_no_trace_in_the_words_and_keeps_their_writer(page, people):
    page = in_state(page, State.ISSUED, people)
    lifecycle.reopen(page, people["approver"], timezone.now(), Act.UPDATE)
    page.title = "Another title"
    page.save_revision(user=people["approver"])
    lifecycle.discard(page, people["duty_officer"])
    page = AlertPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "Roads closed"
    assert Writer.objects.filter(page=page, after=1, user=people["approver"]).exists()


def test_what_is_over_is_neither_updated_nor_ended(page, people):
    page = in_state(page, State.ISSUED, people)
    later = timezone.now() + timedelta(hours=7)
    with pytest.raises(Refused, match="This alert is over"):
        lifecycle.reopen(page, people["duty_officer"], later, Act.UPDATE)
    with pytest.raises(Refused, match="This alert is over"):
        lifecycle.end(page, people["duty_officer"], later, Act.CANCEL, NOTE)


def test_the_same_words_submitted_again_with_another_number_are_read_again(page, people):
    """What they quote is part of what is read: the writer alone could change it in between."""
    quoted = page.contact_rows.first().contact
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    read = Clearance.objects.get(page=page).reading
    quoted.value = "+22320709999"
    quoted.save()
    lifecycle.withdraw(page, people["duty_officer"])
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    with pytest.raises(Refused, match="Read them again"):
        lifecycle.approve(page, people["approver"], timezone.now(), read)
    assert not Issue.objects.of(page).exists()
    assert approve(page, people["approver"])


def test_break_glass_issues_alone_and_stays_marked_until_somebody_else_confirms(page, people):
    breaker = people["break_glass"]
    with pytest.raises(Refused, match="Say why"):
        issue_alone(page, breaker, timezone.now(), " ")
    issue = issue_alone(page, breaker, timezone.now(), "Nobody answers the phone.")
    assert list(Issue.objects.unconfirmed()) == [issue]
    with pytest.raises(PermissionDenied):
        lifecycle.confirm(page, breaker, timezone.now(), issue.number)
    lifecycle.confirm(page, people["approver"], timezone.now(), issue.number)
    assert not Issue.objects.unconfirmed().exists()
    with pytest.raises(Refused):
        lifecycle.confirm(page, people["consular"], timezone.now(), issue.number)


def test_an_update_by_two_people_settles_a_broken_glass(page, people):
    issue_alone(page, people["break_glass"], timezone.now(), "Nobody answers.")
    lifecycle.end(page, people["duty_officer"], timezone.now(), Act.CANCEL, NOTE)
    approve(page, people["approver"])
    assert not Issue.objects.unconfirmed().exists()


def test_a_review_without_change_moves_one_date_and_asks_for_two_people(people):
    page = TravelAdvisoryPage.objects.get()
    at = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    before = {row.language: row.content for row in Issued.objects.current_of(page)}
    lifecycle.end(page, people["consular"], at, Act.REVIEWED)
    with pytest.raises(Refused):
        approve(page, people["consular"], at)
    approve(page, people["approver"], at)
    for row in Issued.objects.current_of(page):
        changed = {k for k in row.content if row.content[k] != before[row.language].get(k)}
        assert changed == {"reviewed_on", "act"}
        assert row.content["reviewed_on"] == "2026-11-21"
    page = TravelAdvisoryPage.objects.get()
    assert page.get_latest_revision_as_object().reviewed_on.isoformat() == "2026-11-21"


def test_a_drill_is_seen_by_nobody_and_stays_a_drill(people, client):
    now = timezone.now()
    page = draft(now, now + timedelta(hours=6), by=people["duty_officer"], status="Exercise")
    page = in_state(page, State.ISSUED, people)
    for url in ("/", "/alerts/", "/search/?q=roads", "/sitemap.xml", page.url):
        response = client.get(url, HTTP_HOST="localhost")
        assert "Roads closed" not in response.content.decode(), url
    assert client.get(page.url, HTTP_HOST="localhost").status_code == 404
    assert "<status>Exercise</status>" in Issue.objects.of(page).get().cap
    lifecycle.reopen(page, people["duty_officer"], now, Act.UPDATE)
    page.status = "Actual"
    page.save_revision(user=people["duty_officer"])
    with pytest.raises(Refused, match="drill stays a drill"):
        lifecycle.submit(page, people["duty_officer"], now)


def test_nothing_of_wagtail_sends_or_silences(page, people, client):
    boss = people["approver"]
    with pytest.raises(PermissionDenied):
        page.latest_revision.publish(user=boss)
    page = in_state(page, State.ISSUED, people)
    with pytest.raises(PermissionDenied):
        page.unpublish(user=boss)
    AlertPage.objects.filter(pk=page.pk).update(live=False)
    assert "Roads closed" in client.get(page.url, HTTP_HOST="localhost").content.decode()
    assert "Roads closed" in client.get("/", HTTP_HOST="localhost").content.decode()
    may = page.permissions_for_user(boss)
    assert not (may.can_publish() or may.can_unpublish() or may.can_delete() or may.can_move())
    assert not (may.can_set_view_restrictions() or may.can_lock() or may.can_unlock())


def test_a_closed_page_above_hides_no_warning(people, client):
    now = timezone.now()
    page = alert(now - timedelta(hours=1), now + timedelta(hours=1))
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert client.get(page.url, HTTP_HOST="localhost").status_code == 200
    assert client.get("/alerts/", HTTP_HOST="localhost").status_code == 200


def test_every_issue_keeps_its_address_and_says_what_replaced_it(page, people, client):
    page = in_state(page, State.ISSUED, people)
    lifecycle.reopen(page, people["duty_officer"], timezone.now(), Act.UPDATE)
    text = page.texts.get()
    text.event = "Two more roads are closed."
    page.texts = [text]
    page.save_revision(user=people["duty_officer"])
    lifecycle.submit(page, people["duty_officer"], timezone.now())
    approve(page, people["approver"])
    now = client.get(page.url, HTTP_HOST="localhost").content.decode()
    first = client.get(f"{page.url}1/", HTTP_HOST="localhost").content.decode()
    assert "Two more roads" in now and "Replaced on" not in now
    assert "Two more roads" not in first and "Replaced on" in first
    assert f'href="{page.url}1/"' in now
    assert client.get(f"{page.url}3/", HTTP_HOST="localhost").status_code == 404


def test_a_version_of_the_advisory_is_found_under_its_day(client):
    page = TravelAdvisoryPage.objects.get()
    for address in (f"{page.url}2026-01-09/", f"/fr{page.url}2026-01-09/"):
        assert client.get(address, HTTP_HOST="localhost").status_code == 200
    assert client.get(f"{page.url}2026-01-10/", HTTP_HOST="localhost").status_code == 404


def test_a_code_tells_what_it_stands_for(page, people, client, dakar):
    page = in_state(page, State.ISSUED, people)
    issue = Issue.objects.of(page).get()
    address = f"/verify/{issue.code}/"
    assert "still in force" in client.get(address, HTTP_HOST="localhost").content.decode()
    assert client.get(address.lower(), HTTP_HOST="localhost").status_code == 200
    lifecycle.end(page, people["duty_officer"], timezone.now(), Act.ALL_CLEAR, NOTE)
    last = approve(page, people["approver"])
    earlier = client.get(address, HTTP_HOST="localhost").content.decode()
    assert "the all clear was given" in earlier and "Replaced on " in earlier
    ended = client.get(f"/verify/{last.code}/", HTTP_HOST="localhost").content.decode()
    assert "the all clear was given" in ended
    for wrong in ("/verify/BBBBBBBB/", "/verify/%00/", f"/verify/{'9' * 300}/"):
        assert client.get(wrong, HTTP_HOST="localhost").status_code == 404
    assert client.get(f"/fr{address}", HTTP_HOST=dakar.hostname).status_code == 404


@pytest.mark.parametrize(("late", "goes_out"), [(-1, True), (0, False)])
def test_an_alert_whose_end_passed_while_it_waited_does_not_go_out(people, late, goes_out):
    now = timezone.now()
    page = draft(now, now + timedelta(hours=1), people["consular"])
    lifecycle.submit(page, people["consular"], now)
    at = now + timedelta(hours=1, seconds=late)
    if goes_out:
        assert approve(page, people["approver"], at)
    else:
        with pytest.raises(Refused, match="end has passed"):
            approve(page, people["approver"], at)
        assert not Issue.objects.of(page).exists()
