"""What time has overtaken: steps that come too late for a warning that is over."""

from datetime import datetime

from django.utils.translation import gettext as _

from advisories.models import Issued
from advisories.vocabulary import ENDS_IT, REOPENING, Act
from embassy.approval import Refused


def why_too_late(page, act: str, at: datetime) -> str:
    """Say why an act comes too late for what was issued of a warning; nothing when it does not.

    Records of the past may be put right at any time, but there is nothing of them to end.
    """
    row = Issued.objects.current_of(page).first()
    if row is None or act not in (*ENDS_IT, *REOPENING[page.issued_kind]):
        return ""
    if row.is_historic:
        return _("This is a record of the past: it is not in force.") if act in ENDS_IT else ""
    if row.expires and row.expires <= at:
        return _("This alert is over. Write a new alert on the same incident.")
    return ""


def refuse_when_over(page, act: str, at: datetime) -> None:
    """Refuse to go on with an alert that has ended."""
    if sentence := why_too_late(page, act, at):
        raise Refused(sentence)


def is_over(page, at: datetime) -> bool:
    """Whether a warning was issued and may neither be updated nor ended any more."""
    return bool(why_too_late(page, Act.UPDATE, at))
