"""An update begun before the end of its alert is not issued after it; its words are kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisories import lifecycle
from advisories.desk import steps_for
from advisories.models import (
    AlertPage,
    AlertPreset,
    AlertText,
    Clearance,
    Incident,
    Issue,
    Issued,
)
from advisories.vocabulary import Act, State
from embassy.approval import Refused
from embassy.fields import Texts
from tests.advisories.factories import alert, end, issue, issue_alone

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
OVER = "This alert is over. Write a new alert on the same incident."


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)  # a revision keeps milliseconds only


@pytest.fixture
def page(site, staff, now) -> AlertPage:
    """An alert of one hour, whose update was begun in time and asks for a later end."""
    return begun(alert(now - HOUR, now + HOUR), staff, now)


def begun(page, staff, now) -> AlertPage:
    """Begin an update and write it."""
    lifecycle.reopen(page, staff["consular"], now, Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words.expires = now + 5 * HOUR
    words.save_revision(user=staff["consular"])
    return AlertPage.objects.get(pk=page.pk)


def assert_kept(page, state: State, now):
    """Nothing was issued, and the words under way are still there."""
    assert Clearance.objects.get(page=page).state == state
    assert Issue.objects.of(page).count() == 1
    assert not Issued.objects.current_of(page).in_force(now + HOUR).exists()
    assert page.get_latest_revision_as_object().expires == now + 5 * HOUR


def test_it_is_not_submitted_after_the_end(page, staff, now):
    with pytest.raises(Refused, match=OVER):
        lifecycle.submit(page, staff["consular"], now + HOUR)
    assert_kept(page, State.DRAFT, now)
    lifecycle.submit(page, staff["consular"], now + HOUR - SECOND)


def test_it_is_not_approved_after_the_end(page, staff, now):
    seen = lifecycle.submit(page, staff["consular"], now).reading
    with pytest.raises(Refused, match=OVER):
        lifecycle.approve(page, staff["approver"], now + HOUR, seen)
    assert_kept(page, State.REVIEW, now)
    lifecycle.approve(page, staff["approver"], now + HOUR - SECOND, seen)
    assert Issue.objects.of(page).count() == 2


@pytest.mark.parametrize("submitted", [False, True])
def test_it_is_not_issued_alone_after_the_end(page, staff, now, submitted):
    if submitted:
        lifecycle.submit(page, staff["consular"], now)
    with pytest.raises(Refused, match=OVER):
        issue_alone(page, staff["break_glass"], now + HOUR, "Nobody answers.")
    assert_kept(page, State.REVIEW if submitted else State.DRAFT, now)
    issue_alone(page, staff["break_glass"], now + HOUR - SECOND, "Nobody answers.")
    assert Issue.objects.of(page).count() == 2


def test_what_is_over_can_still_be_given_back_and_discarded(page, staff, now):
    lifecycle.submit(page, staff["consular"], now)
    lifecycle.give_back(page, staff["approver"], "It is over.", timezone.now())
    lifecycle.discard(page, staff["consular"])
    assert Clearance.objects.get(page=page).state == State.ISSUED


def test_records_of_the_past_may_be_put_right(site, staff, now):
    page = AlertPage.objects.get(is_historic=True)
    lifecycle.reopen(page, staff["consular"], now, Act.WORDING)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    texts = list(words.texts.all())
    texts[0].event += "\nMore."
    words.texts = texts
    words.save_revision(user=staff["consular"])
    seen = lifecycle.submit(AlertPage.objects.get(pk=page.pk), staff["consular"], now).reading
    lifecycle.approve(page, staff["approver"], now, seen)
    assert Issue.objects.of(page).first().number == 2


BUTTONS = ("Correct the wording", "Add a language", "Give the all clear", "Cancel the alert")


def desk_of(page, user) -> str:
    """Give a warning's desk as somebody sees it."""
    client = Client()
    client.force_login(user)
    return client.get(f"/admin/warnings/{page.pk}/", HTTP_HOST="localhost").content.decode()


def test_the_desk_of_what_is_in_force_offers_every_way_on(site, staff, now):
    text = desk_of(alert(now - HOUR, now + HOUR), staff["consular"])
    assert all(button in text for button in BUTTONS) and "This alert is over" not in text


def test_the_desk_offers_to_add_a_language_only_while_one_is_missing(site, staff, now):
    page = alert(now - HOUR, now + HOUR)
    text = page.texts.get()
    words = {name: getattr(text, name) for name in ("title", "location", "event", "actions")}
    page.texts.add(AlertText(language="fr", sort_order=1, assistance=text.assistance, **words))
    issue(page)
    shown = desk_of(page, staff["consular"])
    assert "Correct the wording" in shown and "Add a language" not in shown


@pytest.mark.parametrize("how", ["expired", Act.CANCEL, Act.ALL_CLEAR])
def test_the_desk_of_what_is_over_offers_a_new_alert_alone(site, staff, now, how):
    incident = Incident.objects.create(site=site, name=Texts(en="Unrest"), begun_on=now.date())
    expires = now - SECOND if how == "expired" else now + HOUR
    page = alert(now - HOUR, expires, incident=incident)
    if how != "expired":
        end(page, how, staff)
    text = desk_of(page, staff["consular"])
    assert not [button for button in BUTTONS if button in text]
    assert "This alert is over." in text
    assert f'href="/admin/warnings/new/?incident={incident.pk}"' in text
    breaker = staff["break_glass"]
    breaker.groups.set(breaker.groups.filter(mission_role__role="break_glass"))
    seen = desk_of(page, breaker)
    assert "This alert is over." in seen and "/admin/warnings/new/" not in seen


def test_the_desk_of_an_update_that_came_too_late_lets_it_be_given_up(page, staff, now):
    in_time = steps_for(staff["consular"], page, Clearance.objects.get(page=page), now)
    too_late = steps_for(staff["consular"], page, Clearance.objects.get(page=page), now + HOUR)
    assert in_time["submit"] and in_time["discard"]
    assert too_late["discard"] and not too_late["submit"]


def test_a_record_of_the_past_is_put_right_but_never_ended(site, staff, now):
    page = AlertPage.objects.get(is_historic=True)
    text = desk_of(page, staff["consular"])
    assert "Correct the wording" in text and "Give the all clear" not in text
    note = Texts(en="It is over.", fr="C’est fini.")
    with pytest.raises(Refused, match="record of the past"):
        lifecycle.end(page, staff["consular"], now, Act.ALL_CLEAR, note)


def test_a_new_alert_begins_on_the_same_incident(site, staff, now, client):
    incident = Incident.objects.create(site=site, name=Texts(en="Unrest"), begun_on=now.date())
    client.force_login(staff["duty_officer"])
    address = "/admin/warnings/new/"
    offered = client.get(f"{address}?incident={incident.pk}", HTTP_HOST="localhost")
    assert f'name="incident" value="{incident.pk}"' in offered.content.decode()
    preset = AlertPreset.objects.first()
    sent = {"preset": preset.pk, "incident": incident.pk}
    assert client.post(address, sent, HTTP_HOST="localhost").status_code == 302
    assert AlertPage.objects.latest("pk").incident == incident


@pytest.mark.parametrize("number", ["x", "-1", "9" * 40, "theirs"])
def test_no_alert_begins_on_an_incident_of_elsewhere(site, dakar, staff, now, client, number):
    theirs = Incident.objects.create(site=dakar, name=Texts(en="Theirs"), begun_on=now.date())
    client.force_login(staff["duty_officer"])
    before = AlertPage.objects.count()
    sent = {"incident": theirs.pk if number == "theirs" else number}
    address = "/admin/warnings/new/"
    assert client.get(address, sent, HTTP_HOST="localhost").status_code == 404
    sent["preset"] = AlertPreset.objects.first().pk
    assert client.post(address, sent, HTTP_HOST="localhost").status_code == 404
    assert AlertPage.objects.count() == before
