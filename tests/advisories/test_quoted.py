"""A changed number prompts an update of every warning in force that quotes it."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from advisories import lifecycle
from advisories.models import AlertPage, AlertText
from advisories.quoted import outdated_quotes
from advisories.vocabulary import Act
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.fields import Texts
from embassy.models import Closure, Schedule, SchedulePeriod
from tests.advisories.factories import alert, issue
from tests.second_person import confirm_all

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def duty(site):
    return contact(DUTY)


def change(point, **fields):
    for name, value in fields.items():
        setattr(point, name, value)
    point.save()


def told(page, site, at):
    """Give what is told of one alert: what it is about, what it was and what it is."""
    found = outdated_quotes([site], at)
    return [(one.what, one.was, one.now) for one in found if one.row.page_id == page.pk]


def in_two_languages(at):
    """Issue an alert in English and French."""
    page = alert(at - HOUR, at + HOUR)
    words = {"location": "Bamako", "event": "Fermé.", "assistance": "Appelez.", "sort_order": 1}
    page.texts.add(AlertText(language="fr", title="Routes", actions="- Évitez-les.", **words))
    issue(page)
    return page


def titles(site, at):
    return {one.row.title for one in outdated_quotes([site], at)}


def test_nothing_is_outdated_while_numbers_stay(site, now, duty):
    alert(now - HOUR, now + HOUR, "Roads closed")
    assert titles(site, now) == set()


@pytest.mark.parametrize(
    "fields", [{"value": "+22366752861"}, {"extension": "12"}, {"retired": True}]
)
def test_a_changed_number_is_told_with_what_it_was_and_is(site, now, duty, fields):
    page = alert(now - HOUR, now + HOUR, "Roads closed")
    change(duty, **fields)
    found = next(one for one in outdated_quotes([site], now) if one.row.page_id == page.pk)
    assert found.was == "+223 66 75 28 60"
    assert found.now != found.was and found.can_update
    assert (found.now == "") == ("retired" in fields)


def test_only_warnings_in_force_are_told(site, now, duty):
    alert(now - HOUR, now + HOUR, "Still on")
    alert(now + HOUR, now + 2 * HOUR, "Soon")
    alert(now - HOUR, now - timedelta(seconds=1), "Over")
    change(duty, value="+22366752861")
    found = titles(site, now)
    assert {"Still on", "Soon"} <= found and "Over" not in found


def test_an_update_that_is_issued_quotes_the_new_number(site, now, duty, staff):
    page = alert(now - HOUR, now + HOUR, "Roads closed")
    change(duty, value="+22366752861")
    lifecycle.reopen(page, staff["consular"], now, Act.UPDATE)
    found = next(one for one in outdated_quotes([site], now) if one.row.page_id == page.pk)
    assert not found.can_update
    page = AlertPage.objects.get(pk=page.pk)
    clearance = lifecycle.submit(page, staff["consular"], now)
    lifecycle.approve(page, staff["approver"], now, clearance.reading)
    assert page.pk not in {one.row.page_id for one in outdated_quotes([site], now)}


def test_staff_are_told_on_the_first_screen_and_the_overview(client, now, duty, staff):
    alert(now - HOUR, now + HOUR, "Roads closed")
    change(duty, value="+22366752861")
    client.force_login(staff["consular"])
    for address in ("/admin/", "/admin/warnings/"):
        page = client.get(address).content.decode()
        assert "Quoted facts that have changed" in page and "+223 66 75 28 61" in page
        assert "Update it" in page and 'name="csrfmiddlewaretoken"' in page


def test_whoever_confirms_the_changed_number_is_told_at_once(client, now, duty, staff, site):
    alert(now - HOUR, now + HOUR, "Roads closed")
    client.force_login(staff["consular"])
    fields = {
        "site": site.pk,
        "purpose": duty.purpose,
        "channel": duty.channel,
        "label_en": duty.label["en"],
        "label_fr": duty.label["fr"],
        "value": "+22366752861",
        "extension": "",
        "callable_from": duty.callable_from,
        "schedule": duty.schedule_id or "",
        "sort_order": duty.sort_order,
    }
    address = f"/admin/snippets/embassy/contactpoint/edit/{duty.pk}/"
    answer = client.post(address, fields, follow=True).content.decode()
    assert "Still quoted as it was in" not in answer
    [answer] = confirm_all()
    assert "Still quoted as it was in" in answer and "Roads closed" in answer


@pytest.mark.parametrize(
    ("fields", "what", "now_is"),
    [
        ({"label": Texts(en="Night desk", fr="Nuit")}, "label", "Night desk"),
        ({"through": Texts(en="Ask for the guard.")}, "through whom", "Ask for the guard."),
        ({"callable_from": "host"}, "who may call", None),
        ({"source": Texts(en="A poster")}, "source", "A poster"),
    ],
)
def test_all_that_is_quoted_of_a_contact_is_compared(site, now, duty, fields, what, now_is):
    (name,) = fields
    change(duty, callable_from="anywhere", through=Texts(), source=Texts())
    page = alert(now - HOUR, now + HOUR)
    was = {"label": duty.label["en"]}.get(name, "")
    assert told(page, site, now) == []
    change(duty, **fields)
    now_is = now_is or duty.callable_from_text
    assert told(page, site, now) == [(what, was, now_is)] and now_is


def test_each_change_is_told_by_itself(site, now, duty):
    page = alert(now - HOUR, now + HOUR)
    change(duty, value="+22366752861", through=Texts(en="Ask for the guard."))
    assert [one[0] for one in told(page, site, now)] == ["", "through whom"]


def test_a_source_of_another_number_is_told_by_itself(site, now, duty):
    page = alert(now - HOUR, now + HOUR)
    change(duty, value="+22366752861", source=Texts(en="A poster"))
    assert [one[0] for one in told(page, site, now)] == ["", "source"]


def test_another_kind_of_contact_is_told_by_its_address(site, now, duty):
    page = alert(now - HOUR, now + HOUR)
    change(duty, channel="web", value="https://example.org/call")
    assert told(page, site, now) == [("", "+223 66 75 28 60", "https://example.org/call")]


def test_each_language_is_compared_with_its_own_words(site, now, duty):
    page, english = in_two_languages(now), alert(now - HOUR, now + HOUR, "English alone")
    was = duty.label["fr"]
    change(duty, label=Texts(en=duty.label["en"], fr="Permanence de nuit"))
    assert told(page, site, now) == [("label", was, "Permanence de nuit")]
    assert told(english, site, now) == []


def test_a_number_is_told_once_for_all_languages(site, now, duty):
    page = in_two_languages(now)
    change(duty, value="+22366752861")
    assert told(page, site, now) == [("", "+223 66 75 28 60", "+223 66 75 28 61")]
    with translation.override("fr"):
        found = outdated_quotes([site], now)
    assert {one.row.language for one in found if one.row.page_id == page.pk} == {"fr"}


@pytest.fixture
def hours(site, duty):
    """The hours of the duty number: Mondays."""
    made = Schedule.objects.create(site=site, name=Texts(en="Desk"), time_zone="Africa/Bamako")
    SchedulePeriod.objects.create(schedule=made, weekday=0, opens=time(8), closes=time(12))
    change(duty, schedule=made)
    return made


def test_hours_are_compared_and_days_and_closures_are_not(site, now, hours):
    page = alert(now - HOUR, now + 400 * DAY)
    Closure.objects.create(site=site, first=now, last=now + DAY, reason=Texts(en="Moving"))
    assert all(told(page, site, now + days * DAY) == [] for days in (0, 1, 3, 190, 399))
    hours.periods.update(closes=time(13))
    [(what, was, now_is)] = told(page, site, now)
    assert what == "hours" and "12:00" in was and "13:00" in now_is


def test_queries_do_not_grow_with_warnings_and_contacts(
    site, now, duty, hours, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as first:
        alert_count = len(outdated_quotes([site], now))
    for number in range(3):
        alert(now - HOUR, now + HOUR, f"Number {number}")
    change(duty, value="+22366752861")
    with django_assert_num_queries(len(first)):
        assert len(outdated_quotes([site], now)) > alert_count


def test_staff_read_what_was_and_what_is(client, now, duty, staff, compiled):
    change(duty, through=Texts())
    alert(now - HOUR, now + HOUR)
    change(duty, through=Texts(en="Ask for the guard."))
    client.force_login(staff["consular"])
    page = client.get("/admin/warnings/").content.decode()
    assert "through whom was “(nothing)” and is now “Ask for the guard.”" in page
