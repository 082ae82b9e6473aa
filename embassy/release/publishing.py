"""Every way in which a page's words reach the public: by a second person, or by breaking the glass.

Each is one transaction under the page's lock, so that two at once do it once. `approval` words the
rule; Wagtail's workflow keeps what waits; `SecondPersonTask` asks who approves. What a program
publishes (a new mission's tree, demo content, a schedule that was approved) has no account behind
it and passes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Page,
    PageLogEntry,
    Revision,
    Site,
    TaskState,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from embassy import approval
from embassy.approval import Refused
from embassy.mission.belonging import site_of
from embassy.models.scoped import LONGEST_REASON
from embassy.models.workflow import (
    APPROVE,
    RETURN,
    BrokenGlass,
    PageWriter,
    SecondPersonTask,
    approved_by,
    reading_of,
)
from embassy.translations import standing

GLASS = ("break_glass",)
BROKE = "embassy.break_glass"
CONFIRMED = "embassy.confirm_alone"
BESIDE_WORDS = {
    *("wagtail_admin_comments", "latest_revision", "latest_revision_created_at"),
    *("has_unpublished_changes", "draft_title"),
}
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")  # what the log calls it


@contextmanager
def held(page: Page) -> Iterator[Page]:
    """Let nobody else store, submit or publish a page's words until the end of the block."""
    with transaction.atomic():
        yield Page.objects.select_for_update().get(pk=page.pk)


def set_up(site: Site) -> Workflow:
    """Give a mission's workflow, made if need be; safe to run again."""
    task = SecondPersonTask.objects.filter(site=site).first()
    if task is None:
        task = SecondPersonTask.objects.create(site=site, name=f"Second person: {site.hostname}")
    found = Workflow.objects.filter(workflow_tasks__task=task).first()
    if found is None:
        found = Workflow.objects.create(name=task.name)
        WorkflowTask.objects.create(workflow=found, task=task)
    return found


def workflow_of(site: Site | None) -> Workflow | None:
    """Give a mission's workflow."""
    found = Workflow.objects.active().filter(workflow_tasks__task__secondpersontask__site=site)
    return found.first() if site is not None else None


# Who wrote what


def writers_of(page: Page) -> set[int]:
    """Give the ids of everybody who answers for words of a page that are not public yet."""
    return set(PageWriter.objects.of(page).values_list("user_id", flat=True))


def has_written(page: Page, user, revision: Revision, taken_up: Revision | None = None) -> None:
    """Note who stored words; old words that somebody took up again bring along their writers.

    What waits for approval goes on waiting, with these words: whoever approves reads them anew.
    """
    people = authors_of(page, taken_up) if taken_up else set()
    for pk in people | ({user.pk} if user is not None else set()):
        PageWriter.objects.update_or_create(
            page_id=page.pk, user_id=pk, defaults={"revision": revision.pk}
        )
    waiting(page).exclude(revision=revision).update(revision=revision)


def says_the_same(page: Page, revision: Revision) -> bool:
    """Whether a revision has the words of the one before, whatever was commented on them."""
    last_two = page.revisions.filter(pk__lte=revision.pk).order_by("-pk")[:2]
    words = [words_in(content) for content in last_two.values_list("content", flat=True)]
    return len(words) == 2 and words[0] == words[1]


def words_in(content: dict) -> dict:
    """Give what a revision holds but for colleagues' comments and what saving itself changes."""
    return {name: kept for name, kept in content.items() if name not in BESIDE_WORDS}


def authors_of(page: Page, revision: Revision) -> set[int]:
    """Give who wrote the words of a revision since what was published before; none if it was."""
    published = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHED)
    before = published.filter(revision__lte=revision.pk).order_by("-revision_id")
    last = before.values_list("revision_id", flat=True).first() or 0
    found = page.revisions.filter(pk__gt=last, pk__lte=revision.pk).exclude(user=None)
    return set(found.values_list("user_id", flat=True))


def went_out(page: Page, revision: Revision) -> None:
    """Forget who wrote words that are public now; a schedule is not."""
    if Page.objects.filter(pk=page.pk, live_revision=revision.pk).exists():
        PageWriter.objects.of(page).until(revision.pk).delete()
        standing.went_out(page, revision.pk)


def is_scheduled(page: Page) -> bool:
    """Whether words of a page were approved to go out later."""
    return page.revisions.exclude(approved_go_live_at=None).exists()


def under_way(sites: list[Site]) -> list[WorkflowState]:
    """Give what waits in missions or was returned, the oldest first, with `about` and `mission`."""
    mission = "workflow__workflow_tasks__task__secondpersontask__site"
    states = WorkflowState.objects.active().filter(**{f"{mission}__in": sites})
    states = states.annotate(mission=F(mission))
    states = states.select_related("requested_by", "current_task_state__revision")
    found = list(states.order_by("current_task_state__started_at"))
    pages = Page.objects.in_bulk([int(state.object_id) for state in found])
    for state in found:
        state.about = pages[int(state.object_id)]
    return found


def is_approved(page: Page) -> bool:
    """Whether the words under way were approved, and go out by themselves at their time."""
    revision = page.latest_revision
    return revision is not None and revision.approved_go_live_at is not None


def is_let_out(revision: Revision) -> bool:
    """Whether words are public, or were approved to be: nothing may be stored over them."""
    stored = Revision.objects.get(pk=revision.pk)
    public = Page.objects.filter(live_revision=revision.pk).exists()
    return public or stored.approved_go_live_at is not None


# The rule where words become public


def refuse_alone(page: Page, revision: Revision, user) -> None:
    """Refuse an account that lets out words of which it is not the second person."""
    if BrokenGlass.objects.filter(page=page.pk, revision=revision.pk, by=user).exists():
        return
    latest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)
    approved = TaskState.objects.filter(
        revision=revision.pk,
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
        task__secondpersontask__site=site_of(page),
    )
    task = SecondPersonTask.objects.filter(site=site_of(page)).first()
    if task is None or latest != revision.pk or not approved.exists():
        raise PermissionDenied(_("It goes out when a second person approves it. Submit it."))
    if sentence := task.why_not_by(page, user):
        raise PermissionDenied(sentence)


# The steps


def waiting(page: Page):
    """Give what of a page waits for approval: one row, or none."""
    states = WorkflowState.objects.for_instance(page.specific_deferred)
    return TaskState.objects.filter(
        workflow_state__in=states.filter(status=WorkflowState.STATUS_IN_PROGRESS),
        status=TaskState.STATUS_IN_PROGRESS,
    )


def last_state(page: Page) -> TaskState | None:
    """Give what waits, or else what waited last."""
    states = WorkflowState.objects.for_instance(page.specific_deferred)
    past = TaskState.objects.filter(workflow_state__in=states).order_by("-pk")
    return waiting(page).first() or past.first()


def latest_of(page: Page) -> TaskState:
    """Give what waits, or else what waited last; refuses when nothing ever did."""
    found = last_state(page)
    if found is None:
        raise Refused(_("This no longer waits for approval. Look at it again."))
    return found


def submit(page: Page, by) -> None:
    """Hand the words under way to a second person; who does it answers for them like a writer."""
    if not approved_by(page) or not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    with held(page) as stored:
        standing.refuse_not_handed_in(stored)
        if stored.live and not stored.has_unpublished_changes:
            raise Refused(_("Readers see these words already."))
        state = page.workflow_states.active().first()
        if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
            raise Refused(_("This waits for approval already."))
        if is_approved(stored):
            raise Refused(_("This was approved already. It goes out by itself at its time."))
        if state:
            state.resume(by)
        else:
            page.get_workflow().start(page, by)


def withdraw(page: Page, by) -> None:
    """Take back what waits, to go on with it later."""
    with held(page):
        state = latest_of(page)
        if state.status != TaskState.STATUS_IN_PROGRESS:
            raise Refused(_("This no longer waits for approval. Look at it again."))
        if by.pk not in writers_of(page):
            raise PermissionDenied
        state.workflow_state.cancel(user=by)


def approve(page: Page, by, read: str) -> None:
    """Publish what waits, or schedule it, if it is what the approver has read (`reading_of`)."""
    answer(page, by, APPROVE, read=read)


def give_back(page: Page, by, reason: str) -> None:
    """Return what waits to its writers, with the reason."""
    answer(page, by, RETURN, comment=typed(reason))


def answer(page: Page, by, action: str, read: str = "", comment: str = "") -> None:
    """Take an approver's answer; what is refused is said in a sentence."""
    with held(page):
        state = latest_of(page)
        task = state.task.specific
        if sentence := task.why_not(state, by, action, read, comment):
            raise Refused(sentence)
        task.on_action(state, by, action, read=read, comment=comment)


def break_glass(page: Page, by, at: datetime, reason: str, read: str) -> BrokenGlass:
    """Publish the words under way alone; everybody is told until a second person confirms.

    The caller has asked for proof that it is who the account belongs to (`proof.prove`).
    """
    site = site_of(page)
    if not may_break_glass(page, by, site):
        raise PermissionDenied
    reason = typed(reason)
    if not reason:
        raise Refused(_("Say why this cannot wait for a second person."))
    with held(page) as stored:
        standing.refuse_not_handed_in(stored)
        revision = stored.latest_revision
        if revision is None or read != reading_of(revision):
            raise Refused(_("The words changed after you opened them. Read them again."))
        if revision.pk == stored.live_revision_id:
            raise Refused(_("Readers see these words already."))
        glass = BrokenGlass(site=site, page_id=page.pk, by=by, at=at, reason=reason)
        glass.revision, glass.before = revision.pk, stored.live_revision_id
        glass.writers = sorted(writers_of(page) | {by.pk})
        glass.save()
        log(instance=page, action=BROKE, user=by, data={"reason": reason}, revision=revision)
        revision.publish(user=by)
    return glass


def may_break_glass(page: Page, user, site: Site | None) -> bool:
    """Whether an account may let this page out alone: the role, and the right to write it."""
    if site is None or not approved_by(page) or not approval.has_role(user, site, GLASS):
        return False
    return page.permissions_for_user(user).can_edit()


def confirm(page: Page, by, at: datetime, number: int | None) -> BrokenGlass:
    """Stand by words that a colleague let out alone, the ones that were read."""
    with held(page):
        glass = BrokenGlass.objects.unconfirmed().filter(page=page.pk, pk=number).first()
        if glass is None:
            raise Refused(_("There is nothing to confirm: two people stand behind this."))
        if not approval.has_role(by, glass.site, approved_by(page)):
            raise PermissionDenied
        if not approval.is_second_person(by, glass.writers):
            raise Refused(approval.second_person_needed())
        glass.confirmed_by, glass.confirmed_at = by, at
        glass.save(update_fields=["confirmed_by", "confirmed_at"])
        log(instance=page, action=CONFIRMED, user=by, data={"revision": glass.revision})
    return glass


def typed(reason: str) -> str:
    """Read a reason as somebody typed it; refuses what no form would take."""
    try:
        return forms.CharField(required=False, max_length=LONGEST_REASON).clean(reason)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
