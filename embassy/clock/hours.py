"""Opening hours, holidays and closures: is a service open at a moment, and when does that change?

Plain data in, plain data out; nothing here reads the clock or the database. The rules:

* A period belongs to the day on which it starts. One that starts the evening before a holiday
  runs on past midnight into it; one that would start on a holiday does not take place at all.
* A period is open at the minute it opens and closed at the minute it closes.
* Hours are wall-clock hours of the schedule's own time zone. As in RFC 5545, an hour that comes
  twice in autumn means its first time, and an hour skipped in spring is read one hour later.
* A duty line that is `always` open knows no holidays and no closures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays as holiday_library
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from embassy.countries import COUNTRIES, country_name

SEARCH_DAYS = 400
"""How far ahead an opening or a closing is looked for, in days."""


def _calendar_name(code: str) -> str:
    """Name a country's calendar in the active language."""
    return gettext("Public holidays (%(country)s)") % {"country": country_name(code)}


_NAMED = {"US": _("U.S. federal holidays"), "ML": _("Public holidays of Mali")}
CALENDARS = _NAMED | {c: lazy(_calendar_name, str)(c) for c in COUNTRIES if c not in _NAMED}
"""Every calendar there is, by its country's code, in no order."""

# The library has no French for these. The names are those of 5 U.S.C. 6103. Days off given once
# by an executive order are not in the calendar: the mission enters those it follows as closures.
_US_NAMES = {
    "New Year's Day": _("New Year’s Day"),
    "Martin Luther King Jr. Day": _("Birthday of Martin Luther King, Jr."),
    "Washington's Birthday": _("Washington’s Birthday"),
    "Memorial Day": _("Memorial Day"),
    "Juneteenth National Independence Day": _("Juneteenth National Independence Day"),
    "Independence Day": _("Independence Day"),
    "Labor Day": _("Labor Day"),
    "Columbus Day": _("Columbus Day"),
    "Veterans Day": _("Veterans Day"),
    "Thanksgiving Day": _("Thanksgiving Day"),
    "Christmas Day": _("Christmas Day"),
}
# The library writes one holiday in several ways in French, each country its own.
_FRENCH_NAMES = {
    "Jour de l'an": "Jour de l'An",
    "Fête de Noël": "Noël",
    "Jour de Noël": "Noël",
    "Fête du travail": "Fête du Travail",
    "Fête Nationale": "Fête nationale",
    "Fête Nationale de la République du Mali": "Fête nationale de la République du Mali",
}
_OBSERVED = " (observed)"
_ESTIMATED = re.compile(r" \((estimated|estimé)\)$|, (estimated|estimé)(?=\)$)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class OpenPeriod:
    """One stretch of opening hours on a weekday, 0 Monday to 6 Sunday.

    `closes` at or before `opens` lies on the next day, so 00:00–00:00 is the whole day.
    """

    weekday: int
    opens: time
    closes: time

    @property
    def whole_day(self) -> bool:
        """Whether the period runs from midnight to midnight."""
        return self.opens == self.closes == time(0)


@dataclass(frozen=True)
class Closure:
    """Days on which a service is closed for a reason of its own, first and last included."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True)
class Schedule:
    """When a service is open, by the clock of its own IANA time zone.

    `open_on` names days that are worked although a calendar calls them a holiday, for instance
    when the moon moved a feast or the mission does not keep it. A closure outweighs it.
    """

    periods: tuple[OpenPeriod, ...] = ()
    time_zone: str = "UTC"
    holiday_calendars: tuple[str, ...] = ()
    closures: tuple[Closure, ...] = ()
    always: bool = False
    open_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Holiday:
    """A public holiday; `estimated` when its date hangs on the sighting of the moon."""

    date: date
    name: str
    calendar: str
    estimated: bool = False


@dataclass(frozen=True)
class ClosedDay:
    """A day on which a schedule does not open, with every reason that closes it.

    `estimated` only if no reason is certain; `calendars` is empty for a closure of our own.
    """

    date: date
    reason: str
    calendars: tuple[str, ...] = ()
    estimated: bool = False


@dataclass(frozen=True)
class OpenState:
    """What a schedule says at one moment; all times are aware, in the schedule's own zone.

    Open: `until` is when it closes, None if that lies beyond the search. Closed: `next_open` is
    the next opening, None if there is none, and `reason` names the holiday or closure of today
    when these hours would otherwise fall today.
    """

    open: bool
    until: datetime | None = None
    next_open: datetime | None = None
    reason: str = ""
    estimated: bool = False


@dataclass(frozen=True)
class WeekRow:
    """Consecutive days with the same hours, as data and as words inside a sentence."""

    first: int
    last: int
    periods: tuple[OpenPeriod, ...]
    days: str
    hours: str


# Holidays and closures


def holidays_between(calendars: Iterable[str], first: date, last: date) -> list[Holiday]:
    """The holidays of the calendars from first to last, both included, in the active language.

    Sorted by date, then in the order of the calendars; a U.S. holiday that falls on a weekend
    comes a second time on the day it is observed. Raises ValueError for an unknown calendar.
    """
    language = get_language() or "en"
    found = [
        holiday
        for calendar in calendars
        for year in range(first.year, last.year + 1)
        for holiday in _holidays_of_year(calendar, year, language)
        if first <= holiday.date <= last
    ]
    return sorted(found, key=lambda holiday: holiday.date)


@lru_cache(maxsize=64)
def _holidays_of_year(calendar: str, year: int, language: str) -> tuple[Holiday, ...]:
    """One calendar's holidays in a year; the names are final, hence the language in the key."""
    if calendar not in CALENDARS:
        raise ValueError(_unknown_calendar(calendar))
    spoken = _library_language(calendar, language)
    table = holiday_library.country_holidays(calendar, years=year, language=spoken)
    return tuple(
        _holiday(day, name, calendar) for day in sorted(table) for name in table.get_list(day)
    )


def _library_language(calendar: str, language: str) -> str | None:
    """The library's own name for a language; it has English for most countries, French for some.

    None, for a country whose names it has in one language only.
    """
    known = sorted(holiday_library.country_holidays(calendar).supported_languages)
    french = [name for name in known if name.startswith("fr") and language.startswith("fr")]
    english = [name for name in ("en_US", *known) if name in known and name.startswith("en")]
    return next(iter(french + english), None)


def _holiday(day: date, name: str, calendar: str) -> Holiday:
    """One holiday from the library's name: its marks taken off, translated, written one way."""
    name, estimated = _ESTIMATED.subn("", name)
    if calendar == "US":
        plain = name.removesuffix(_OBSERVED)
        translated = str(_US_NAMES.get(plain, plain))
        observed = gettext("%(holiday)s (observed)") % {"holiday": translated}
        name = observed if name.endswith(_OBSERVED) else translated
    name = _FRENCH_NAMES.get(name, name).replace("'", "’")
    return Holiday(day, name, calendar, bool(estimated))


def closed_days(schedule: Schedule, first: date, last: date) -> list[ClosedDay]:
    """The days from first to last on which holidays or closures shut the schedule.

    Weekends and other days without hours are left out, unless the schedule has no hours at all:
    then every holiday counts. A schedule that is always open has none.
    """
    if schedule.always:
        return []
    weekdays = {period.weekday for period in schedule.periods} or set(range(7))
    days = (first + _DAY * offset for offset in range((last - first).days + 1))
    found = (closed_day(schedule, day) for day in days if day.weekday() in weekdays)
    return [day for day in found if day is not None]


def closed_day(schedule: Schedule, day: date) -> ClosedDay | None:
    """Why the schedule is shut on this day, or None when nothing shuts it."""
    own = [closure for closure in schedule.closures if closure.first <= day <= closure.last]
    calendars = () if day in schedule.open_on else schedule.holiday_calendars
    kept = holidays_between(calendars, day, day)
    if schedule.always or not (own or kept):
        return None
    names = [closure.reason for closure in own] + [holiday.name for holiday in kept]
    return ClosedDay(
        day,
        ", ".join(dict.fromkeys(name for name in names if name)),
        tuple(dict.fromkeys(holiday.calendar for holiday in kept)),
        estimated=not own and all(holiday.estimated for holiday in kept),
    )


def next_closure(schedule: Schedule, now: datetime) -> ClosedDay | None:
    """The first day, today included, on which holidays or closures shut the schedule."""
    today = _local(schedule, now).date()
    for offset in range(SEARCH_DAYS + 1):
        if found := closed_days(schedule, today + _DAY * offset, today + _DAY * offset):
            return found[0]
    return None


# The state at a moment


def state_at(schedule: Schedule, now: datetime) -> OpenState:
    """Whether the schedule is open at an aware moment, and until when.

    Raises ValueError when `now` carries no time zone.
    """
    local = _local(schedule, now)
    if schedule.always:
        return OpenState(open=True)
    moment = local.astimezone(UTC)
    for opens, closes in _stretches(schedule, local.date()):
        if closes <= moment:
            continue
        if opens <= moment:
            end = closes if closes < _horizon(schedule, local.date()) else None
            return OpenState(open=True, until=end and end.astimezone(local.tzinfo))
        return _closed(schedule, local.date(), opens.astimezone(local.tzinfo))
    return _closed(schedule, local.date(), None)


def _closed(schedule: Schedule, today: date, opens: datetime | None) -> OpenState:
    """The closed state, with the reason if today's hours fall out."""
    if schedule.periods and (why := closed_days(schedule, today, today)):
        return OpenState(False, None, opens, why[0].reason, why[0].estimated)
    return OpenState(open=False, next_open=opens)


def next_change(schedule: Schedule, now: datetime) -> datetime | None:
    """The next moment at which `state_at` says something else, or None if it never does.

    That is the next opening or closing, or, while closed, the midnight at which the reason
    changes. What is shown of a schedule may be cached until then.
    """
    state = state_at(schedule, now)
    if state.open:
        return state.until
    local = _local(schedule, now)
    for offset in range(1, SEARCH_DAYS + 1):
        day = local.date() + _DAY * offset
        midnight = _at(day, time(0), local.tzinfo).astimezone(local.tzinfo)
        if state.next_open and state.next_open <= midnight:
            break
        if _closed(schedule, day, state.next_open) != state:
            return midnight
    return state.next_open


def _stretches(schedule: Schedule, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch of open time from yesterday to the end of the search, joined, in UTC."""
    current: tuple[datetime, datetime] | None = None
    for offset in range(-1, SEARCH_DAYS + 1):
        for opens, closes in _stretches_of(schedule, today + _DAY * offset):
            if current and opens <= current[1]:
                current = (current[0], max(current[1], closes))
                continue
            if current:
                yield current
            current = (opens, closes)
    if current:
        yield current


def _stretches_of(schedule: Schedule, day: date) -> list[tuple[datetime, datetime]]:
    """The open time that starts on one day, in UTC, sorted; empty on a closed day."""
    periods = [period for period in schedule.periods if period.weekday == day.weekday()]
    if not periods or closed_day(schedule, day):
        return []
    zone = ZoneInfo(schedule.time_zone)
    stretches = []
    for period in periods:
        end_day = day if period.closes > period.opens else day + _DAY
        opens, closes = _at(day, period.opens, zone), _at(end_day, period.closes, zone)
        if opens < closes:  # a period inside the hour skipped in spring does not take place
            stretches.append((opens, closes))
    return sorted(stretches)


def _horizon(schedule: Schedule, today: date) -> datetime:
    """The end of the search in UTC: a stretch that reaches it has no known end."""
    return _at(today + _DAY * SEARCH_DAYS, time(0), ZoneInfo(schedule.time_zone))


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """A wall-clock hour of a day as a moment in UTC, where moments can safely be compared."""
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _local(schedule: Schedule, now: datetime) -> datetime:
    """The moment by the schedule's own clock."""
    if now.tzinfo is None:
        raise ValueError("Opening hours need a moment with a time zone, not a naive datetime.")
    return now.astimezone(ZoneInfo(schedule.time_zone))


# The week as a table, and what is wrong with a schedule


def week(schedule: Schedule) -> list[WeekRow]:
    """The week from Monday, consecutive days with the same hours in one row, closed days too."""
    by_day = [
        tuple(sorted(p for p in schedule.periods if p.weekday == weekday)) for weekday in range(7)
    ]
    if schedule.always:
        by_day = [(OpenPeriod(weekday, time(0), time(0)),) for weekday in range(7)]
    rows: list[WeekRow] = []
    first = 0
    for weekday in range(7):
        if weekday < 6 and _clock(by_day[weekday]) == _clock(by_day[weekday + 1]):
            continue
        periods = by_day[first]
        rows.append(WeekRow(first, weekday, periods, _days(first, weekday), _hours(periods)))
        first = weekday + 1
    return rows


def problems(schedule: Schedule) -> list[str]:
    """What an editor has to correct in a schedule, one sentence each; empty when it is sound."""
    found = []
    if not _is_time_zone(schedule.time_zone):
        found.append(
            gettext("The time zone “%(zone)s” is not known. Write it like Africa/Bamako.")
            % {"zone": schedule.time_zone}
        )
    found += [
        _unknown_calendar(calendar)
        for calendar in schedule.holiday_calendars
        if calendar not in CALENDARS
    ]
    found += [
        gettext("A closure ends on %(last)s, before it begins on %(first)s. Swap the two days.")
        % {"first": formats.date_format(closure.first), "last": formats.date_format(closure.last)}
        for closure in schedule.closures
        if closure.last < closure.first
    ]
    return found + _period_problems(schedule)


def _unknown_calendar(calendar: str) -> str:
    """The sentence about a holiday calendar that does not exist."""
    return gettext("The holiday calendar “%(calendar)s” is not known. Tick one of the list.") % {
        "calendar": calendar
    }


def _is_time_zone(name: str) -> bool:
    """Whether this is the name of an IANA time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _period_problems(schedule: Schedule) -> list[str]:
    """What is wrong with the periods: no such weekday, doubled hours, or hours besides always."""
    if any(period.weekday not in range(7) for period in schedule.periods):
        return [gettext("A weekday must be a number from 0 for Monday to 6 for Sunday.")]
    if schedule.always and schedule.periods:
        return [gettext("Give either opening hours or “always open”, not both.")]
    found = []
    spans = sorted((*_minutes(period), period) for period in schedule.periods)
    week_later = [(begin + 7 * 1440, end, period) for begin, end, period in spans[:1]]
    for (_begin, end, one), (begin, _end, other) in zip(spans, spans[1:] + week_later, strict=True):
        if begin < end:
            found.append(
                gettext("%(one)s and %(other)s overlap. Join them, or change one.")
                % {"one": _named(one), "other": _named(other)}
            )
    return found


def _minutes(period: OpenPeriod) -> tuple[int, int]:
    """Begin and end of a period in minutes since Monday, 00:00."""
    opens, closes = (t.hour * 60 + t.minute for t in (period.opens, period.closes))
    start = period.weekday * 1440
    return start + opens, start + closes + (1440 if closes <= opens else 0)


def _named(period: OpenPeriod) -> str:
    """A period in words: “Monday 08:00–12:00”."""
    return f"{_days(period.weekday, period.weekday)} {_hours((period,))}"


def _clock(periods: tuple[OpenPeriod, ...]) -> list[tuple[time, time]]:
    """The hours of a day without its weekday, to compare days by."""
    return [(period.opens, period.closes) for period in periods]


def _days(first: int, last: int) -> str:
    """One weekday or a range of them, in the active language, as inside a sentence."""
    if first == last:
        return str(WEEKDAYS[first])
    names = {"first_day": WEEKDAYS[first], "last_day": WEEKDAYS[last]}
    if last == first + 1:
        # Translators: two weekdays, for instance "Saturday and Sunday".
        return gettext("%(first_day)s and %(last_day)s") % names
    # Translators: a range of weekdays, for instance "Monday–Friday".
    return gettext("%(first_day)s–%(last_day)s") % names


def _hours(periods: tuple[OpenPeriod, ...]) -> str:
    """The hours of one day in the active language."""
    if not periods:
        return gettext("Closed")
    return ", ".join(
        gettext("24 hours")
        if period.whole_day
        # Translators: a range of hours, for instance "07:30–17:00".
        else gettext("%(opens)s–%(closes)s")
        % {
            "opens": formats.time_format(period.opens, "TIME_FORMAT"),
            "closes": formats.time_format(period.closes, "TIME_FORMAT"),
        }
        for period in periods
    )
