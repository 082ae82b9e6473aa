"""When an advisory is due for review, and whether that is past."""

from calendar import monthrange
from datetime import date

from django.conf import settings


def overdue_since(level: int, reviewed: date, today: date) -> date | None:
    """Give the day by which an advisory should have been reviewed, if that is past."""
    due = review_due(level, reviewed)
    return due if today > due else None


def review_due(level: int, reviewed: date) -> date:
    """Give the last day on which the next review is in time."""
    months = settings.ADVISORY_REVIEW_MONTHS[level]
    years, month = divmod(reviewed.month - 1 + months, 12)
    last_day = monthrange(reviewed.year + years, month + 1)[1]
    return date(reviewed.year + years, month + 1, min(reviewed.day, last_day))
