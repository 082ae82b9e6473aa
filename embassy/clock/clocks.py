"""The clock of a place: what it is called, and which moment a time on it means.

A time on a clock means one moment, but where clocks are changed an hour is skipped in spring, and
one comes twice in autumn. The skipped one means nothing; the other means its first time, as the
hours of services do. Zones are IANA names; moments are aware and given in UTC.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language, gettext

from embassy.clock.cities import CITIES
from embassy.language.french import of as of_in_french

UNIVERSAL = ("UTC", "Etc/UTC")


class SkippedTimeError(ValueError):
    """The clock never shows this time: it is put forward past it."""


def city_of(zone: str) -> str:
    """Give the city a zone is named for in the active language: “Bamako” of Africa/Bamako."""
    if zone in CITIES:
        return str(CITIES[zone])
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def clock_of(zone: str) -> str:
    """Name a zone's clock: “Bamako time”, « heure d’Abidjan »."""
    if zone in UNIVERSAL:
        return gettext("UTC")
    city = city_of(zone)
    if (get_language() or "").startswith("fr"):
        city = of_in_french(city)
    # Translators: in French the city comes with its preposition: “de Bamako”, “d’Abidjan”.
    return gettext("%(city)s time") % {"city": city}


def wall_time(moment: datetime, zone: str) -> datetime:
    """Give what a zone's clock shows at a moment, without a zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def moment_of(wall: datetime, zone: str) -> datetime:
    """Give the moment at which a zone's clock shows a time, the first one if there are two.

    Raises SkippedTimeError for a time that the clock never shows.
    """
    moment = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if wall_time(moment, zone) != wall:
        raise SkippedTimeError(f"{wall} in {zone}")
    return moment


def comes_twice(moment: datetime, zone: str) -> bool:
    """Whether the clock shows the time of this moment a second time, before or after."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def in_words(moment: datetime, zone: str) -> str:
    """Give a moment as day and time with the clock they are read on."""
    # Translators: a day with its time and the clock: "June 1, 2026, 14:00 (Bamako time)".
    return gettext("%(moment)s (%(clock)s)") % {
        "moment": formats.date_format(wall_time(moment, zone), "DATETIME_FORMAT"),
        "clock": clock_of(zone),
    }
