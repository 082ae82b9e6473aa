"""The demo's one alert in force is true: the embassy is closed on the next holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from advisories.demo.closure import closure, next_closed, text_in
from advisories.models import Issued
from embassy.clock.hours import holidays_between
from embassy.models import MissionSettings

pytestmark = pytest.mark.django_db


def test_the_one_alert_in_force_is_the_closure_of_a_holiday_in_the_calendar(site):
    assert closure() == 1
    assert closure() == 0
    rows = Issued.objects.for_site(site).alerts().current().in_force(timezone.now())
    assert {row.language for row in rows} == {"en", "fr"}
    assert rows.values("page").distinct().count() == 1
    day = date.fromisoformat(rows[0].page.slug.removeprefix("closed-"))
    names = [holiday.name for holiday in holidays_between(["US", "ML"], day, day)]
    english = rows.get(language="en")
    assert names and all(name in english.plain_text for name in names)
    assert rows[0].expires == datetime.combine(
        day + timedelta(days=1), datetime.min.time(), tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 11, 25, 23, 59, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 11, 26, 0, 0, tzinfo=UTC), date(2026, 12, 25)),
    ],
)
def test_the_next_holiday_is_told_by_the_missions_clock(site, now, day):
    assert next_closed(MissionSettings.for_site(site), now).date == day


def test_each_language_names_the_day_and_the_holiday_its_own_way(site):
    mission = MissionSettings.for_site(site)
    closed = next_closed(mission, datetime(2026, 11, 22, tzinfo=UTC))
    assert text_in("en", mission, closed, 0).event == (
        "The embassy is closed on November 26, 2026: Thanksgiving Day (U.S. federal holidays)."
    )
    assert "26 novembre 2026" in text_in("fr", mission, closed, 1).title
    french = text_in("fr", mission, closed, 1).event
    assert french.endswith(" Thanksgiving (jours fériés fédéraux des États-Unis).")


def test_a_holiday_of_both_states_is_told_as_one_of_both(site):
    mission = MissionSettings.for_site(site)
    closed = next_closed(mission, datetime(2026, 11, 27, tzinfo=UTC))
    told = text_in("en", mission, closed, 0).event
    assert told.endswith(" Christmas Day (U.S. federal holidays, Public holidays of Mali).")
