"""The mission's holidays and closures as a calendar that programs subscribe to (RFC 5545).

This year's and the next one's, on the mission's clock, in the reader's language. An entry keeps
its UID in every language and for good: a program that reads the calendar again moves nothing.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from wagtail.models import Site

from embassy.cache import ends_at
from embassy.clock import hours
from embassy.machines.public_data import asked_of, public_data
from embassy.models import Closure, MissionSettings
from embassy.texts.xmltext import xml_text

DAY = timedelta(days=1)


@public_data
def holidays(request: HttpRequest) -> HttpResponse:
    """Give the days on which the mission, or one of its services, is closed."""
    site, mission = asked_of(request)
    zone = ZoneInfo(mission.time_zone)
    year = timezone.now().astimezone(zone).year
    ends_at(request, datetime.combine(date(year + 1, 1, 1), time(), zone))
    text = calendar(mission, site, year).to_ical()
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def calendar(mission: MissionSettings, site: Site, year: int) -> Calendar:
    """Give the calendar of a year and the next."""
    first, last = date(year, 1, 1), date(year + 1, 12, 31)
    name = _("Holidays and closures: %(mission)s") % {"mission": mission.name}
    made = Calendar()
    made.add("prodid", f"-//Chancery//{site.hostname}//{get_language().upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", DAY, parameters={"VALUE": "DURATION"})
    stamp = datetime(year, 1, 1, tzinfo=UTC)  # not the clock: the same days are the same bytes
    for event in [*holiday_events(mission, site, first, last), *closures(site, first, last)]:
        event.add("dtstamp", stamp)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return made


def holiday_events(mission: MissionSettings, site: Site, first: date, last: date) -> list[Event]:
    """Give the holidays the mission keeps; several of one day and country are numbered."""
    events, seen = [], {}
    for holiday in hours.holidays_between(mission.holiday_calendars, first, last):
        key = f"{holiday.calendar.lower()}-{holiday.date.isoformat()}"
        seen[key] = seen.get(key, 0) + 1
        event = whole_days(holiday.date, holiday.date, name_of(holiday))
        event.add("uid", f"holiday-{key}-{seen[key]}@{site.hostname}")
        event.add("description", str(hours.CALENDARS[holiday.calendar]))
        events.append(event)
    return events


def name_of(holiday: hours.Holiday) -> str:
    """Name a holiday, and say when its date is not certain."""
    return f"{holiday.name} ({_('date estimated')})" if holiday.estimated else holiday.name


def closures(site: Site, first: date, last: date) -> list[Event]:
    """Give the closures that touch these years; one of a service names it."""
    rows = Closure.objects.for_site(site).filter(first__lte=last, last__gte=first)
    events = []
    for row in rows.select_related("schedule"):
        words = {"service": row.schedule, "reason": row.reason}
        whole = _("Closed: %(reason)s") % words
        part = _("%(service)s closed: %(reason)s") % words
        event = whole_days(row.first, row.last, part if row.schedule else whole)
        event.add("uid", f"closure-{row.pk}@{site.hostname}")
        events.append(event)
    return events


def whole_days(first: date, last: date, words: str) -> Event:
    """Give an event of whole days, the last one included."""
    event = Event()
    event.add("summary", xml_text(words))
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    return event
