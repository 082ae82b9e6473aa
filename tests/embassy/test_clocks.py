"""Clocks: their names and hours in both languages, and which moment a time on one means."""

from datetime import UTC, datetime

import pytest
from django.utils import formats, translation

from embassy.clock import clocks
from embassy.clock.cities import CITIES
from embassy.language import french
from embassy.vocabulary import TIME_ZONES

NEW_YORK = "America/New_York"


def moment(text: str) -> datetime:
    """Give a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "english", "in_french"),
    [
        ("Africa/Bamako", "Bamako time", "heure de Bamako"),
        ("Africa/Abidjan", "Abidjan time", "heure d’Abidjan"),
        ("Africa/Abuja", "Abuja time", "heure d’Abuja"),
        ("Africa/Accra", "Accra time", "heure d’Accra"),
        ("Africa/Asmara", "Asmara time", "heure d’Asmara"),
        ("Africa/Addis_Ababa", "Addis Ababa time", "heure d’Addis-Abeba"),
        ("Africa/Cairo", "Cairo time", "heure du Caire"),
        ("Africa/Algiers", "Algiers time", "heure d’Alger"),
        ("Africa/Harare", "Harare time", "heure de Harare"),
        ("Africa/Ouagadougou", "Ouagadougou time", "heure de Ouagadougou"),
        ("Asia/Ulaanbaatar", "Ulaanbaatar time", "heure d’Oulan-Bator"),
        ("America/Havana", "Havana time", "heure de La Havane"),
        ("America/New_York", "Eastern time", "heure de l’Est"),
        ("America/Denver", "Mountain time", "heure des Rocheuses"),
        ("Europe/Helsinki", "Helsinki time", "heure d’Helsinki"),
        ("Europe/London", "London time", "heure de Londres"),
        ("Atlantic/Cape_Verde", "Cape Verde time", "heure du Cap-Vert"),
        ("Indian/Comoro", "Comoros time", "heure des Comores"),
        ("UTC", "UTC", "heure UTC"),
    ],
)
def test_a_clock_is_called_by_its_city(compiled, zone, english, in_french):
    assert clocks.clock_of(zone) == english
    with translation.override("fr"):
        assert clocks.clock_of(zone) == in_french


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Évian", "d’Évian"),
        ("Yaoundé", "de Yaoundé"),
        ("Oslo", "d’Oslo"),
        ("Honolulu", "d’Honolulu"),
        ("Hong Kong", "de Hong Kong"),
        ("Le Caire", "du Caire"),
        ("Lens", "de Lens"),
        ("Leeds", "de Leeds"),
    ],
)
def test_de_before_a_name(name, said):
    assert french.of(name) == said


@pytest.mark.parametrize(
    ("at", "english", "in_french"),
    [
        ("2026-06-01 00:00", "June 1, 2026, 00:00", "1er juin 2026 à 0 h"),
        ("2026-06-02 08:05", "June 2, 2026, 08:05", "2 juin 2026 à 8 h 05"),
        ("2026-06-02 20:00", "June 2, 2026, 20:00", "2 juin 2026 à 20 h"),
        ("2026-06-02 23:58", "June 2, 2026, 23:58", "2 juin 2026 à 23 h 58"),
    ],
)
def test_an_hour_is_written_as_its_language_does(compiled, at, english, in_french):
    day, _to, hour = in_french.partition(" à ")
    kept = hour.replace(" ", "\N{NO-BREAK SPACE}")
    assert clocks.in_words(moment(at), "UTC") == f"{english} (UTC)"
    with translation.override("fr"):
        assert clocks.in_words(moment(at), "UTC") == f"{day} à {kept} (heure UTC)"
        assert formats.time_format(moment(at).time(), "TIME_FORMAT") == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ambassadeur", "ambassadeur"),
        ("Économiste", "économiste"),
        ("L’attaché", "l’attaché"),
        ("USAID", "USAID"),
        ("", ""),
    ],
)
def test_a_post_behind_a_name_begins_small(text, said):
    assert french.inside(text) == said


def test_cities_belong_to_zones_there_are():
    assert set(CITIES) <= set(dict(TIME_ZONES))


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        ("2026-06-01 14:00", "Africa/Nairobi", "2026-06-01 11:00"),
        ("2026-03-08 01:59", NEW_YORK, "2026-03-08 06:59"),
        ("2026-03-08 03:00", NEW_YORK, "2026-03-08 07:00"),
        ("2026-11-01 00:59", NEW_YORK, "2026-11-01 04:59"),
        ("2026-11-01 01:00", NEW_YORK, "2026-11-01 05:00"),  # comes twice: the first
        ("2026-11-01 01:59", NEW_YORK, "2026-11-01 05:59"),
        ("2026-11-01 02:00", NEW_YORK, "2026-11-01 07:00"),
    ],
)
def test_a_time_on_a_clock_is_one_moment_and_back(wall, zone, utc):
    found = clocks.moment_of(datetime.fromisoformat(wall), zone)
    assert found == moment(utc)
    assert clocks.wall_time(found, zone) == datetime.fromisoformat(wall)


@pytest.mark.parametrize("wall", ["2026-03-08 02:00", "2026-03-08 02:30", "2026-03-08 02:59"])
def test_a_skipped_time_is_refused(wall):
    with pytest.raises(clocks.SkippedTimeError):
        clocks.moment_of(datetime.fromisoformat(wall), NEW_YORK)


@pytest.mark.parametrize(
    ("utc", "twice"),
    [
        ("2026-11-01 04:59", False),
        ("2026-11-01 05:00", True),
        ("2026-11-01 06:59", True),
        ("2026-11-01 07:00", False),
        ("2026-03-08 07:00", False),
    ],
)
def test_times_that_come_twice_are_known(utc, twice):
    assert clocks.comes_twice(moment(utc), NEW_YORK) is twice
    assert not clocks.comes_twice(moment(utc), "Africa/Bamako")
