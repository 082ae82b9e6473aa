"""A changed number prompts an update of every warning in force that quotes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertPage
from advisories.quoted import outdated_quotes
from advisories.vocabulary import Act
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from tests.advisories.factories import alert

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


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
    lifecycle.approve(page, staff["approver"], now, clearance.revision)
    assert page.pk not in {one.row.page_id for one in outdated_quotes([site], now)}


def test_staff_are_told_on_the_first_screen_and_the_overview(client, now, duty, staff):
    alert(now - HOUR, now + HOUR, "Roads closed")
    change(duty, value="+22366752861")
    client.force_login(staff["consular"])
    for address in ("/admin/", "/admin/warnings/"):
        page = client.get(address).content.decode()
        assert "Quoted numbers that have changed" in page and "+223 66 75 28 61" in page
        assert "Update it" in page and 'name="csrfmiddlewaretoken"' in page


def test_whoever_changes_the_number_is_told_at_once(client, now, duty, staff, site):
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
    assert "Still quoted as it was in" in answer and "Roads closed" in answer
