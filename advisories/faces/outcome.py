"""What became of a warning at a moment: worded once for whatever lists, shows or verifies it."""

from datetime import datetime
from enum import Enum, auto

from django.utils.translation import gettext_lazy as _

from advisories.models.issued import Issued
from advisories.vocabulary import Act
from embassy.clock import clocks


class Outcome(Enum):
    """How a warning stands at a moment, by the last that was issued of it."""

    IN_FORCE = auto()
    UPCOMING = auto()
    CANCELLED = auto()
    ALL_CLEAR = auto()
    OVER = auto()
    PAST = auto()  # a record of former years


ENDS = {Act.CANCEL: Outcome.CANCELLED, Act.ALL_CLEAR: Outcome.ALL_CLEAR}
WORDS = {
    Outcome.UPCOMING: _("Not yet in force: from %(time)s"),
    Outcome.CANCELLED: _("Cancelled on %(time)s"),
    Outcome.ALL_CLEAR: _("All clear since %(time)s"),
    Outcome.OVER: _("Over since %(time)s"),
    Outcome.PAST: _("Kept for the record; no longer in force"),
}
REPLACED = _("Replaced on %(time)s")


def outcome_of(last: Issued, at: datetime) -> Outcome:
    """Give how a warning stands, by a row of its last issue."""
    if last.is_historic:
        return Outcome.PAST
    if last.is_in_force(at):
        return Outcome.IN_FORCE
    return Outcome.UPCOMING if last.is_upcoming(at) else end_of(last)


def end_of(last: Issued) -> Outcome:
    """Give how a warning ended, or how it will by itself."""
    return ENDS.get(last.content.get("act"), Outcome.OVER)


def outcome_in_words(last: Issued, at: datetime, zone: str) -> str:
    """Say what became of a warning, on its clock or else that of `zone`; nothing while it holds."""
    outcome = outcome_of(last, at)
    if outcome is Outcome.IN_FORCE:
        return ""
    if outcome is Outcome.UPCOMING:
        return worded(outcome, last.effective, last.zone_or(zone))
    return end_in_words(last, zone)


def end_in_words(last: Issued, zone: str) -> str:
    """Say how and when a warning ended or will end; nothing of one without an end."""
    if last.is_historic:
        return str(WORDS[Outcome.PAST])
    return worded(end_of(last), last.expires, last.zone_or(zone)) if last.expires else ""


def worded(outcome: Outcome, moment: datetime, zone: str) -> str:
    """Say an outcome with its moment on a clock."""
    return WORDS[outcome] % {"time": clocks.in_words(moment, zone)}


def replaced_in_words(sent: datetime, zone: str) -> str:
    """Say when a later issue took the place of one."""
    return REPLACED % {"time": clocks.in_words(sent, zone)}
