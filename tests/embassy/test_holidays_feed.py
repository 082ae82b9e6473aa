"""The calendar of holidays and closures: whole days, names that last, the reader's words."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from embassy.clock import hours
from embassy.fields import Texts
from embassy.models import Closure, MissionSettings, Schedule

pytestmark = pytest.mark.django_db


def read(path: str = "/holidays.ics", host: str = "localhost") -> Calendar:
    """Read the calendar as a program does."""
    response = Client().get(path, HTTP_HOST=host)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return Calendar.from_ical(response.content)


def events(calendar: Calendar) -> dict[str, tuple]:
    """Give the events by UID: words, first day, day after the last."""
    found = {
        str(event["uid"]): (str(event["summary"]), event["dtstart"].dt, event["dtend"].dt)
        for event in calendar.walk("VEVENT")
    }
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


def at(monkeypatch, moment: datetime) -> None:
    """Let it be a moment."""
    monkeypatch.setattr("embassy.machines.holidays_feed.timezone.now", lambda: moment)


def test_both_countries_holidays_of_this_year_and_the_next(site):
    year = timezone.now().year
    found = events(read())
    expected = hours.holidays_between(["US", "ML"], date(year, 1, 1), date(year + 1, 12, 31))
    days = [first for uid, (_words, first, _last) in found.items() if uid.startswith("holiday-")]
    assert sorted(days) == [holiday.date for holiday in expected]
    assert found[f"holiday-us-{year}-07-04-1@localhost"] == (
        "Independence Day", date(year, 7, 4), date(year, 7, 5),
    )  # fmt: skip
    assert f"holiday-ml-{year + 1}-09-22-1@localhost" in found


def test_the_same_days_have_the_same_names_in_french():
    english, french = events(read()), events(read("/fr/holidays.ics"))
    assert english.keys() == french.keys()
    assert {uid: days[1:] for uid, days in english.items()} == {
        uid: days[1:] for uid, days in french.items()
    }
    assert any("indépendance" in words[0].lower() for words in french.values())


def test_the_same_calendar_is_the_same_bytes_every_time():
    first, again = (Client().get("/holidays.ics", HTTP_HOST="localhost") for _ in range(2))
    assert first["ETag"] == again["ETag"]


def test_closures_are_whole_days_and_those_of_a_service_name_it(site):
    year = timezone.now().year
    phone = Schedule.objects.create(
        site=site, name=Texts(en="Phone; line", fr="Ligne"), time_zone="Africa/Bamako", always=True
    )
    whole = Closure.objects.create(
        site=site, first=date(year, 3, 2), last=date(year, 3, 4), reason=Texts(en="Move, by truck")
    )
    part = Closure.objects.create(
        site=site, first=date(year, 5, 5), last=date(year, 5, 5), reason=Texts(en="Repairs"),
        schedule=phone,
    )  # fmt: skip
    old = Closure.objects.create(
        site=site, first=date(year - 1, 3, 2), last=date(year - 1, 3, 4), reason=Texts(en="Past")
    )
    found = events(read())
    assert found[f"closure-{whole.pk}@localhost"] == (
        "Closed: Move, by truck", date(year, 3, 2), date(year, 3, 5),
    )  # fmt: skip
    assert found[f"closure-{part.pk}@localhost"][0] == "Phone; line closed: Repairs"
    assert f"closure-{old.pk}@localhost" not in found


@pytest.mark.parametrize(
    ("zone", "moment", "year"),
    [
        ("Africa/Bamako", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), 2026),
        ("Africa/Bamako", datetime(2027, 1, 1, tzinfo=UTC), 2027),
        ("Africa/Nairobi", datetime(2026, 12, 31, 20, 59, 59, tzinfo=UTC), 2026),
        ("Africa/Nairobi", datetime(2026, 12, 31, 21, tzinfo=UTC), 2027),
    ],
)
def test_the_year_turns_on_the_missions_clock(site, monkeypatch, zone, moment, year):
    MissionSettings.objects.filter(site=site).update(time_zone=zone)
    at(monkeypatch, moment)
    assert min(first for _words, first, _last in events(read()).values()).year == year


def test_it_is_not_kept_past_the_turn_of_the_year(monkeypatch):
    moment = datetime(2026, 12, 31, 23, 59, 58, tzinfo=UTC)
    at(monkeypatch, moment)
    monkeypatch.setattr("embassy.cache.timezone.now", lambda: moment)
    assert "s-maxage=2" in Client().get("/holidays.ics", HTTP_HOST="localhost")["Cache-Control"]


def test_another_missions_closures_are_not_in_it(site, nairobi):
    today = timezone.now().date()
    Closure.objects.create(site=nairobi, first=today, last=today, reason=Texts(en="Not ours"))
    assert "Not ours" not in str(events(read()))
    assert "Not ours" in str(events(read(host="nairobi.localhost")))
