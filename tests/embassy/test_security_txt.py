"""The security file always answers, with whom to tell, for less than a year (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest

from embassy.fields import Texts
from embassy.machines.security_txt import contact_of, lines_of
from embassy.models import ContactPoint, MissionSettings
from embassy.vocabulary import Channel, Purpose

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def fields(client, host: str = "localhost") -> dict[str, str]:
    """Give the fields of a mission's file as its readers see them."""
    response = client.get("/.well-known/security.txt", HTTP_HOST=host)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def mission_of(site) -> MissionSettings:
    """Give the settings of a mission as they are now."""
    return MissionSettings.base_queryset().get(site=site)


def contact(site, purpose: Purpose, channel: Channel, value: str, **fields) -> ContactPoint:
    """Make a contact point."""
    return ContactPoint.objects.create(
        site=site, purpose=purpose, channel=channel, value=value, label=Texts(en="X"), **fields
    )


def test_the_contact_that_is_named_for_it_comes_first(site, client):
    assert fields(client)["Contact"] == "mailto:security@bamako.example"


def test_a_mission_that_names_none_answers_with_its_own_page(nairobi, client):
    found = fields(client, "nairobi.localhost")
    assert found["Contact"] == "https://nairobi.localhost/"
    assert found["Canonical"] == "https://nairobi.localhost/.well-known/security.txt"
    assert found["Preferred-Languages"] == "en"


def test_a_general_mail_comes_before_the_switchboard_and_that_before_the_page(nairobi):
    assert contact_of(mission_of(nairobi)) == ""
    contact(nairobi, Purpose.DUTY, Channel.PHONE, "+254 20 363 6000")
    contact(nairobi, Purpose.OFFICE, Channel.MAIL, "office@nairobi.example")
    assert contact_of(mission_of(nairobi)) == ""
    contact(nairobi, Purpose.SWITCHBOARD, Channel.PHONE, "+254 20 363 6001")
    assert contact_of(mission_of(nairobi)) == "tel:+254203636001"
    mail = contact(nairobi, Purpose.CONSULAR, Channel.MAIL, "consular@nairobi.example")
    assert contact_of(mission_of(nairobi)) == "mailto:consular@nairobi.example"
    mail.retired = True
    mail.save()
    assert contact_of(mission_of(nairobi)) == "tel:+254203636001"


@pytest.mark.parametrize("at", [NOW, NOW + timedelta(minutes=29, seconds=59)])
def test_it_is_good_for_less_than_a_year_and_the_same_all_day(site, at):
    lines = lines_of(mission_of(site), "bamako.example", "/.well-known/security.txt", at)
    assert "Expires: 2027-05-20T00:00:00Z" in lines
    assert "Canonical: https://bamako.example/.well-known/security.txt" in lines


def test_it_is_good_for_longer_from_midnight_on(site):
    later = NOW + timedelta(minutes=30)
    lines = lines_of(mission_of(site), "bamako.example", "/x", later)
    assert "Expires: 2027-05-21T00:00:00Z" in lines
    assert all(line.split(": ", 1)[1] for line in lines)
