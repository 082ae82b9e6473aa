"""Every change of state of a warning; `issuing` then writes the frozen rows that all faces read.

Each step is one function, one transaction, and one lock on the warning's clearance, so that two
officers at once do it once. `vocabulary.TRANSITIONS` says which steps there are and who may take
them; nothing else in the service changes what the public reads of a warning.
"""

from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from advisories import letters
from advisories.freezing import (
    digest_of,
    refuse_another_status,
    refuse_more_than_words,
    refuse_the_same,
)
from advisories.issuing import (
    last_number,
    let_out,
    refuse_unseen,
    words_cleared,
    writers_of,
)
from advisories.models import Clearance, Confirmation, Issue, Issued, Writer
from advisories.overtaken import refuse_when_over
from advisories.readiness import check_ready
from advisories.vocabulary import ENDING, REOPENING, TRANSITIONS, Act, Right, State
from embassy import approval
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.mission.belonging import site_of


def may(user, right: Right, site) -> bool:
    """Whether an account holds a right on a mission's warnings."""
    return approval.has_right(user, site, "advisories", right)


def clearance_of(page) -> Clearance:
    """Give a warning's clearance; one that has none yet is a draft."""
    defaults = {"site": site_of(page)}
    return Clearance.objects.get_or_create(page_id=page.pk, defaults=defaults)[0]


def has_written(page, user) -> None:
    """Note that somebody changed the words under way."""
    Writer.objects.get_or_create(page_id=page.pk, user=user, after=last_number(page))


@contextmanager
def held(page):
    """Let nobody else change a warning's state or words until the end of the block."""
    clearance_of(page)
    with transaction.atomic():
        yield Clearance.objects.select_for_update().get(page_id=page.pk)


@contextmanager
def step(name: str, page, by, told: dict | None = None):
    """Take a step of a warning's life: lock, check state and right, and store the new state.

    The log keeps the number of the latest issue, what an end would have told readers, and `told`.
    """
    transition = TRANSITIONS[name]
    with held(page) as clearance:
        if not may(by, transition.right, clearance.site):
            raise PermissionDenied
        if clearance.state not in transition.sources:
            raise Refused(why_not_now(name, clearance))
        if transition.of_end not in (None, clearance.is_end):
            raise Refused(why_not_of_this(clearance))
        if transition.by_another and not approval.is_second_person(by, writers_of(page)):
            raise Refused(approval.second_person_needed())
        yield clearance
        clearance.state = transition.target
        clearance.save()
        data = {"act": clearance.act, "state": clearance.state, "number": last_number(page)}
        data |= {"note": dict(clearance.note)} if clearance.is_end else {}
        log(instance=page, action=f"advisories.{name}", user=by, data=data | (told or {}))


def why_not_now(name: str, clearance: Clearance) -> str:
    """Say why a step cannot be taken from where a warning stands.

    What was taken back, returned or discarded left no revision that was cleared: nothing went out.
    """
    of_review = TRANSITIONS[name].sources == (State.REVIEW,)
    if of_review and clearance.state == State.ISSUED and clearance.revision is not None:
        return _("A colleague was faster: this has already been issued.")
    if of_review:
        return _("This no longer waits for approval. Look at it again.")
    if clearance.state == State.REVIEW:
        return _("This waits for approval and cannot be changed. Withdraw it first.")
    if clearance.state == State.ISSUED:
        return _("This has been issued and cannot be changed. Choose Update, Cancel or All clear.")
    return _("An update of this is being written. Finish or discard it first.")


def why_not_of_this(clearance: Clearance) -> str:
    """Say why what waits is not taken back in this way."""
    if clearance.is_end:
        return _("There is nothing to write. Take it back instead: the warning stays as it is.")
    return _("These are words. Take them back to write on.")


def ready_words(page, at: datetime):
    """Give a warning with the words under way, refusing those that are not ready to go out."""
    words = page.get_latest_revision_as_object()
    refuse_another_status(words, list(Issue.objects.of(words)))
    check_ready(words, at)
    rows = words.freeze(at)
    refuse_the_same(rows, words)
    act = Clearance.objects.values_list("act", flat=True).get(page_id=page.pk)
    refuse_more_than_words(rows, words, act, at)
    return words


def submit(page, by, at: datetime) -> Clearance:
    """Hand the words under way to an approver; who does it answers for them like a writer.

    So words that no account wrote, like a feed's, need two people too.
    """
    with step("submit", page, by) as clearance:
        refuse_when_over(page, clearance.act, at)
        words = ready_words(page, at)
        has_written(page, by)
        clearance.revision = words.latest_revision_id
        clearance.said = digest_of(words_cleared(page, clearance, at), at)
        clearance.submitted_by, clearance.submitted_at, clearance.reason = by, at, ""
        letters.tell_approvers(clearance)
    return clearance


def withdraw(page, by) -> Clearance:
    """Take words back from review to go on writing."""
    with step("withdraw", page, by) as clearance:
        pass
    return clearance


@transaction.atomic
def take_back(page, by) -> Clearance:
    """Take back the end of a warning, or its review, that was submitted by mistake.

    The warning was in force all the while and stays so. Whoever submitted the end stays one of
    those who cannot approve the next step, and the log keeps what readers would have been told.
    """
    with step("take_back", page, by) as clearance:
        pass
    settle(page, clearance)
    return clearance


@transaction.atomic
def give_back(page, by, reason: str, at: datetime) -> Clearance:
    """Return words to their writer with the reason; the end of a warning is dropped altogether."""
    if not reason.strip():
        raise Refused(_("Say why you return it, so that the writer knows what to change."))
    refuse_unseen(reason)
    with step("return", page, by, {"reason": reason.strip()}) as clearance:
        clearance.reason = reason.strip()
        letters.tell_writers(clearance, at)
    if clearance.is_end:
        settle(page, clearance)
    return clearance


def approve(page, by, at: datetime, read: str) -> Issue:
    """Issue what waits for approval, if it is what the approver has read (`Clearance.reading`)."""
    with step("approve", page, by) as clearance:
        if read != clearance.reading:
            raise Refused(_("The words changed after you opened them. Read them again."))
        refuse_when_over(page, clearance.act, at)
        refuse_other_facts(page, clearance, at)
        return let_out(page, clearance, at, approver=by)


def refuse_other_facts(page, clearance: Clearance, at: datetime) -> None:
    """Refuse what is no longer what its writer submitted: a number or a place it quotes changed."""
    if not clearance.said or clearance.is_end:
        return
    if digest_of(words_cleared(page, clearance, at), at) != clearance.said:
        raise Refused(
            _(
                "What it quotes was changed since: a number, a place, or how its kind is called. "
                "Return it, to be submitted again."
            )
        )


def under_way(page, clearance: Clearance) -> str:
    """Tell what would be issued now, submitted or not, from anything before it or after it."""
    latest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)
    return f"{clearance.reading}-{latest}"


def break_glass(page, by, at: datetime, reason: str, read: str) -> Issue:
    """Issue the words under way alone, with a reason that every approver is told at once.

    They are those that the officer has read (`under_way`), not what a colleague made of them since.
    """
    if not reason.strip():
        raise Refused(_("Say why this cannot wait for a second person."))
    refuse_unseen(reason)
    reason = reason.strip()
    with step("break_glass", page, by, {"reason": reason}) as clearance:
        if read != under_way(page, clearance):
            raise Refused(_("The words changed after you opened them. Read them again."))
        refuse_when_over(page, clearance.act, at)
        if not clearance.is_end:
            clearance.revision = ready_words(page, at).latest_revision_id
        return let_out(page, clearance, at, approver=by, broke_glass=True, reason=reason)


def confirm(page, by, at: datetime, number: int | None) -> Confirmation:
    """Stand by what a colleague issued alone, if it is the issue of the number that was read."""
    told: dict = {}
    with step("confirm", page, by, told):
        issue = Issue.objects.of(page).unconfirmed().first()
        if issue is None:
            raise Refused(_("There is nothing to confirm: two people stand behind this."))
        if number != issue.number:
            raise Refused(_("Something else was issued since you opened this. Read it again."))
        if not approval.is_second_person(by, [issue.approver_id, *issue.writers]):
            raise Refused(approval.second_person_needed())
        told["number"] = issue.number
        return Confirmation.objects.create(issue=issue, by=by, at=at)


def reopen(page, by, at: datetime, act: Act) -> Clearance:
    """Begin an update of an issued warning; readers keep the issued words until it is approved."""
    with step("reopen", page, by) as clearance:
        if act not in REOPENING[page.issued_kind]:
            raise Refused(_("That cannot be done with this kind of warning."))
        refuse_when_over(page, act, at)
        begin(clearance, act)
        if act == Act.UPDATE:
            page.begin_update(at)
    return clearance


def end(page, by, at: datetime, act: Act, note: Texts | None = None) -> Clearance:
    """Hand the end of an alert, or a review without change, to an approver."""
    with step("end", page, by) as clearance:
        if act not in ENDING[page.issued_kind]:
            raise Refused(_("That cannot be done with this kind of warning."))
        if act != Act.REVIEWED:
            refuse_when_over(page, act, at)
            require_note(page, note or Texts())
        refuse_unseen(note or "")
        begin(clearance, act)
        clearance.note = note or Texts()
        clearance.revision = page.latest_revision_id
        clearance.submitted_by, clearance.submitted_at = by, at
        has_written(page, by)
        letters.tell_approvers(clearance)
    return clearance


def begin(clearance: Clearance, act: Act) -> None:
    """Forget what was said of the issue before."""
    clearance.act, clearance.note, clearance.reason, clearance.said = act, Texts(), "", ""
    clearance.revision = clearance.submitted_by = clearance.submitted_at = None


def require_note(page, note: Texts) -> None:
    """Ask for a sentence in every language the warning was issued in."""
    for row in Issued.objects.current_of(page):
        if not note.get(row.language):
            raise Refused(_("Say in each language of the alert why it no longer holds."))


@transaction.atomic
def discard(page, by) -> Clearance:
    """Give up an update: the words under way become again those that were issued."""
    with step("discard", page, by) as clearance:
        if not last_number(page):
            raise Refused(_("This was never issued. Delete the draft instead."))
    settle(page, clearance)
    return clearance


def settle(page, clearance: Clearance) -> None:
    """Put a warning back to its issued words, with nothing under way.

    Who wrote since stays on record: revisions with their words are still there to be taken up.
    """
    issue = Issue.objects.of(page).first()
    revision = Revision.objects.filter(pk=issue.revision).first()
    if revision is not None and page.latest_revision_id != revision.pk:
        revision.as_object().save_issued_words()
    clearance.state = State.ISSUED
    begin(clearance, Act(issue.act))
    clearance.save()


def put_on_record(page, at: datetime) -> Issue:
    """Issue a warning of the past, or of a mission's first content: written and let out by nobody.

    For commands only: no account and no screen leads here.
    """
    with held(page) as clearance:
        clearance.revision = page.latest_revision_id
        clearance.act = Act.UPDATE if last_number(page) else Act.ISSUE
        issue = let_out(page, clearance, at, approver=None)
        clearance.state = State.ISSUED
        clearance.save()
    return issue


@contextmanager
def words_from_feed(page, own: int | None):
    """Open a warning for words that a feed gives, unless somebody's own are under way.

    For commands only: no account and no screen leads here, and no account becomes their writer.
    `own` is the revision that the feed gave before; newer words replace it while it is untouched.
    What is raised inside leaves everything as it was.
    """
    with held(page) as clearance:
        if clearance.state == State.ISSUED:
            begin(clearance, Act.UPDATE)
            clearance.state = State.DRAFT
            clearance.save()
        elif clearance.state == State.REVIEW:
            raise Refused(_("Words wait for approval."))
        elif not untouched(page, clearance, own):
            raise Refused(_("Somebody's words are under way."))
        yield clearance
        log(instance=page, action="advisories.feed", data={"state": clearance.state})


def untouched(page, clearance: Clearance, own: int | None) -> bool:
    """Whether the words under way are those of a revision, and nobody changed or returned them."""
    latest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)
    return own is not None and latest == own and clearance.state == State.DRAFT
