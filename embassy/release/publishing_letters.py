"""Letters about pages: to those who may approve what waits, to its writers when it is returned.

Wagtail says when a page begins to wait and when it is returned, whichever screen or program did it.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import signal_handlers
from wagtail.models import Page, TaskState
from wagtail.signals import task_rejected, task_submitted

from embassy import approval
from embassy.mail import letters
from embassy.mail.letters import Told, Why
from embassy.models.letter import Letter
from embassy.models.users import User
from embassy.models.workflow import PageWriter, SecondPersonTask, approved_by

ABOUT = "page"


def when_submitted(sender, instance: TaskState, user, **kwargs) -> None:
    """Tell whoever may approve it."""
    task, page = instance.task.specific, page_of(instance)
    if not isinstance(task, SecondPersonTask):
        return
    besides = {*writers_of(page), user.pk if user else None}
    people = approval.people_in(approved_by(page), task.site).exclude(pk__in=besides - {None})
    letters.owe(task.site, ABOUT, str(instance.pk), Why.WAITS, people, instance.started_at)


def when_returned(sender, instance: TaskState, user, **kwargs) -> None:
    """Tell whoever wrote it."""
    task = instance.task.specific
    if not isinstance(task, SecondPersonTask):
        return
    people = User.objects.filter(is_active=True, pk__in=writers_of(page_of(instance)))
    at = instance.finished_at
    letters.owe(task.site, ABOUT, str(instance.pk), Why.CAME_BACK, people, at)


def page_of(state: TaskState) -> Page:
    """Give the page whose words wait."""
    return Page.objects.get(pk=state.revision.object_id)


def writers_of(page: Page) -> set[int]:
    """Give the keys of who answers for the words."""
    return set(PageWriter.objects.of(page).values_list("user_id", flat=True))


def tell(letter: Letter, at: datetime) -> Told | None:
    """Word a line, unless somebody answered, or wrote on, since."""
    state = TaskState.objects.filter(pk=letter.key).select_related("revision").first()
    if state is None:
        return None
    page = page_of(state)
    what = {"what": named(page)}
    path = reverse("publishing_desk", args=[page.pk])
    if letter.why == Why.CAME_BACK:
        is_back = TaskState.objects.filter(workflow_state=state.workflow_state).last() == state
        still = is_back and state.status == TaskState.STATUS_REJECTED
        return Told(_("A page came back to you: %(what)s.") % what, path) if still else None
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    if state.task.specific.why_not_by(page, letter.to):
        return None
    return Told(_("A page waits for a second person: %(what)s.") % what, path)


def named(page: Page) -> str:
    """Name a page as far as that is public: by the title readers see, or else by its kind."""
    kind = str(page.page_type_display_name)
    return _("%(kind)s “%(title)s”") % {"kind": kind, "title": page.title} if page.live else kind


letters.about(ABOUT, tell)
task_submitted.connect(when_submitted, dispatch_uid="embassy.letters.submitted")
task_rejected.connect(when_returned, dispatch_uid="embassy.letters.returned")


def instead_of_wagtails() -> None:
    """Keep Wagtail from sending its own letters, which it does in the middle of a step.

    A mail server that does not answer would stop the step. To be called before `wagtail.admin` is
    ready, which connects them: whoever disconnects them later has to know that it is.
    """
    signal_handlers.register_signal_handlers = lambda: None
