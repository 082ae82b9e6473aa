"""When the shared app's pages change by themselves: services open and close."""

from datetime import datetime

from wagtail.models import Site

from embassy.cache import moment_of_change
from embassy.clock import hours
from embassy.facts import facts_of
from embassy.models import MissionSettings


@moment_of_change
def service_opens_or_closes(site: Site, at: datetime) -> datetime | None:
    """Give when the next of a mission's services opens or closes."""
    facts = facts_of(MissionSettings.for_site(site))
    open_hours = [facts.schedules[row.schedule_id] for row in facts.services]
    changes = [hours.next_change(schedule, at) for schedule in open_hours]
    return min(filter(None, changes), default=None)
