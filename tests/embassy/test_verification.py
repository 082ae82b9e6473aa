"""What is known of a number is known of that number only; nothing is verified on a day to come."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from embassy.demo import contact
from embassy.demo.contacts import CONSULAR_MAIL, DEFENSE_ATTACHE, DUTY
from embassy.fields import Texts
from embassy.models import ContactPoint, Schedule
from tests.second_person import confirm_all

pytestmark = pytest.mark.django_db

TRIED = date(2026, 11, 20)
NEW = "+223 6675 2861"


def known(point: ContactPoint) -> tuple:
    """Give how we know, as it is stored."""
    stored = ContactPoint.objects.get(pk=point.pk)
    return stored.last_verified_on, stored.last_verified_by, stored.source


@pytest.fixture
def duty(site) -> ContactPoint:
    """A number that was verified, with a source."""
    point = contact(DUTY)
    point.verify("Duty officer", TRIED)
    assert known(point)[:2] == (TRIED, "Duty officer") and known(point)[2]
    return ContactPoint.objects.get(pk=point.pk)


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        (DUTY, "value", NEW),
        (CONSULAR_MAIL, "value", "consular@example.org"),
        (DEFENSE_ATTACHE, "extension", "2571"),
    ],
)
@pytest.mark.parametrize("only", [True, False])
def test_another_number_is_neither_verified_nor_printed(site, label, field, value, only):
    point = contact(label)
    point.verify("Duty officer", TRIED)
    setattr(point, field, value)
    point.save(update_fields=[field]) if only else point.save()
    assert known(point) == (None, "", {})
    assert point.is_to_verify


@pytest.mark.parametrize(
    "change",
    [
        {"value": "+22366752860"},
        {"label": Texts(en="Night")},
        {"sort_order": 1},
        {"retired": True},
    ],
)
def test_the_same_number_stays_verified(duty, change):
    before = known(duty)
    for name, value in change.items():
        setattr(duty, name, value)
    duty.save()
    assert known(duty) == before
    assert not duty.is_to_verify


def test_what_is_said_anew_of_another_number_is_kept(duty):
    duty.value, duty.last_verified_on = NEW, date(2026, 11, 21)
    duty.save()
    assert known(duty) == (date(2026, 11, 21), "Duty officer", {})
    duty.value, duty.source = "+223 6675 2862", Texts(en="A poster of 2026")
    duty.save()
    assert known(duty) == (None, "", {"en": "A poster of 2026"})
    duty.value, duty.last_verified_on, duty.last_verified_by = NEW, TRIED, "Consul"
    duty.save()
    assert known(duty) == (TRIED, "Consul", {})


def test_another_number_stored_beside_other_fields_alone_changes_nothing(duty):
    before = known(duty)
    duty.value = NEW
    duty.save(update_fields=["sort_order"])
    assert known(duty) == before


def form_of(point: ContactPoint, **changes) -> dict:
    """Give what the editor of a contact point posts."""
    return {
        "site": point.site_id,
        "purpose": point.purpose,
        "channel": point.channel,
        "label_en": point.label["en"],
        "label_fr": point.label["fr"],
        "value": point.value,
        "extension": point.extension,
        "callable_from": point.callable_from,
        "schedule": point.schedule_id or "",
        "last_verified_on": point.last_verified_on or "",
        "last_verified_by": point.last_verified_by,
        **{f"source_{code}": text for code, text in point.source.items()},
        "sort_order": point.sort_order,
    } | changes


def test_the_writer_is_told_and_readers_see_the_number_alone(client, staff, duty):
    client.force_login(staff["consular"])
    address = f"/admin/snippets/embassy/contactpoint/edit/{duty.pk}/"
    said = client.post(address, form_of(duty), follow=True, HTTP_HOST="localhost")
    assert "The number is another one" not in said.content.decode()
    assert "Last verified" in client.get("/contact/", HTTP_HOST="localhost").content.decode()
    said = client.post(address, form_of(duty, value=NEW), follow=True, HTTP_HOST="localhost")
    assert "The number is another one" in said.content.decode()
    confirm_all()
    client.logout()
    page = client.get("/contact/", HTTP_HOST="localhost").content.decode()
    assert "+223 66 75 28 61" in page and "Last verified" not in page


@pytest.mark.parametrize(
    ("now", "day", "refused"),
    [  # Nairobi is three hours ahead of UTC
        (datetime(2026, 11, 22, 20, 59, 59, tzinfo=UTC), date(2026, 11, 22), False),
        (datetime(2026, 11, 22, 20, 59, 59, tzinfo=UTC), date(2026, 11, 23), True),
        (datetime(2026, 11, 22, 21, tzinfo=UTC), date(2026, 11, 23), False),
        (datetime(2026, 11, 22, 21, tzinfo=UTC), date(2026, 11, 24), True),
    ],
)
@pytest.mark.parametrize("model", [ContactPoint, Schedule])
def test_nothing_is_verified_on_a_day_to_come(nairobi, monkeypatch, model, now, day, refused):
    monkeypatch.setattr("embassy.models.verification.timezone.now", lambda: now)
    thing = model(site=nairobi, last_verified_on=day)
    if not refused:
        thing.clean()
        return
    with pytest.raises(ValidationError) as error:
        thing.clean()
    assert set(error.value.message_dict) == {"last_verified_on"}
    assert "Choose today or an earlier day" in str(error.value)


def test_the_form_refuses_a_day_to_come_at_its_field(client, staff, duty):
    client.force_login(staff["consular"])
    address = f"/admin/snippets/embassy/contactpoint/edit/{duty.pk}/"
    changed = form_of(duty, last_verified_on="2126-01-01")
    answer = client.post(address, changed, HTTP_HOST="localhost")
    assert set(answer.context["form"].errors) == {"last_verified_on"}
    assert known(duty)[0] == TRIED


LINE = "Hours of February 2, 2012, not verified since."


@pytest.mark.parametrize(
    ("dated", "verified", "doubted"),
    [
        (date(2012, 2, 2), None, True),
        (date(2012, 2, 2), date(2012, 2, 1), True),
        (date(2012, 2, 2), date(2012, 2, 2), False),
        (date(2012, 2, 2), TRIED, False),
        (None, None, False),
    ],
)
def test_hours_of_an_old_source_say_so_until_they_are_verified(
    client, site, dated, verified, doubted
):
    Schedule.objects.filter(site=site).update(source_dated=dated, last_verified_on=verified)
    page = client.get("/", HTTP_HOST="localhost").content.decode()
    foot = page[page.index("<footer") :]
    assert (LINE in page[: page.index("<footer")], LINE in foot) == (doubted, doubted)
    assert "Hours today" in foot
    assert ("open-now--yes" in page) is False or not doubted


def test_the_demo_says_of_what_day_its_hours_are(client, site):
    assert LINE in client.get("/privacy/", HTTP_HOST="localhost").content.decode()
