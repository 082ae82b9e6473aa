"""What one account might try against a warning by way of what surrounds it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from advisories import lifecycle
from advisories.faces.page import ending_of
from advisories.models import AlertIndexPage, AlertPage, Clearance, Issue, Issued
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.fields import Texts
from embassy.models import MissionSettings
from tests.advisories.factories import alert, draft, issue_alone

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def page(now):
    return alert(now - HOUR, now + HOUR, "Roads closed")


def fresh(page):
    return AlertPage.objects.get(pk=page.pk)


def under_way(page, staff, now, act=Act.UPDATE, **changes):
    """Begin an update by the consul and store changes."""
    lifecycle.reopen(page, staff["consular"], now, act)
    words = fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(words, name, value)
    words.save_revision(user=staff["consular"])
    return fresh(page)


def test_nobody_takes_an_issued_address_by_renaming_the_list(page, client, staff):
    index = AlertIndexPage.objects.get(pk=page.get_parent().pk)
    client.force_login(staff["public_affairs"])
    index.slug = "alerts-old"
    with pytest.raises(ValidationError, match="address"):
        index.save_revision(user=staff["public_affairs"])
    with pytest.raises(ValidationError, match="address"):
        index.save()
    assert client.get(f"/alerts/{page.slug}/1/").status_code == 200


def test_an_update_keeps_the_address(page, staff, now):
    with pytest.raises(ValidationError, match="address"):
        under_way(page, staff, now, slug="elsewhere")


def test_a_draft_that_was_never_issued_may_be_renamed(staff, now):
    page = draft(now, now + HOUR, staff["consular"])
    page.slug = "another"
    page.save_revision(user=staff["consular"])


def test_an_approver_cannot_slip_in_a_number(page, staff, now):
    made = draft(now, now + HOUR, staff["duty_officer"], "Bridge closed")
    clearance = lifecycle.submit(made, staff["duty_officer"], now)
    duty = contact(DUTY)
    before, source, duty.value = duty.value, duty.source, "+22399999999"
    duty.save()
    with pytest.raises(Refused, match="quotes was changed since"):
        lifecycle.approve(fresh(made), staff["approver"], now, clearance.reading)
    duty.value, duty.source = before, source
    duty.save()
    assert lifecycle.approve(fresh(made), staff["approver"], now, clearance.reading)


def test_a_false_alarm_is_called_off_by_one_who_may_break_the_glass(page, staff, now):
    lifecycle.end(page, staff["consular"], now, Act.CANCEL, Texts(en="A false alarm."))
    issue = issue_alone(fresh(page), staff["break_glass"], now, "Nobody else is awake.")
    assert issue.act == Act.CANCEL and issue.broke_glass
    assert not Issued.objects.filter(page=page).current().in_force(now).exists()
    assert Issue.objects.unconfirmed().filter(page=page).exists()


def test_an_alert_that_was_cancelled_before_it_began_says_so(staff, now, client):
    page = alert(now + HOUR, now + 2 * HOUR, "Roads will close")
    code = Issue.objects.of(page).first().code
    assert "not yet in force" in client.get(f"/verify/{code}/").content.decode()
    clearance = lifecycle.end(page, staff["consular"], now, Act.CANCEL, Texts(en="Called off."))
    lifecycle.approve(page, staff["approver"], now, clearance.reading)
    row = Issued.objects.current_of(page)[0]
    assert ending_of(row, now, "UTC")["title"].startswith("Cancelled")
    shown = client.get(page.url).content.decode()
    assert "Cancelled on" in shown and "Called off." in shown and "Not yet in force" not in shown


def test_an_end_that_time_overtook_does_not_go_out(page, staff, now):
    clearance = lifecycle.end(page, staff["consular"], now, Act.CANCEL, Texts(en="Over."))
    with pytest.raises(Refused, match="over"):
        lifecycle.approve(page, staff["approver"], now + HOUR, clearance.reading)


def test_a_correction_of_the_wording_changes_no_facts(page, staff, now):
    words = under_way(page, staff, now, Act.WORDING, severity="Extreme")
    with pytest.raises(Refused, match="more than words"):
        lifecycle.submit(words, staff["consular"], now)


def test_an_update_does_not_take_an_alert_out_of_force(page, staff, now):
    words = under_way(page, staff, now, effective=now + timedelta(minutes=30))
    with pytest.raises(Refused, match="in force now"):
        lifecycle.submit(words, staff["consular"], now)
    assert Clearance.objects.get(page=page).state == "draft"


def test_a_language_stays_while_a_warning_in_it_is_in_force(site):
    mission = MissionSettings.objects.get(site=site)
    mission.languages = ["en"]
    with pytest.raises(ValidationError, match="stays for now"):
        mission.full_clean()
    with pytest.raises(ValidationError, match="stays for now"):
        mission.save()


@pytest.mark.parametrize(("address", "language"), [("/emergency/", "en"), ("/fr/emergency/", "fr")])
def test_the_card_says_its_language(client, address, language):
    assert f'<html lang="{language}" dir="ltr">' in client.get(address).content.decode()


def test_an_alert_of_a_kind_without_a_preset_begins_with_its_usual_hours(client, staff, site):
    from advisories.models import AlertKind

    kind = AlertKind.objects.get(code="security-alert")
    AlertKind.objects.filter(pk=kind.pk).update(usual_hours=5)
    client.force_login(staff["consular"])
    chooser = client.get("/admin/warnings/new/").content.decode()
    assert "Security Alert" in chooser and "Emergency Message" not in chooser
    client.post("/admin/warnings/new/", {"kind": kind.pk, "site": site.pk})
    made = AlertPage.objects.order_by("pk").last().get_latest_revision_as_object()
    assert made.kind == kind and made.expires - made.effective == timedelta(hours=5)
    old = AlertKind.objects.get(code="emergency-message")
    assert client.post("/admin/warnings/new/", {"kind": old.pk, "site": site.pk}).status_code == 404


def test_every_face_but_those_of_drills_bears_the_code(page, client):
    from advisories.faces.mail_body import mail_body
    from advisories.faces.read_aloud import read_aloud
    from advisories.faces.text_form import text_form

    row = Issued.objects.current_of(page)[0]
    code = row.issue.code
    assert code in row.issue.cap and code in text_form(row).text and code in mail_body(row, "")
    assert " ".join(code) in read_aloud(row, "UTC")[-1]
    for address in (
        *("/emergency/", page.url, "/alerts/feed.atom", "/alerts/feed.rss"),
        *("/alerts/alerts.geojson", "/api/v1/alerts", f"/alerts/{page.slug}/cap.xml"),
    ):
        assert code in client.get(address).content.decode(), address
