"""When warnings change by themselves: they come into force and they end."""

from datetime import datetime

from wagtail.models import Site

from advisories.standing import standing_rows
from embassy.cache import moment_of_change


@moment_of_change
def warning_begins_or_ends(site: Site, at: datetime) -> datetime | None:
    """Give when the next of a mission's warnings comes into force or ends."""
    rows = standing_rows(site, at)
    times = [time for row in rows for time in (row["effective"], row["expires"])]
    return min((time for time in times if time and time > at), default=None)
