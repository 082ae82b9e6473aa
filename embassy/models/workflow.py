"""Who wrote a page's words since they were public, and the step in which a second person looks."""

import hashlib

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageLogEntry, Revision, Task, TaskState

from embassy import approval
from embassy.models.scoped import ScopedQuerySet

APPROVE, RETURN = "approve", "reject"
"""What Wagtail calls the two answers."""
FILE_CHANGED = "embassy.file_changed"
"""What the log of a page calls another picture or document behind its words."""
IN_NONE = 2**62
"""Stands for the revision of words that are in none yet: later than any there is."""


def reading_of(revision: Revision) -> str:
    """Tell the words of a revision from anything that was stored before or after; no secret.

    The editor stores over its own last revision while somebody types, so the number is not enough.
    Nor is the moment: a file on the page may have become another since.
    """
    files = PageLogEntry.objects.filter(page=int(revision.object_id), action=FILE_CHANGED)
    stored = f"{revision.pk} {revision.created_at.isoformat()} {files.count()}"
    return hashlib.sha256(stored.encode()).hexdigest()[:32]


class PageWriterQuerySet(models.QuerySet):
    """Who wrote words that are not public yet."""

    def of(self, page: Page) -> "PageWriterQuerySet":
        """Keep those of one page."""
        return self.filter(page_id=page.pk)

    def until(self, revision: int) -> "PageWriterQuerySet":
        """Keep who has nothing left to answer for here once a revision is public.

        Who typed a text that was not in it answers for the revision that it will be in.
        """
        return self.filter(models.Q(revision__lte=revision) | models.Q(revision=IN_NONE))


class PageWriter(models.Model):
    """Somebody who stored words of a page since it was last published; they may not let it out."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="page_writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.BigIntegerField(help_text="The last revision that they answer for.")

    objects = PageWriterQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("writer")
        constraints = [
            models.UniqueConstraint(fields=["page", "user"], name="writer_once_a_page"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class BrokenGlassQuerySet(ScopedQuerySet):
    """Pages that one person let out."""

    def unconfirmed(self) -> "BrokenGlassQuerySet":
        """Keep what no second person has confirmed, the latest first."""
        return self.filter(confirmed_at=None).order_by("-at")


class BrokenGlass(models.Model):
    """Words of a page that one person let out alone; only `publishing` writes it."""

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.BigIntegerField(help_text="The words that went out.")
    before = models.BigIntegerField(null=True, help_text="The words that were public before.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    writers = models.JSONField(help_text="Who answers for the words, and so cannot confirm them.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = BrokenGlassQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("page let out alone")
        verbose_name_plural = gettext_lazy("pages let out alone")

    def __str__(self) -> str:
        return f"{self.page}: {self.by}"


class SecondPersonTask(Task):
    """Waits for somebody of the mission who wrote none of the words; Wagtail runs it.

    Who that may be the type of the page says (`approved_by`), by roles; there is nothing to choose.
    """

    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="second_person_task"
    )

    class Meta:
        verbose_name = gettext_lazy("approval by a second person")
        verbose_name_plural = gettext_lazy("approvals by a second person")

    def start(self, workflow_state, user=None) -> TaskState:
        """Begin to wait; who submits answers for the words like a writer."""
        state = super().start(workflow_state, user=user)
        if user is not None:
            PageWriter.objects.update_or_create(
                page_id=int(workflow_state.object_id),
                user=user,
                defaults={"revision": state.revision_id},
            )
        return state

    def why_not_by(self, page: Page, user) -> str:
        """Say why an account cannot answer for a page's words; empty when it can."""
        if not approval.has_role(user, self.site, approved_by(page)):
            return _("Your role does not approve pages of this kind.")
        writers = PageWriter.objects.of(page).values_list("user_id", flat=True)
        if not approval.is_second_person(user, set(writers)):
            return approval.second_person_needed()
        return ""

    def why_not(self, state: TaskState, user, action: str, read: str, comment: str) -> str:
        """Say why an answer is refused now; empty when it is not."""
        if state.status == TaskState.STATUS_APPROVED:
            return _("A colleague was faster: this has been approved already.")
        if state.status != TaskState.STATUS_IN_PROGRESS:
            return _("This no longer waits for approval. Look at it again.")
        page = Page.objects.get(pk=state.revision.object_id)
        if sentence := self.why_not_by(page, user):
            return sentence
        if action == APPROVE and read != reading_of(page.latest_revision):
            return _("The words changed after you opened them. Read them again.")
        if action == RETURN and not comment.strip():
            return _("Say why you return it, so that the writer knows what to change.")
        return ""

    @transaction.atomic
    def on_action(self, task_state, user, action_name, read="", comment="", **kwargs) -> None:
        """Take the answer of a second person to exactly the words they read; nobody else's."""
        Page.objects.select_for_update().get(pk=task_state.revision.object_id)
        task_state.refresh_from_db()
        if sentence := self.why_not(task_state, user, action_name, read, comment):
            raise PermissionDenied(sentence)
        super().on_action(task_state, user, action_name, comment=comment)

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        """Give the answers an account may give here: none to whoever wrote part of it."""
        if self.why_not_by(obj, user):
            return []
        return [(RETURN, _("Return with a reason"), True), (APPROVE, _("Approve"), True)]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Give what waits for this account."""
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        own = [
            state.pk
            for state in waiting.select_related("revision")
            if not self.why_not_by(Page.objects.get(pk=state.revision.object_id), user)
        ]
        return waiting.filter(pk__in=own)

    @classmethod
    def get_description(cls) -> str:
        """Say what it is."""
        return _("Somebody of the mission who wrote none of the words approves them.")


def approved_by(page: Page) -> tuple[str, ...]:
    """Give the roles that let out pages of this type; none for what goes out in another way."""
    return getattr(page.specific_class, "approved_by", ())
