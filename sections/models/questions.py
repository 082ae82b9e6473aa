"""Questions that readers asked an office by form."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from embassy.models import User
from embassy.models.scoped import Scoped, ScopedQuerySet


class QuestionQuerySet(ScopedQuerySet):
    """Questions of missions."""

    def waiting(self) -> "QuestionQuerySet":
        """Keep those nobody has settled."""
        return self.filter(state=Question.State.WAITING)

    def of_office(self, office_id: int) -> "QuestionQuerySet":
        """Keep those of one office."""
        return self.filter(office=office_id)

    def in_order(self) -> "QuestionQuerySet":
        """Order them as a list shows them, the newest first."""
        return self.select_related("site", "settled_by").order_by("-asked_at", "-pk")

    def to_erase(self, at: datetime) -> "QuestionQuerySet":
        """Keep those of which nothing personal may be kept any longer at a moment."""
        settled = at - timedelta(days=settings.QUESTIONS["settled_days"])
        waited = at - timedelta(days=settings.QUESTIONS["waiting_days"])
        is_old = Q(settled_at__lte=settled) | Q(asked_at__lte=waited)
        return self.filter(is_old, erased_at=None)


class Question(Scoped):
    """A question, who asks and where to answer; only `sections.questions` writes it."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        SET_ASIDE = "set_aside", _("Set aside")

    office = models.ForeignKey(
        "sections.OfficePage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    office_name = models.CharField(_("office"), max_length=255)
    reference = models.CharField(_("reference"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("question"), blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    mail = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    settled_by = models.ForeignKey(
        User, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(_("when"), null=True)
    note = models.TextField(_("note"), blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True)

    objects = QuestionQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # a question is no use of its office's page

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["site", "reference"], name="one_question_per_reference")
        ]
        indexes = [models.Index(fields=["site", "state", "-asked_at"], name="questions_by_state")]

    def __str__(self) -> str:
        return f"{self.reference}, {self.office_name}"
