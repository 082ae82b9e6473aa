"""When warnings change by themselves: they come into force, they end, their review is overdue."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from wagtail.models import Site

from advisories import reviews
from advisories.standing import standing_rows
from embassy.cache import moment_of_change
from embassy.models import MissionSettings


@moment_of_change
def warning_begins_or_ends(site: Site, at: datetime) -> datetime | None:
    """Give when the next of a mission's warnings comes into force, ends or is overdue."""
    rows = standing_rows(site, at)
    times = [moment for row in rows for moment in (row["effective"], row["expires"])]
    times += [overdue_from(row, site) for row in rows if row["level"]]
    return min((moment for moment in times if moment and moment > at), default=None)


def overdue_from(row: dict, site: Site) -> datetime:
    """Give the mission's midnight at which an advisory's review becomes overdue."""
    clock = ZoneInfo(MissionSettings.for_site(site).time_zone)
    return reviews.overdue_from(int(row["level"]), date.fromisoformat(row["reviewed_on"]), clock)
