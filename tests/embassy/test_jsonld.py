"""What machines read of the embassy keeps to schema.org's vocabulary, each fact in its place."""

import json
import re
from datetime import UTC, datetime, time

import pytest

from embassy.fields import Texts
from embassy.machines.jsonld import contact_data, embassy_data
from embassy.machines.postal import postal_parts
from embassy.models import (
    ContactPoint,
    MissionSettings,
    Schedule,
    SchedulePeriod,
)

CLOCK = re.compile(r"\d\d:\d\d:\d\d([+-]\d\d:\d\d)?")
ADDRESS = re.compile(r"https?://\S+")

# The properties we use, where schema.org has them. `contactPoint` is an organization's and `geo`
# a place's: a GovernmentOffice is both (a LocalBusiness), an Embassy is a place only.
PROPERTIES = {
    "Embassy": {"name", "alternateName", "url", "sameAs", "address", "geo"},
    "GovernmentOffice": {
        *("name", "alternateName", "url", "sameAs", "address", "geo"),
        *("contactPoint", "areaServed"),
    },
    "PostalAddress": {
        *("streetAddress", "postOfficeBoxNumber", "postalCode"),
        *("addressLocality", "addressCountry"),
    },
    "GeoCoordinates": {"latitude", "longitude"},
    "ContactPoint": {
        *("contactType", "telephone", "email", "url", "availableLanguage", "areaServed"),
        *("contactOption", "hoursAvailable"),
    },
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
}
SHAPES = {
    "telephone": re.compile(r"\+[1-9]\d{6,14}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "url": ADDRESS,
    "sameAs": ADDRESS,
    "addressCountry": re.compile(r"[A-Z]{2}"),
    "areaServed": re.compile(r"[A-Z]{2}"),
    "availableLanguage": re.compile(r"[a-z]{2}"),
    "contactOption": re.compile(r"https://schema\.org/(TollFree|HearingImpairedSupported)"),
    "dayOfWeek": re.compile(r"https://schema\.org/\w+day"),
    "opens": CLOCK,
    "closes": CLOCK,
}


def wrong_in(data: dict) -> list[str]:
    """Give what does not keep to the vocabulary, at any depth."""
    types = data["@type"] if isinstance(data["@type"], list) else [data["@type"]]
    allowed = set().union(*(PROPERTIES[name] for name in types))
    found = []
    for name, value in data.items():
        if name in ("@type", "@context", "@id"):
            continue
        found += [] if name in allowed else [f"{name} of {types}"]
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                found += wrong_in(item)
            elif item == "" or (name in SHAPES and not SHAPES[name].fullmatch(item)):
                found.append(f"{name}: {item!r}")
    return found


def data_of(client, path: str = "/", host: str = "localhost") -> dict:
    """Give the data on a page."""
    html = client.get(path, HTTP_HOST=host).content.decode()
    return json.loads(re.search(r'application/ld\+json">(.*?)</script>', html, re.S)[1])


@pytest.mark.django_db
def test_it_is_an_office_with_an_address_and_numbers(client):
    data = data_of(client)
    assert wrong_in(data) == []
    assert data["@type"] == ["Embassy", "GovernmentOffice"]
    assert data["url"] == "http://localhost/" and data["@id"] == "http://localhost/#embassy"
    assert data["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "ACI 2000, Rue 243, Porte 297",
        "addressLocality": "Bamako",
        "addressCountry": "ML",
    }
    duty, switchboard = data["contactPoint"]
    assert (duty["telephone"], switchboard["telephone"]) == ("+22366752860", "+22320702300")
    assert duty["contactType"] == "Emergencies after hours"
    assert "availableLanguage" not in duty  # nor does any say what is spoken
    assert "hoursAvailable" not in duty  # its source gives none


@pytest.mark.django_db
def test_a_mission_without_facts_says_nothing_empty(client, dakar):
    data = data_of(client, "/fr/", "dakar.localhost")
    assert wrong_in(data) == []
    assert data["url"] == "http://dakar.localhost/fr/"
    assert data["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Dakar",
        "addressCountry": "SN",
    }
    assert {"geo", "contactPoint", "sameAs", "alternateName"}.isdisjoint(data)


def test_what_breaks_the_vocabulary_is_seen():
    wrong = {"@type": "Embassy", "contactPoint": [{"@type": "ContactPoint", "telephone": "1 2"}]}
    assert wrong_in(wrong) == ["contactPoint of ['Embassy']", "telephone: '1 2'"]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["ACI 2000", "Rue 243, Porte 297", "Bamako"], {"street": "ACI 2000, Rue 243, Porte 297"}),
        (["Rue 243", "B.P. 34", "BAMAKO"], {"street": "Rue 243", "box": "34"}),
        (["BP 34 Z", "Bamako, Mali"], {"box": "34 Z"}),
        (["P.O. Box 606, Village Market", "00621 Bamako"],
         {"box": "606", "street": "Village Market", "code": "00621"}),
        (["Boîte postale 34 – Bamako 91094"], {"box": "34", "code": "91094"}),
        (["Avenue de Bamako 12", "Quartier de Bamako"],
         {"street": "Avenue de Bamako 12, Quartier de Bamako"}),
        (["Grand Bamako", "D-10117 Bamako"], {"street": "Grand Bamako", "code": "D-10117"}),
        (["Boxer Street 5"], {"street": "Boxer Street 5"}),
        ([], {}),
    ],
)  # fmt: skip
def test_each_part_of_an_address_stands_in_one_place(lines, parts):
    assert postal_parts(lines, ["Bamako"], ["Mali"]) == parts


def test_a_city_goes_by_its_name_in_any_language():
    assert postal_parts(["Gade 1", "Copenhague"], ["Copenhagen", "Copenhague"]) == {
        "street": "Gade 1"
    }


@pytest.fixture
def line(site) -> ContactPoint:
    """A number with hours on a clock that the test sets."""
    schedule = Schedule.objects.create(site=site, name=Texts(en="Line"), time_zone="Africa/Bamako")
    for day in (4, 0, 1):
        hours = {"opens": time(7, 30), "closes": time(12, 30) if day == 4 else time(17)}
        SchedulePeriod.objects.create(schedule=schedule, weekday=day, **hours)
    return ContactPoint.objects.create(
        site=site,
        purpose="duty",
        label=Texts(en="Line <1>"),
        value="+223 2070 2301",
        schedule=schedule,
    )


def told(line: ContactPoint, month: int = 1) -> dict:
    """Give what is told of a number in a month."""
    mission = MissionSettings.base_queryset().get(site=line.site)
    told = contact_data(line, mission, datetime(2026, month, 15, tzinfo=UTC))
    assert wrong_in(told) == []
    return told


@pytest.mark.django_db
def test_hours_are_told_once_for_the_days_that_share_them(line):
    week = [(h["dayOfWeek"], h["opens"], h["closes"]) for h in told(line)["hoursAvailable"]]
    assert week == [
        (["https://schema.org/Friday"], "07:30:00", "12:30:00"),
        (["https://schema.org/Monday", "https://schema.org/Tuesday"], "07:30:00", "17:00:00"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("month", "opens"), [(1, "07:30:00-05:00"), (7, "07:30:00-04:00")])
def test_hours_on_another_clock_carry_its_offset(line, month, opens):
    Schedule.objects.filter(pk=line.schedule_id).update(time_zone="America/New_York")
    assert told(line, month)["hoursAvailable"][0]["opens"] == opens


@pytest.mark.django_db
def test_day_and_night_is_the_whole_week(line):
    line.schedule.periods.all().delete()
    Schedule.objects.filter(pk=line.schedule_id).update(always=True)
    (hours,) = told(line)["hoursAvailable"]
    assert len(hours["dayOfWeek"]) == 7
    assert (hours["opens"], hours["closes"]) == ("00:00:00", "23:59:59")


@pytest.mark.django_db
def test_other_channels_and_numbers_of_one_country(line):
    line.channel, line.value, line.callable_from = "mail", "help@bamako.example", "anywhere"
    assert told(line)["email"] == "help@bamako.example" and "telephone" not in told(line)
    line.channel, line.value = "web", "https://bamako.example/form"
    assert told(line)["url"] == "https://bamako.example/form"
    line.channel, line.value, line.callable_from = "phone", "+1 888 407 4747", "sending"
    toll_free = told(line)
    assert toll_free["contactOption"] == "https://schema.org/TollFree"
    assert (toll_free["areaServed"], toll_free["telephone"]) == ("US", "+18884074747")


@pytest.mark.django_db
def test_nothing_in_it_ends_the_script(client, line, rf, site):
    html = client.get("/", HTTP_HOST="localhost").content.decode()
    assert "Line <1>" not in re.search(r'application/ld\+json">(.*?)</script>', html, re.S)[1]
    mission = MissionSettings.for_site(site)
    names = [c["contactType"] for c in embassy_data(mission, rf.get("/"))["contactPoint"]]
    assert "Line <1>" in names
