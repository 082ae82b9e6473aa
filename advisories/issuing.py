"""Issuing: what was cleared becomes the frozen rows that all faces read.

Only `lifecycle` calls this, inside a step that asked for the right and holds the lock.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail.search import index

from advisories import outbox
from advisories.freezing import frozen
from advisories.languages import fault_in
from advisories.models import Clearance, Issue, Issued, Writer
from advisories.overtaken import refuse_when_over
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.models import MissionSettings
from embassy.texts.invisible import invisible_in


def let_out(page, clearance: Clearance, at: datetime, approver, **how) -> Issue:
    """Write the frozen rows of what was cleared; from the commit on every face reads them."""
    Page.objects.select_for_update().get(pk=page.pk)
    words = words_cleared(page, clearance, at)
    if approver is not None:
        refuse_too_late(words, clearance, at)
        refuse_not_spoken(words, clearance)
    issue, rows = frozen(words, clearance, at, writers=writers_of(page), approver=approver, **how)
    if not clearance.is_end:  # words that were issued may be ended
        refuse_unseen(*(row.content for row in rows))
    issue.save()
    for row in rows:
        row.issue = issue
    Issued.objects.bulk_create(rows)
    outbox.owe(issue)
    if not issue.is_drill:  # the row of a drill stays unpublished, so that nothing lists it
        words.latest_revision.publish(user=approver, skip_permission_checks=True)
    transaction.on_commit(lambda: index.insert_or_update_object(words))
    return issue


def words_cleared(page, clearance: Clearance, at: datetime):
    """Give the warning with the words of the revision that was cleared.

    A review without change has a day of its own; it is stored with the words it was about.
    """
    revision = Revision.objects.filter(pk=clearance.revision).first()
    words = revision.as_object() if revision else page.specific
    if clearance.act == Act.REVIEWED:
        zone = ZoneInfo(MissionSettings.for_site(clearance.site).time_zone)
        words.reviewed_on = at.astimezone(zone).date()
        clearance.revision = words.save_issued_words().pk
    return words


def refuse_too_late(words, clearance: Clearance, at: datetime) -> None:
    """Refuse what time has overtaken while it waited: the end of the alert has passed."""
    refuse_when_over(words, clearance.act, at)
    if not clearance.is_end and getattr(words, "expires", None) and words.expires <= at:
        raise Refused(_("Its end has passed while it waited. Return it, to choose a later one."))


def refuse_not_spoken(words, clearance: Clearance) -> None:
    """Refuse a text in a language that the mission dropped while it waited."""
    codes = [text.language for text in words.texts.all()]
    spoken = MissionSettings.for_site(clearance.site).languages
    if not clearance.is_end and (fault := fault_in(codes, spoken)):
        raise Refused(fault)


def refuse_unseen(*said) -> None:
    """Refuse what holds a character that nobody sees."""
    if sentence := invisible_in(said):
        raise Refused(sentence)


def writers_of(page) -> list[int]:
    """Give the keys of everybody who wrote words of a warning since it was last issued."""
    number = last_number(page)
    return list(Writer.objects.since_issue(page, number).values_list("user_id", flat=True))


def last_number(page) -> int:
    """Give the number of a warning's last issue; 0 before the first."""
    return Issue.objects.of(page).values_list("number", flat=True).first() or 0
