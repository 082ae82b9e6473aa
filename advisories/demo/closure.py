"""The demo's one alert in force, and a true one: the embassy is closed on the next holiday."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from advisories.demo.presets import ASSISTANCE
from advisories.demo.record import put_on_record
from advisories.demo.reference import kind_key
from advisories.models import AlertContact, AlertPage, AlertText
from advisories.vocabulary import Category, Certainty, ResponseType, Severity, ToldStaff, Urgency
from embassy.clock.hours import CALENDARS, ClosedDay, Schedule, closed_day
from embassy.demo import demo_site, made, page_once, part_of_demo, quoting
from embassy.demo.contacts import DUTY
from embassy.models import MissionSettings

WORDS = {
    "en": {
        "title": "The embassy is closed on {day}",
        "event": "The embassy is closed on {day}: {reason} ({calendars}).",
        "location": "U.S. Embassy in Bamako",
        "actions": "- Come on another working day.\n- Call the number below in an emergency.",
    },
    "fr": {
        "title": "L’ambassade est fermée le {day}",
        "event": "L’ambassade est fermée le {day}\N{NO-BREAK SPACE}: {reason} ({calendars}).",
        "location": "Ambassade des États-Unis à Bamako",
        "actions": "- Venez un autre jour ouvrable.\n- Appelez le numéro ci-dessous en cas "
        "d’urgence.",
    },
}


@part_of_demo(74, "closure on the next holiday", of_today=True)
def closure() -> int:
    """Announce the next working day on which a holiday closes the embassy, by its calendars."""
    mission = MissionSettings.for_site(demo_site())
    now = timezone.now()
    closed = next_closed(mission, now)
    if closed is None:
        return 0
    slug = f"closed-{closed.date.isoformat()}"
    title = text_in(mission.languages[0], mission, closed, 0).title
    fields = partial(words, mission, closed, now)
    return page_once("alerts", AlertPage, slug, title, fields, go_public=put_on_record)


def words(mission: MissionSettings, closed: ClosedDay, now: datetime) -> dict:
    """Give what the announcement holds."""
    midnight = datetime.combine(closed.date, time(), ZoneInfo(mission.time_zone))
    return {
        "kind": made(kind_key("message-for-us-citizens")),
        "effective": now.replace(second=0, microsecond=0),
        "expires": midnight + timedelta(days=1),
        "category": Category.OTHER,
        "urgency": Urgency.FUTURE,
        "severity": Severity.MINOR,
        "certainty": Certainty.LIKELY if closed.estimated else Certainty.OBSERVED,
        "response_type": ResponseType.MONITOR,
        "told_staff": ToldStaff.SAME,
        "texts": [text_in(code, mission, closed, n) for n, code in enumerate(mission.languages)],
        "contact_rows": quoting(AlertContact, DUTY),
    }


def next_closed(mission: MissionSettings, now: datetime) -> ClosedDay | None:
    """Give the next day from Monday to Friday that is a holiday, by the mission's clock."""
    calendars = tuple(mission.holiday_calendars)
    schedule = Schedule(time_zone=mission.time_zone, holiday_calendars=calendars)
    today = now.astimezone(ZoneInfo(mission.time_zone)).date()
    days = (today + timedelta(days=ahead) for ahead in range(1, 366))
    found = (closed_day(schedule, day) for day in days if day.weekday() < 5)
    return next((day for day in found if day), None)


def text_in(language: str, mission: MissionSettings, closed: ClosedDay, order: int) -> AlertText:
    """Give the announcement in a language, which names the day and the holiday in its own way."""
    schedule = Schedule(holiday_calendars=tuple(mission.holiday_calendars))
    with override(language):
        day = date_format(closed.date, "DATE_FORMAT")
        told = {"day": day, "reason": closed_day(schedule, closed.date).reason}
        told["calendars"] = ", ".join(str(CALENDARS[code]) for code in closed.calendars)
    words = {name: text.format(**told) for name, text in WORDS[language].items()}
    assistance = ASSISTANCE.in_language(language)
    return AlertText(sort_order=order, language=language, assistance=assistance, **words)
