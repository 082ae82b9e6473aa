"""Who reads the audit, of which missions, and how it is filtered and taken out."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embassy.auditing import audit
from embassy.auditing.audit import Thing
from embassy.auditing.audit_report import ON_A_PAGE, plain_cell
from embassy.models import AuditEntry, User
from embassy.roles import ROLES
from tests.factories import person

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/audit/"
LIST = "/django-admin/embassy/auditentry/"
READERS = {"approver", "administrator"}
NUMBER = "zqx-7"
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def signed_in(user) -> Client:
    """Give a browser somebody is signed in with."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def enter(site, label: str, action: str = audit.CHANGED, at: datetime = NOON, **more):
    """Put something on record."""
    of = Thing("advisories.alertpage", NUMBER, label, site)
    return audit.record(action, of=of, at=at, **more)


@pytest.fixture
def reader(staff) -> Client:
    """A browser in which the approver is signed in."""
    return signed_in(staff["approver"])


def labels(client: Client, query: str = "", address: str = REPORT) -> list[str]:
    """Give the names of the things on the list that the test itself put on record."""
    response = client.get(f"{address}?{query}")
    assert response.status_code == 200
    entries = response.context_data["entries"]
    return [entry.target_label for entry in entries if entry.target_id == NUMBER]


def table(response) -> list[list[str]]:
    """Give the rows of a CSV file, as a spreadsheet reads them."""
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


# Who reads it


@pytest.mark.parametrize("role", list(ROLES))
def test_approvers_and_administrators_read_it(staff, site, role):
    client = signed_in(staff[role])
    for address in (LIST, REPORT):
        expected = 200 if role in READERS else 403
        if address == REPORT and role == "administrator":
            expected = 403  # no content for them; theirs is in the Django admin
        assert client.get(address).status_code in {expected, 302 if expected == 403 else expected}
    menu = client.get("/admin/").content.decode()
    assert (REPORT in menu) == (role == "approver")
    assert (LIST in client.get("/django-admin/").content.decode()) == (role in READERS)


def test_nobody_of_another_mission_reads_it(site, dakar, staff):
    enter(site, "Ours"), enter(dakar, "Theirs"), enter(None, "Server")
    for role, address in (("approver", REPORT), ("approver", LIST), ("administrator", LIST)):
        neighbor = person(dakar, role, f"{role}{len(address)}@dakar.example")
        assert labels(signed_in(staff[role]), address=address) == ["Ours"]
        assert labels(signed_in(neighbor), address=address) == ["Theirs"]


def test_who_reads_two_missions_chooses(site, dakar, staff):
    user = staff["approver"]
    user.groups.add(*person(dakar, "approver").groups.all())
    enter(site, "Ours"), enter(dakar, "Theirs")
    client = signed_in(user)
    assert labels(client) == ["Theirs", "Ours"]
    assert labels(client, f"site={dakar.pk}") == ["Theirs"]


def test_another_missions_entries_are_not_found_by_their_number(site, dakar, staff):
    ours, theirs = enter(site, "Ours"), enter(dakar, "Theirs")
    client = signed_in(staff["administrator"])
    shown = client.get(f"{LIST}{ours.pk}/change/")
    assert shown.status_code == 200 and "Ours" in shown.content.decode()
    assert "_save" not in shown.content.decode()
    assert client.get(f"{LIST}{theirs.pk}/change/").status_code == 404


@pytest.mark.parametrize("role", ["administrator", "approver"])
def test_nobody_adds_changes_or_deletes(site, staff, role):
    entry, client = enter(site, "Ours"), signed_in(staff[role])
    for address in ("add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert client.post(f"{LIST}{address}", {"action": "x", "post": "yes"}).status_code == 403


def test_what_concerns_no_mission_is_for_superusers(site, reader):
    enter(None, "Server")
    root = User.objects.create_superuser("root@bamako.example", "x")
    assert (labels(reader), labels(signed_in(root))) == ([], ["Server"])


# What it is filtered by


def test_it_is_filtered_by_person_act_kind_and_words(site, staff, reader):
    enter(site, "Roads closed", by=staff["consular"])
    enter(site, "Élection", audit.DELETED)
    audit.record(audit.CHANGED, of=Thing("embassy.user", NUMBER, "Sekou", site), at=NOON)
    assert labels(reader, f"user={staff['consular'].pk}") == ["Roads closed"]
    assert labels(reader, f"action={audit.DELETED}") == ["Élection"]
    assert labels(reader, "kind=embassy.user") == ["Sekou"]
    assert labels(reader, "words=élec") == ["Élection"]
    assert labels(reader, "words=zqx-7") == ["Sekou", "Élection", "Roads closed"]
    assert labels(reader, "words=zqx-7&action=" + audit.DELETED) == ["Élection"]
    assert len(labels(reader)) == 3


def test_days_are_those_of_the_missions_clock(nairobi):
    midnight = datetime(2026, 3, 9, 21, tzinfo=UTC)  # the 10th begins in Nairobi
    moment = timedelta(microseconds=1)
    for name, at in (
        ("before", midnight - moment),
        ("first", midnight),
        ("last", midnight + timedelta(days=1) - moment),
        ("after", midnight + timedelta(days=1)),
    ):
        enter(nairobi, name, at=at)
    client = signed_in(person(nairobi, "approver"))
    assert labels(client, "since=2026-03-10&until=2026-03-10") == ["last", "first"]
    assert labels(client, "since=2026-03-10") == ["after", "last", "first"]
    assert labels(client, "until=2026-03-10") == ["last", "first", "before"]
    shown = client.get(REPORT).content.decode()
    assert "Days and times are Nairobi time" in shown and "March 10, 2026, 00:00" in shown


BAD = [
    ("since=2026-13-99", "Enter a valid date."),
    ("since=0001-01-01", "Choose a day from 2000 on."),
    ("until=9999-12-31", "Choose a day before the year 3000."),
    ("since=2026-03-10&until=2026-03-09", "The last day is before the first."),
    ("action=forged", "Select a valid choice"),
    ("kind=forged", "Select a valid choice"),
    ("user=x", "Select a valid choice"),
    ("words=a%00b", "Null characters are not allowed."),
    ("words=" + "x" * 101, "at most 100 characters"),
]


@pytest.mark.parametrize(("query", "sentence"), BAD)
@pytest.mark.parametrize("export", ["", "&export=csv"])
def test_what_cannot_be_read_is_said_and_narrows_nothing(site, reader, query, sentence, export):
    enter(site, "Ours")
    response = reader.get(f"{REPORT}?{query}{export}")
    assert response.status_code == 200 and not response.streaming
    assert sentence in response.content.decode()
    assert "Ours" in response.content.decode()


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=" + "9" * 40, "export=pdf"])
def test_a_forged_list_is_a_list(site, reader, query):
    enter(site, "Ours")
    assert labels(reader, query) == ["Ours"]


# Its parts


def test_it_comes_in_parts_and_each_entry_once(site, staff, reader):
    for number in range(2 * ON_A_PAGE + 1):
        enter(site, f"Entry {number}", by=staff["consular"])
    query, found = f"user={staff['consular'].pk}", []
    for count in (ON_A_PAGE, ON_A_PAGE, 1):
        response = reader.get(f"{REPORT}?{query}")
        entries = response.context_data["entries"]
        assert len(entries) == count
        found += [entry.target_label for entry in entries]
        query = response.context_data["older"].removeprefix("?")
    assert not query
    assert found == [f"Entry {number}" for number in reversed(range(2 * ON_A_PAGE + 1))]


@pytest.mark.parametrize("address", [REPORT, LIST])
def test_it_asks_as_often_for_many_as_for_one(site, staff, reader, address):
    counts = []
    for count in (1, ON_A_PAGE - 5):
        for number in range(count):
            user = User.objects.create_user(f"a{count}-{number}@x.example", mission=site)
            enter(site, f"Entry {number}", by=user)
        reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# CSV


def test_what_is_filtered_is_given_as_a_file(site, staff, reader):
    enter(
        site, "Roads closed", by=staff["consular"], details={"act": "issue", "fields": ["a", "b"]}
    )
    enter(site, "Not this one")
    response = reader.get(f"{REPORT}?words=Roads&export=csv")
    assert response.streaming and response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="audit-20')
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]
    names, row = table(response)
    assert len(names) == len(row)
    entry = AuditEntry.objects.get(target_label="Roads closed")
    assert row[0] == str(entry.pk) and row[1] == "2026-03-10T12:00:00+00:00"
    assert row[2] == "Fanta Consul (consul@bamako.example)" and row[4] == audit.CHANGED
    assert row[6:8] == [NUMBER, "Roads closed"] and row[9] == "act issue; fields a, b"


def test_the_pages_of_accounts_are_named_as_they_are_called(site, staff, reader, compiled):
    details = {"screen": "admin:account_reset_factors"}
    enter(site, "Awa", by=staff["administrator"], details=details)
    for language, words in (
        ("en", "<td>Reset the second factor</td>"),
        ("fr", "<td>Réinitialiser le second facteur</td>"),
    ):
        page = reader.get(f"{REPORT}?words=Awa", headers={"Accept-Language": language})
        assert words in page.content.decode(), language


def test_details_are_named_in_the_language_of_who_reads(site, staff, reader, compiled):
    details = {"reason": "Left", "taken": ["x"], "unheard": 1}
    enter(site, "Roads closed", by=staff["consular"], details=details)
    for language, words in (
        ("en", "reason Left; taken away x; unheard 1"),
        ("fr", "motif Left; retirés x; unheard 1"),
    ):
        page = reader.get(f"{REPORT}?words=Roads", headers={"Accept-Language": language})
        assert words in page.content.decode(), language


def test_the_file_has_all_that_is_filtered_not_one_part_of_it(site, staff, reader):
    for number in range(ON_A_PAGE + 5):
        enter(site, f"Entry {number}", by=staff["consular"])
    response = reader.get(f"{REPORT}?user={staff['consular'].pk}&export=csv")
    assert len(table(response)) == ON_A_PAGE + 5 + 1


def test_the_file_has_nothing_of_another_mission(site, dakar, staff):
    enter(dakar, "Theirs"), enter(site, "Ours")
    response = signed_in(staff["administrator"]).get(f"{LIST}?export=csv")
    text = b"".join(response).decode()
    assert "Ours" in text and "Theirs" not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_no_cell_is_a_formula(site, reader, start):
    evil = f'{start}HYPERLINK("https://x.example")'
    enter(site, evil)
    rows = table(reader.get(f"{REPORT}?export=csv&kind=advisories.alertpage"))
    assert rows[1][7] == f"'{evil}"


def test_a_plain_cell_stays_as_it_is():
    for text in ("Roads closed", "7", "", "a=b", "2026-03-10T12:00:00+00:00"):
        assert plain_cell(text) == text


def test_the_file_is_in_the_readers_language(site, compiled, reader):
    enter(site, "Routes")
    response = reader.get(f"{REPORT}?export=csv", headers={"Accept-Language": "fr"})
    assert table(response)[0][1:3] == ["Quand", "Qui"]


def test_it_reads_well_with_what_is_gone(site, reader):
    audit.record("gone.act", of=Thing("gone.model", "3", "Old", site), at=timezone.now())
    assert "gone.act" in reader.get(REPORT).content.decode()


def test_nobody_gives_themselves_the_name_of_a_colleague(client, staff):
    press, approver = staff["public_affairs"], staff["approver"]
    client.force_login(press)
    screen = client.get("/admin/account/", HTTP_HOST="localhost")
    assert "An administrator changes it" in screen.content.decode()
    form = {
        "name_email-first_name": approver.first_name,
        "name_email-last_name": approver.last_name,
        "locale-preferred_language": "en",
        "locale-current_time_zone": "UTC",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post("/admin/account/", form, HTTP_HOST="localhost")
    press.refresh_from_db()
    assert str(press) != str(approver)


def test_people_of_one_name_are_told_apart(client, staff):
    press, approver = staff["public_affairs"], staff["approver"]
    User.objects.filter(pk=press.pk).update(
        first_name=approver.first_name, last_name=approver.last_name
    )
    client.force_login(User.objects.get(pk=press.pk))
    client.get("/admin/pages/", HTTP_HOST="localhost")
    client.force_login(approver)
    for query in ("", "?export=csv"):
        answer = client.get(f"/admin/reports/audit/{query}", HTTP_HOST="localhost")
        told = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert f"{approver} ({press.email})" in told, query
