"""Opening hours: both edges of every window, midnight, holidays and the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from embassy.clock import hours
from embassy.clock.hours import Closure, OpenPeriod, Schedule

BAMAKO = ZoneInfo("Africa/Bamako")
EASTERN = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)


def weekly(weekdays, opens, closes):
    """The same hours on several weekdays."""
    parse = time.fromisoformat
    return tuple(OpenPeriod(weekday, parse(opens), parse(closes)) for weekday in weekdays)


def at(zone, text):
    """A moment by the clock of a zone: at(BAMAKO, "2026-01-09 07:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


WEEK = weekly(range(4), "07:30", "17:00") + weekly([4], "07:30", "12:30")
EMBASSY = Schedule(WEEK, "Africa/Bamako", ("US", "ML"))
CALL_CENTER = Schedule(weekly(range(5), "08:00", "20:00"), "America/New_York", ("US",))


@pytest.fixture(autouse=True)
def english():
    """Names and hours in English unless a test says otherwise."""
    with translation.override("en"):
        yield


# Edges


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [("07:29:59", False), ("07:30:00", True), ("16:59:59", True), ("17:00:00", False)],
)
def test_open_at_the_minute_it_opens_and_closed_at_the_minute_it_closes(clock, is_open):
    assert hours.state_at(EMBASSY, at(BAMAKO, f"2026-01-07 {clock}")).open is is_open


def test_open_says_until_when_and_closed_says_from_when():
    now = hours.state_at(EMBASSY, at(BAMAKO, "2026-01-09 12:00"))
    assert (now.until, now.next_open) == (at(BAMAKO, "2026-01-09 12:30"), None)
    later = hours.state_at(EMBASSY, at(BAMAKO, "2026-01-09 12:30"))
    assert (later.until, later.next_open) == (None, at(BAMAKO, "2026-01-12 07:30"))
    assert later.reason == ""


def test_times_come_back_in_the_zone_of_the_schedule():
    state = hours.state_at(EMBASSY, at(UTC, "2026-01-07 10:00"))
    assert state.until.tzinfo == BAMAKO


def test_a_lunch_break_closes_between_two_periods():
    shop = Schedule(weekly([0], "08:00", "12:00") + weekly([0], "13:00", "16:00"), "Africa/Bamako")
    assert hours.next_change(shop, at(BAMAKO, "2026-01-05 08:00")) == at(BAMAKO, "2026-01-05 12:00")
    assert hours.next_change(shop, at(BAMAKO, "2026-01-05 12:00")) == at(BAMAKO, "2026-01-05 13:00")


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        hours.state_at(EMBASSY, datetime(2026, 1, 7, 10))


# The phone line of the 2012 message: 8 to 8 Eastern, Monday to Friday, except U.S. holidays


@pytest.mark.parametrize(
    ("bamako_clock", "is_open"),
    [
        ("2026-01-07 12:59", False),  # winter: Eastern is five hours behind
        ("2026-01-07 13:00", True),
        ("2026-01-08 00:59", True),
        ("2026-01-08 01:00", False),
        ("2026-07-08 11:59", False),  # summer: four hours
        ("2026-07-08 12:00", True),
        ("2026-07-08 23:59", True),
        ("2026-07-09 00:00", False),
        ("2026-01-10 00:59", True),  # Friday night in Washington, Saturday in Bamako
        ("2026-01-10 13:00", False),
    ],
)
def test_eastern_hours_seen_from_bamako(bamako_clock, is_open):
    assert hours.state_at(CALL_CENTER, at(BAMAKO, bamako_clock)).open is is_open


def test_a_us_holiday_closes_the_line_and_a_malian_one_does_not():
    closed = hours.state_at(CALL_CENTER, at(EASTERN, "2026-01-19 10:00"))
    assert closed.reason == "Birthday of Martin Luther King, Jr."
    assert closed.next_open == at(EASTERN, "2026-01-20 08:00")
    armed_forces_day = at(EASTERN, "2026-01-20 10:00")
    assert hours.state_at(CALL_CENTER, armed_forces_day).open
    assert not hours.state_at(EMBASSY, armed_forces_day).open


def test_an_observed_holiday_closes_the_working_day_before():
    state = hours.state_at(CALL_CENTER, at(EASTERN, "2026-07-03 10:00"))
    assert state.reason == "Independence Day (observed)"
    assert state.next_open == at(EASTERN, "2026-07-06 08:00")


# Midnight


NIGHT = Schedule(weekly(range(7), "20:00", "04:00"), "Africa/Bamako", ("ML",))


def test_a_period_runs_past_midnight():
    assert hours.state_at(NIGHT, at(BAMAKO, "2026-01-08 03:59")).until == at(
        BAMAKO, "2026-01-08 04:00"
    )
    assert not hours.state_at(NIGHT, at(BAMAKO, "2026-01-08 04:00")).open


def test_a_period_belongs_to_the_day_it_starts():
    """20 January is Armed Forces Day: the night into it is worked, the night out of it is not."""
    assert hours.state_at(NIGHT, at(BAMAKO, "2026-01-20 03:59")).open
    assert not hours.state_at(NIGHT, at(BAMAKO, "2026-01-20 20:00")).open
    after = hours.state_at(NIGHT, at(BAMAKO, "2026-01-21 02:00"))
    assert not after.open
    assert after.next_open == at(BAMAKO, "2026-01-21 20:00")


def test_whole_days_join_across_midnight():
    weekend = Schedule(weekly([5, 6], "00:00", "00:00"), "Africa/Bamako")
    state = hours.state_at(weekend, at(BAMAKO, "2026-01-10 00:00"))
    assert state.until == at(BAMAKO, "2026-01-12 00:00")
    assert not hours.state_at(weekend, at(BAMAKO, "2026-01-09 23:59")).open
    assert not hours.state_at(weekend, at(BAMAKO, "2026-01-12 00:00")).open


def test_hours_without_a_gap_have_no_end():
    whole_week = Schedule(weekly(range(7), "00:00", "00:00"))
    state = hours.state_at(whole_week, at(UTC, "2026-01-10 05:00"))
    assert (state.open, state.until) == (True, None)


def test_always_open_knows_no_holiday_and_no_change():
    line = Schedule(always=True, holiday_calendars=("US", "ML"), time_zone="Africa/Bamako")
    christmas = at(BAMAKO, "2026-12-25 03:00")
    assert hours.state_at(line, christmas) == hours.OpenState(open=True)
    assert hours.next_change(line, christmas) is None
    assert hours.next_closure(line, christmas) is None


def test_no_hours_never_opens():
    never = Schedule((), "Africa/Bamako", ("US",))
    assert hours.state_at(never, at(BAMAKO, "2026-12-25 03:00")) == hours.OpenState(open=False)
    assert hours.next_change(never, at(BAMAKO, "2026-12-25 03:00")) is None


# Clock changes: New York, 8 March 2026 at 2:00 and 1 November 2026 at 2:00


def test_an_ordinary_day_keeps_its_hours_after_both_changes():
    for day in ("2026-03-09", "2026-11-02"):
        assert hours.state_at(CALL_CENTER, at(EASTERN, f"{day} 08:00")).open
        assert not hours.state_at(CALL_CENTER, at(EASTERN, f"{day} 07:59")).open


def test_a_night_over_the_spring_gap_is_an_hour_shorter():
    night = Schedule(weekly([5], "22:00", "06:00"), "America/New_York")
    opens = at(EASTERN, "2026-03-07 22:00")
    closes = hours.state_at(night, opens).until
    assert closes == at(EASTERN, "2026-03-08 06:00")
    assert closes.astimezone(UTC) - opens.astimezone(UTC) == timedelta(hours=7)


def test_an_opening_inside_the_spring_gap_is_read_an_hour_later():
    early = Schedule(weekly([6], "02:30", "05:00"), "America/New_York")
    opens = hours.state_at(early, at(EASTERN, "2026-03-08 00:00")).next_open
    assert opens.astimezone(UTC) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert opens.time() == time(3, 30)
    assert not hours.state_at(early, opens - MINUTE).open
    assert hours.state_at(early, opens).open


def test_a_period_swallowed_by_the_spring_gap_does_not_take_place():
    swallowed = Schedule(weekly([6], "02:30", "03:00"), "America/New_York")
    state = hours.state_at(swallowed, at(EASTERN, "2026-03-08 00:00"))
    assert state.next_open == at(EASTERN, "2026-03-15 02:30")


def test_an_hour_that_comes_twice_in_autumn_means_its_first_time():
    early = Schedule(weekly([6], "01:30", "03:00"), "America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=EASTERN)
    assert hours.state_at(early, first).open
    assert not hours.state_at(early, datetime(2026, 11, 1, 5, 29, 59, tzinfo=UTC)).open
    second = first.replace(fold=1)
    assert hours.state_at(early, second).open
    assert hours.state_at(early, second).until.astimezone(UTC) == datetime(
        2026, 11, 1, 8, tzinfo=UTC
    )
    late = Schedule(weekly([5], "22:00", "01:30"), "America/New_York")
    assert hours.state_at(late, datetime(2026, 11, 1, 5, 29, tzinfo=UTC)).open
    assert not hours.state_at(late, datetime(2026, 11, 1, 5, 30, tzinfo=UTC)).open
    assert not hours.state_at(late, second).open


# Holidays


def test_both_calendars_on_one_day():
    """25 May 2026 is Memorial Day and Africa Day."""
    day = date(2026, 5, 25)
    both = hours.holidays_between(("US", "ML"), day, day)
    assert [(h.calendar, h.name) for h in both] == [("US", "Memorial Day"), ("ML", "Africa Day")]
    state = hours.state_at(EMBASSY, at(BAMAKO, "2026-05-25 10:00"))
    assert state.reason == "Memorial Day, Africa Day"
    assert hours.state_at(EMBASSY, at(BAMAKO, "2026-12-25 10:00")).reason == "Christmas Day"


def test_an_estimated_date_says_so_without_the_suffix_of_the_library():
    for language, name in (("en", "Eid al-Fitr"), ("fr", "Journée de la Fête du Ramadan")):
        with translation.override(language):
            day = date(2026, 3, 20)
            assert hours.holidays_between(["ML"], day, day) == [
                hours.Holiday(day, name, "ML", estimated=True)
            ]
    state = hours.state_at(EMBASSY, at(BAMAKO, "2026-03-20 10:00"))
    assert (state.reason, state.estimated) == ("Eid al-Fitr", True)
    assert not hours.state_at(EMBASSY, at(BAMAKO, "2026-01-20 10:00")).estimated


def test_the_eleven_federal_holidays_of_2026_and_the_observed_day():
    names = [h.name for h in hours.holidays_between(["US"], date(2026, 1, 1), date(2026, 12, 31))]
    assert len(names) == 12
    assert names.count("Independence Day (observed)") == 1
    assert not any("estim" in name for name in names)


def test_new_year_observed_in_the_old_year_is_found():
    found = hours.holidays_between(["US"], date(2027, 12, 31), date(2028, 1, 1))
    assert [h.name for h in found] == ["New Year’s Day (observed)", "New Year’s Day"]


def test_every_us_name_has_a_translatable_one():
    for holiday in hours.holidays_between(["US"], date(2021, 1, 1), date(2031, 12, 31)):
        plain = holiday.name.removesuffix(" (observed)")
        assert plain in {str(name) for name in hours._US_NAMES.values()}


def test_a_holiday_of_several_countries_is_written_one_way_in_french(compiled):
    with translation.override("fr"):
        for day, name in ((date(2026, 1, 1), "Jour de l’An"), (date(2026, 12, 25), "Noël")):
            kept = hours.holidays_between(["US", "ML", "SN"], day, day)
            assert [(h.calendar, h.name) for h in kept] == [(c, name) for c in ("US", "ML", "SN")]
        national = hours.holidays_between(["ML"], date(2026, 9, 22), date(2026, 9, 22))
    assert [h.name for h in national] == ["Fête nationale de la République du Mali"]


def test_an_unknown_calendar_is_named():
    with pytest.raises(ValueError, match=r"“XX” is not known. Tick"):
        hours.holidays_between(["XX"], date(2026, 1, 1), date(2026, 1, 2))


# Closures


def test_a_closure_shuts_its_first_and_its_last_day():
    closure = Closure(date(2026, 2, 3), date(2026, 2, 4), "Training of all staff")
    schedule = Schedule(EMBASSY.periods, "Africa/Bamako", (), (closure,))
    opens = [
        hours.state_at(schedule, at(BAMAKO, f"2026-02-0{day} 10:00")).open for day in (2, 3, 4, 5)
    ]
    assert opens == [True, False, False, True]
    state = hours.state_at(schedule, at(BAMAKO, "2026-02-03 10:00"))
    assert state.reason == "Training of all staff"
    assert state.next_open == at(BAMAKO, "2026-02-05 07:30")


def test_a_holiday_that_is_worked_is_open():
    africa_day = date(2027, 5, 25)
    worked = Schedule(EMBASSY.periods, "Africa/Bamako", ("ML",), open_on=(africa_day,))
    assert hours.state_at(worked, at(BAMAKO, "2027-05-25 10:00")).open
    assert not hours.state_at(EMBASSY, at(BAMAKO, "2027-05-25 10:00")).open


def test_the_next_closure_counts_today_and_skips_days_without_hours():
    assert hours.next_closure(EMBASSY, at(BAMAKO, "2026-11-21 10:00")) == hours.ClosedDay(
        date(2026, 11, 26), "Thanksgiving Day", ("US",)
    )
    late = hours.next_closure(EMBASSY, at(BAMAKO, "2026-11-26 23:59"))
    assert late.date == date(2026, 11, 26)
    assert hours.next_closure(EMBASSY, at(BAMAKO, "2026-11-27 00:00")).date == date(2026, 12, 25)
    july = hours.next_closure(CALL_CENTER, at(EASTERN, "2026-07-04 10:00"))
    assert july.date == date(2026, 9, 7)  # 4 July 2026 is a Saturday


def test_the_next_closure_of_calendars_alone_counts_weekends():
    calendar = Schedule((), "Africa/Bamako", ("US",))
    found = hours.next_closure(calendar, at(BAMAKO, "2026-07-04 10:00"))
    assert (found.date, found.reason) == (date(2026, 7, 4), "Independence Day")


# The next change


def test_the_next_change_includes_the_midnight_at_which_the_reason_comes_and_goes():
    sunday, tuesday = at(BAMAKO, "2026-01-18 12:00"), at(BAMAKO, "2026-01-20 12:00")
    assert hours.next_change(EMBASSY, sunday) == at(BAMAKO, "2026-01-19 00:00")
    assert hours.next_change(EMBASSY, tuesday) == at(BAMAKO, "2026-01-21 00:00")
    assert hours.next_change(EMBASSY, at(BAMAKO, "2026-01-21 00:00")) == at(
        BAMAKO, "2026-01-21 07:30"
    )


def test_nothing_changes_before_the_next_change():
    """Walk three weeks by quarter hours: the state differs exactly at the moments announced."""
    for schedule in (EMBASSY, CALL_CENTER, NIGHT):
        moment = at(UTC, "2026-01-12 00:00")
        expected = hours.next_change(schedule, moment)
        state = hours.state_at(schedule, moment)
        for _step in range(21 * 96):
            moment += timedelta(minutes=15)
            changed = hours.state_at(schedule, moment)
            assert (changed != state) is (moment == expected), moment
            if changed != state:
                state, expected = changed, hours.next_change(schedule, moment)


def test_the_search_ends_after_400_days():
    long_closure = (Closure(date(2026, 1, 1), date(2028, 1, 1), "Renovation"),)
    schedule = Schedule(EMBASSY.periods, "Africa/Bamako", (), long_closure)
    state = hours.state_at(schedule, at(BAMAKO, "2026-02-03 10:00"))
    assert (state.open, state.next_open, state.reason) == (False, None, "Renovation")


# The week as a table


def test_equal_days_share_a_row():
    rows = [(row.days, row.hours) for row in hours.week(EMBASSY)]
    assert rows == [
        ("Monday–Thursday", "07:30–17:00"),
        ("Friday", "07:30–12:30"),
        ("Saturday and Sunday", "Closed"),
    ]


def test_days_apart_do_not_share_a_row():
    rows = hours.week(Schedule(weekly([0, 2], "08:00", "12:00") + weekly([2], "13:00", "15:00")))
    assert [(row.first, row.last) for row in rows] == [(0, 0), (1, 1), (2, 2), (3, 6)]
    assert rows[2].hours == "08:00–12:00, 13:00–15:00"


def test_always_is_one_row():
    assert [(r.days, r.hours) for r in hours.week(Schedule(always=True))] == [
        ("Monday–Sunday", "24 hours")
    ]


def test_the_days_are_named_in_the_active_language():
    with translation.override("fr"):
        assert hours.week(EMBASSY)[1].days == "vendredi"


# What is wrong with a schedule


def test_a_sound_schedule_has_no_problems():
    for schedule in (EMBASSY, CALL_CENTER, NIGHT, Schedule(always=True)):
        assert hours.problems(schedule) == []


def test_touching_periods_do_not_overlap():
    touching = weekly([0], "08:00", "12:00") + weekly([0], "12:00", "14:00")
    assert hours.problems(Schedule(touching)) == []


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        (weekly([0], "08:00", "12:00") + weekly([0], "11:59", "14:00"), "Monday 11:59–14:00"),
        (weekly([6], "20:00", "04:00") + weekly([0], "03:00", "09:00"), "Sunday 20:00–04:00"),
        (weekly([0], "00:00", "00:00") + weekly([0], "09:00", "10:00"), "Monday 24 hours"),
        (weekly([2], "08:00", "12:00") * 2, "Wednesday 08:00–12:00 and Wednesday"),
    ],
)
def test_overlapping_periods_are_named(periods, words):
    (problem,) = hours.problems(Schedule(periods))
    assert words in problem
    assert "overlap" in problem


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(time_zone="Mars/Base"), "“Mars/Base” is not known"),
        (Schedule(time_zone=""), "like Africa/Bamako"),
        (Schedule(holiday_calendars=("XX",)), "“XX” is not known"),
        (Schedule(closures=(Closure(date(2026, 2, 2), date(2026, 2, 1)),)), "before it begins"),
        (Schedule(weekly([7], "08:00", "09:00")), "from 0 for Monday"),
        (Schedule(weekly([0], "08:00", "09:00"), always=True), "not both"),
    ],
)
def test_each_problem_is_a_sentence(schedule, words):
    (problem,) = hours.problems(schedule)
    assert words in problem
