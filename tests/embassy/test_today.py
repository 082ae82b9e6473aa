"""What a service says of itself at a moment: open or closed, until when, and by which clock."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation

from embassy.clock import hours
from embassy.today import sentence

BAMAKO = "Africa/Bamako"
WEEK = tuple(hours.OpenPeriod(day, time(8), time(20)) for day in range(5))
DIRE = tuple(hours.OpenPeriod(day, time(7, 30), time(16)) for day in range(5))
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def said(periods, zone: str, at: datetime, language: str = "en") -> str:
    """Give what a service with these hours on the clock of a zone says in Bamako at a moment."""
    schedule = hours.Schedule(periods, zone)
    with translation.override(language):
        return sentence(schedule, hours.state_at(schedule, at), at, BAMAKO)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("at", "english", "in_french"),
    [
        (
            MONDAY,
            "Open now, until 20:00 (Eastern time; Tuesday 01:00 Bamako time).",
            "Service ouvert en ce moment, jusqu’à 20\xa0h "
            "(heure de l’Est\xa0; mardi à 1\xa0h, heure de Bamako).",
        ),
        (
            MONDAY.replace(hour=2),
            "Closed now, opens Monday 08:00 (Eastern time; 13:00 Bamako time).",
            "",
        ),
        (
            datetime(2026, 11, 21, 12, tzinfo=UTC),
            "Closed now, opens Monday 08:00 (Eastern time; Monday 13:00 Bamako time).",
            "",
        ),
        (  # Eastern time is one hour nearer to Bamako in summer
            datetime(2026, 7, 6, 15, tzinfo=UTC),
            "Open now, until 20:00 (Eastern time; Tuesday 00:00 Bamako time).",
            "",
        ),
    ],
)
def test_a_service_elsewhere_is_told_by_the_missions_clock_too(at, english, in_french):
    assert said(WEEK, "America/New_York", at) == english
    if in_french:
        assert said(WEEK, "America/New_York", at, "fr") == in_french


@pytest.mark.parametrize("zone", [BAMAKO, "Africa/Abidjan"])
def test_a_clock_that_shows_the_same_time_is_told_alone(zone):
    name = zone.partition("/")[2]
    assert said(DIRE, zone, MONDAY) == f"Open now, until 16:00 ({name} time)."
    later = MONDAY.replace(hour=16)
    assert said(DIRE, zone, later) == f"Closed now, opens Tuesday 07:30 ({name} time)."


def test_what_never_closes_or_never_opens_names_no_clock():
    always = hours.Schedule(always=True)
    assert sentence(always, hours.state_at(always, MONDAY), MONDAY, BAMAKO) == (
        "Open now, day and night."
    )
    never = hours.Schedule()
    assert sentence(never, hours.state_at(never, MONDAY), MONDAY, BAMAKO) == "Closed."
