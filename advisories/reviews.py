"""When an advisory is due for review, and whether that is past."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from advisories.models.issued import Issued, once_each
from advisories.vocabulary import Level
from embassy.models import MissionSettings

AHEAD = timedelta(days=30)
"""So long before it is due, a review is called to mind."""


@dataclass(frozen=True)
class Review:
    """An advisory's last review and its next."""

    row: Issued
    level: int
    reviewed: date
    due: date
    days_left: int

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been reviewed by now."""
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        """For how many days it has been overdue."""
        return max(0, -self.days_left)

    @property
    def level_name(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)


def reviews_of(sites, at: datetime) -> list[Review]:
    """Give the reviews of the advisories in force in missions, those due first coming first."""
    rows = Issued.objects.filter(site__in=sites).advisories().current().in_force(at)
    rows = once_each(rows.select_related("page", "site"), get_language())
    return sorted((review_of(row, at) for row in rows), key=lambda review: review.due)


def reviews_due(sites, at: datetime) -> list[Review]:
    """Give the reviews that are overdue, or soon will be."""
    return [one for one in reviews_of(sites, at) if one.days_left <= AHEAD.days]


def review_of(row: Issued, at: datetime) -> Review:
    """Give an advisory's review, days counted on its mission's clock."""
    clock = ZoneInfo(MissionSettings.for_site(row.site).time_zone)
    reviewed = date.fromisoformat(row.content["reviewed_on"])
    due = review_due(row.content["level"], reviewed)
    return Review(
        row, row.content["level"], reviewed, due, (due - at.astimezone(clock).date()).days
    )


def overdue_since(level: int, reviewed: date, today: date) -> date | None:
    """Give the day by which an advisory should have been reviewed, if that is past."""
    due = review_due(level, reviewed)
    return due if today > due else None


def overdue_from(level: int, reviewed: date, clock: ZoneInfo) -> datetime:
    """Give the midnight of a clock at which an advisory's review becomes overdue."""
    return datetime.combine(review_due(level, reviewed) + timedelta(days=1), time(), clock)


def review_due(level: int, reviewed: date) -> date:
    """Give the last day on which the next review is in time."""
    months = settings.ADVISORY_REVIEW_MONTHS[level]
    years, month = divmod(reviewed.month - 1 + months, 12)
    last_day = monthrange(reviewed.year + years, month + 1)[1]
    return date(reviewed.year + years, month + 1, min(reviewed.day, last_day))
