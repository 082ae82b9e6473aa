"""What the mission's services say of themselves at a moment: open or closed, and until when."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from embassy.clock import clocks, hours
from embassy.facts import facts_of
from embassy.models import MissionSettings, Schedule


@dataclass(frozen=True)
class Row:
    """One line of a week's table."""

    days: str
    hours: str
    is_today: bool


@dataclass(frozen=True)
class Service:
    """A service and its hours as readers see them; times are on the service's own clock."""

    name: str
    is_open: bool
    sentence: str
    rows: list[Row]
    zone_text: str
    note: str
    doubt: str


def services_at(mission: MissionSettings, now: datetime) -> list[Service]:
    """Give the mission's services as they are at a moment."""
    facts = facts_of(mission)
    return [
        service(
            row.schedule, facts.schedules[row.schedule_id], now, mission.time_zone, str(row.note)
        )
        for row in facts.services
    ]


def service(
    known: Schedule, schedule: hours.Schedule, now: datetime, here: str, note: str = ""
) -> Service:
    """Give one service as it is at a moment: its hours as stored, and ready to be reckoned with.

    `here` is the time zone of its mission.
    """
    state = hours.state_at(schedule, now)
    weekday = now.astimezone(ZoneInfo(schedule.time_zone)).weekday()
    rows = [
        Row(capfirst(row.days), row.hours, row.first <= weekday <= row.last)
        for row in hours.week(schedule)
    ]
    clock = _("All times are %(clock)s.") % {"clock": clocks.clock_of(schedule.time_zone)}
    said = sentence(schedule, state, now, here)
    return Service(str(known), state.open, said, rows, clock, note, doubt_of(known))


def doubt_of(known: Schedule) -> str:
    """Say of what day the hours are, when nobody has verified them since."""
    if not known.is_doubtful:
        return ""
    day = formats.date_format(known.source_dated, "DATE_FORMAT")
    return _("Hours of %(day)s, not verified since.") % {"day": day}


def sentence(schedule: hours.Schedule, state: hours.OpenState, now: datetime, here: str) -> str:
    """Say whether a service is open, and when that changes, also by the mission's own clock."""
    change = state.until if state.open else state.next_open
    if change is None:
        return _("Open now, day and night.") if state.open else _("Closed.")
    words = {
        "time": moment_in_words(change, now),
        "clock": clocks_of(change, schedule.time_zone, here, now),
        "reason": state.reason,
    }
    if state.open:
        return _("Open now, until %(time)s (%(clock)s).") % words
    if state.reason:
        return _("Closed today: %(reason)s. Opens %(time)s (%(clock)s).") % words
    return _("Closed now, opens %(time)s (%(clock)s).") % words


def clocks_of(moment: datetime, zone: str, here: str, now: datetime) -> str:
    """Name the clock a moment is told on; where the mission's shows another time, with that time.

    “Eastern time; Friday 01:00 Bamako time”.
    """
    there, local = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(here))
    if there.utcoffset() == local.utcoffset():
        return clocks.clock_of(zone)
    # Translators: a clock, and the same moment on another clock: “Eastern time; Friday 01:00
    # Bamako time”.
    return _("%(clock)s; %(time)s %(other_clock)s") % {
        "clock": clocks.clock_of(zone),
        "time": moment_in_words(local, now),
        "other_clock": clocks.clock_of(here),
    }


def moment_in_words(moment: datetime, now: datetime) -> str:
    """Give an hour alone when it is today on that clock, else with its day."""
    time = formats.time_format(moment, "TIME_FORMAT")
    today = now.astimezone(moment.tzinfo).date()
    if moment.date() == today:
        return time
    is_near = (moment.date() - today).days < 7
    day = formats.date_format(moment, "l" if is_near else "DATE_FORMAT")
    # Translators: a day with an hour: "Monday 07:30".
    return _("%(day)s %(time)s") % {"day": day, "time": time}
