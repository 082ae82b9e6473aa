"""Times of what was issued are told on the clock it was issued on, whatever it is now."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from advisories import drills, lifecycle, mail
from advisories.composer import faces_in_language
from advisories.models import AlertPage, Clearance, Incident, Issue, Issued
from advisories.models.issued import digest
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.clock import clocks
from embassy.fields import Texts
from embassy.models import MissionSettings
from tests.advisories.factories import alert
from tests.factories import person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
THEN, NOW = "Africa/Nairobi", "Asia/Tokyo"


@pytest.fixture
def moved(nairobi):
    """Give a function that lets the mission change its clock."""

    def move() -> Site:
        """Change it, and give the mission as a request would find it."""
        mission = MissionSettings.objects.get(site=nairobi)
        mission.time_zone = NOW
        mission.save()
        return Site.objects.get(pk=nairobi.pk)

    return move


def issued_before(nairobi, monkeypatch) -> AlertPage:
    """Issue an alert as it was done before rows named a clock."""
    freeze = AlertPage.freeze

    def without(page, at):
        """Freeze without the clock."""
        rows = freeze(page, at)
        for row in rows:
            del row.content["time_zone"]
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(AlertPage, "freeze", without)
        return issued(nairobi)


def issued(nairobi, **fields) -> AlertPage:
    """Issue an alert in force."""
    now = timezone.now().replace(microsecond=0)
    return alert(now - HOUR, now + HOUR, below=nairobi.root_page, **fields)


def on(zone: str, moment) -> str:
    """Give a moment as readers find it."""
    return clocks.in_words(moment, zone)


def row_of(page) -> Issued:
    """Give the row of the latest issue."""
    return Issued.objects.current_of(page).select_related("issue").get()


def get(client, address: str) -> str:
    """Give what a reader of the mission finds."""
    response = client.get(address, HTTP_HOST="nairobi.localhost")
    assert response.status_code == 200
    return response.content.decode()


def test_every_public_face_keeps_the_clock(nairobi, moved, client):
    words = Texts(en="Unrest")
    incident = Incident.objects.create(site=nairobi, name=words, begun_on=timezone.now().date())
    page = issued(nairobi, incident=incident)
    row = row_of(page)
    moved()
    sent, until = on(THEN, row.issue.sent), on(THEN, row.expires)
    faces = {
        page.url: [until, on(THEN, row.effective), sent],
        f"/incidents/{incident.pk}/": [sent],
        f"/verify/{row.issue.code}/": [sent],
    }
    for address, times in faces.items():
        text = get(client, address)
        assert "Tokyo time" not in text, address
        for time in times:
            assert time in text, address
    assert until in get(client, "/emergency/")  # which says of itself when it was printed


def test_the_list_keeps_the_clock(nairobi, moved, client):
    ended = timezone.now().replace(hour=22, minute=30, second=0, microsecond=0) - 48 * HOUR
    alert(ended - HOUR, ended, below=nairobi.root_page)
    moved()
    assert f"Over since {on(THEN, ended)}." in get(client, "/alerts/")


def test_an_issue_that_was_replaced_keeps_the_clock(nairobi, moved, client):
    page = issued(nairobi)
    page.severity = "Extreme"
    page.save_issued_words()
    second = lifecycle.put_on_record(page, timezone.now() + 2 * HOUR / 4)
    moved()
    text = get(client, f"{page.url}1/")
    assert f"Replaced on {on(THEN, second.sent)}" in text and "Tokyo time" not in text


def test_a_drill_keeps_the_clock(nairobi, moved, client):
    page = issued(nairobi, status="Exercise")
    row, site = row_of(page), moved()
    text = get(client, f"/drills/{drills.token_for(site)}/{page.pk}/1/")
    assert on(THEN, row.expires) in text and "Tokyo time" not in text


def test_staff_find_it_on_the_same_clock(nairobi, moved, client):
    officer = person(nairobi, "consular")
    page = issued(nairobi)
    row, site = row_of(page), moved()
    faces = faces_in_language(row, row.issue, MissionSettings.for_site(site).time_zone)
    assert on(THEN, row.expires) in " ".join(faces.script)
    client.force_login(officer)
    text = get(client, f"/admin/warnings/{page.pk}/")
    assert on(THEN, row.issue.sent) in text and on(THEN, row.expires) in text
    assert "Tokyo time" not in text
    assert on(THEN, row.issue.sent) in mail.words_of(Issue.objects.get(pk=row.issue_id))[1]


def test_the_end_of_it_stays_on_its_clock(nairobi, moved, client):
    writer, approver = person(nairobi, "duty_officer"), person(nairobi, "approver")
    page = issued(nairobi)
    moved()
    page = AlertPage.objects.get(pk=page.pk)
    at = timezone.now()
    lifecycle.end(page, writer, at, Act.CANCEL, Texts(en="It is over."))
    lifecycle.approve(page, approver, at, Clearance.objects.get(page=page).reading)
    text = get(client, page.url)
    assert f"Cancelled on {on(THEN, at)}" in text and "Tokyo time" not in text


def test_an_update_may_change_nothing_but_the_clock(nairobi, moved):
    page = issued(nairobi)
    page = AlertPage.objects.get(pk=page.pk)
    with pytest.raises(Refused, match="Nothing has changed"):
        lifecycle.put_on_record(page, timezone.now())
    moved()
    lifecycle.put_on_record(AlertPage.objects.get(pk=page.pk), timezone.now())
    assert row_of(page).content["time_zone"] == NOW


def test_rows_of_before_are_told_on_the_clock_of_today(nairobi, moved, client, monkeypatch):
    page = issued_before(nairobi, monkeypatch)
    row = row_of(page)
    assert "time_zone" not in row.content
    assert on(THEN, row.expires) in get(client, page.url)
    moved()
    text = get(client, page.url)
    assert on(NOW, row.expires) in text and on(NOW, row.issue.sent) in text
    assert on(NOW, row.issue.sent) in get(client, f"/verify/{row.issue.code}/")


def test_rows_of_before_still_verify_and_are_not_issued_again(nairobi, monkeypatch):
    page = issued_before(nairobi, monkeypatch)
    old = row_of(page)
    assert digest(old.content, old.language) == old.sha256
    with pytest.raises(Refused, match="Nothing has changed"):
        lifecycle.put_on_record(AlertPage.objects.get(pk=page.pk), timezone.now())


def test_the_end_of_a_row_of_before_names_its_clock(nairobi, monkeypatch):
    writer, approver = person(nairobi, "duty_officer"), person(nairobi, "approver")
    page = AlertPage.objects.get(pk=issued_before(nairobi, monkeypatch).pk)
    lifecycle.end(page, writer, timezone.now(), Act.CANCEL, Texts(en="It is over."))
    seen = Clearance.objects.get(page=page).reading
    lifecycle.approve(page, approver, timezone.now(), seen)
    row = row_of(page)
    assert row.content["time_zone"] == THEN
    assert digest(row.content, row.language) == row.sha256


def test_every_row_verifies(nairobi):
    issued(nairobi)
    rows = list(Issued.objects.all())
    assert [row.pk for row in rows if digest(row.content, row.language) != row.sha256] == []
    assert {row.content.get("time_zone") for row in rows} == {"Africa/Bamako", THEN}
