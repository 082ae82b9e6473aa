"""How the steps of a warning read in the history of its page and in the report of the whole site.

The log keeps codes and what was typed; it is worded for whoever reads it, in their language. What
one officer issued alone says there too that nobody has confirmed it yet, until somebody does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import PageLogEntry

from advisories.models import Issue
from advisories.vocabulary import Act


def nothing(entry: PageLogEntry) -> list[str]:
    """Add nothing to a step's own words."""
    return []


def reason_given(entry: PageLogEntry) -> list[str]:
    """Give the reason that was typed."""
    reason = entry.data.get("reason")
    return [gettext("Reason: %(reason)s") % {"reason": reason}] if reason else []


def end_of(entry: PageLogEntry) -> list[str]:
    """Give which end or review it was about, and what readers are or would have been told."""
    act, note = entry.data.get("act"), entry.data.get("note")
    if note is None or act not in Act.values:
        return []
    return [f"{Act(act).label}.", *note.values()]


def how_it_stands(entry: PageLogEntry) -> list[str]:
    """Say whether a second officer stands behind what one issued alone, and why it was done."""
    issue = issue_alone(entry)
    if issue is None:
        return reason_given(entry)
    reason = gettext("Reason: %(reason)s") % {"reason": issue.reason}
    return [standing(issue), reason]


def standing(issue: Issue) -> str:
    """Say of an issue by one officer alone whether anybody confirmed or replaced it since."""
    if hasattr(issue, "confirmation"):
        return gettext("Confirmed since by %(who)s.") % {"who": issue.confirmation.by}
    if Issue.objects.filter(pk=issue.pk).unconfirmed().exists():
        return gettext("Not yet confirmed.")
    return gettext("Replaced since by words of two people.")


def who_confirmed(entry: PageLogEntry) -> list[str]:
    """Say who stands by whose issue."""
    issue = issue_alone(entry)
    if issue is None:
        return []
    names = {"who": entry.user_display_name, "alone": issue.approver, "number": issue.number}
    sentence = gettext("%(who)s stands by issue %(number)s, which %(alone)s issued alone.")
    return [sentence % names]


def issue_alone(entry: PageLogEntry) -> Issue | None:
    """Find the issue that a step of one officer alone, or its confirmation, is about.

    Entries of before numbers were written down are about the latest such issue of their time.
    """
    issues = Issue.objects.filter(page_id=entry.page_id, broke_glass=True)
    issues = issues.select_related("approver", "confirmation__by").order_by("-number")
    if "number" in entry.data:
        return issues.filter(number=entry.data["number"]).first()
    return issues.filter(sent__lte=entry.timestamp).first()


@dataclass(frozen=True)
class StepFormatter(LogFormatter):
    """Words a step: what was done, and then what there is to say of it besides."""

    label: str
    message: str
    details: Callable[[PageLogEntry], list[str]] = nothing

    def format_message(self, log_entry: PageLogEntry) -> str:
        """Give it in the reader's language."""
        details = self.details(log_entry)
        return " ".join([f"{self.message}.", *details]) if details else str(self.message)


STEPS = {
    "submit": StepFormatter(_("Submit for approval"), _("Submitted for approval")),
    "withdraw": StepFormatter(_("Withdraw"), _("Taken back to be written on")),
    "take_back": StepFormatter(
        _("Take back an end"), _("Its end, or its review, taken back; it stays as it was"), end_of
    ),
    "return": StepFormatter(
        _("Return"),
        _("Returned"),
        lambda entry: [*end_of(entry), *reason_given(entry)],
    ),
    "approve": StepFormatter(_("Approve a warning"), _("Approved and issued")),
    "break_glass": StepFormatter(_("Issue alone"), _("Issued by one officer alone"), how_it_stands),
    "confirm": StepFormatter(
        _("Confirm a warning"), _("Confirmed by a second officer"), who_confirmed
    ),
    "reopen": StepFormatter(_("Update"), _("Opened for an update")),
    "end": StepFormatter(
        _("End or review"), _("Its end, or its review, submitted for approval"), end_of
    ),
    "discard": StepFormatter(_("Discard"), _("Update discarded")),
    "feed": StepFormatter(_("Take from the feed"), _("Draft taken from the Department’s feed")),
}


def formatter_of(name: str) -> Callable[[], StepFormatter]:
    """Give what makes the formatter of a step, as Wagtail's register of actions wants it."""
    return lambda: STEPS[name]
