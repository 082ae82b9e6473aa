"""Where the words under way of a warning stand on their way to being issued, and who wrote them."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from advisories.models.issue import Issue
from advisories.vocabulary import ENDING, Act, State
from embassy.fields import TextsField
from embassy.models.scoped import ScopedQuerySet


class ClearanceQuerySet(ScopedQuerySet):
    """Warnings on their way."""

    def awaiting(self) -> "ClearanceQuerySet":
        """Keep what waits for an approver, the oldest first."""
        return self.filter(state=State.REVIEW).order_by("submitted_at")

    def being_written(self) -> "ClearanceQuerySet":
        """Keep what somebody has yet to finish."""
        return self.filter(state__in=[State.DRAFT, State.RETURNED])


class Clearance(models.Model):
    """The state of the words under way of one warning; only `lifecycle` changes it."""

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="clearance")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    act = models.CharField(_("act"), max_length=10, choices=Act.choices, default=Act.ISSUE)
    note = TextsField(_("what readers are told"), blank=True)
    reason = models.TextField(_("why it was returned"), blank=True)
    revision = models.BigIntegerField(null=True, help_text="The revision that was submitted.")
    said = models.CharField(
        max_length=64, blank=True, help_text="Digest of all that was to be frozen when submitted."
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")

    def __str__(self) -> str:
        return f"{self.page}: {self.get_state_display()}"

    @property
    def reading(self) -> str:
        """Tell what waits for approval from anything that waited before it or will after it.

        Whoever approves gives back what they read: the act, its note, the words, and this
        submission of them. None of it is secret.
        """
        when = self.submitted_at and self.submitted_at.timestamp()
        parts = [self.act, dict(self.note), self.revision, self.said, when]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def is_end(self) -> bool:
        """Whether what is submitted ends or reviews the warning, and has no words to write."""
        return any(self.act in acts for acts in ENDING.values())


class WriterQuerySet(models.QuerySet):
    """Who wrote words under way."""

    def since_issue(self, page, number: int) -> "WriterQuerySet":
        """Keep everybody who wrote since an issue of a warning (0: since it was begun)."""
        return self.filter(page_id=page.pk, after=number)

    def under_way(self) -> "WriterQuerySet":
        """Keep everybody who wrote since each warning was last issued, or since it was begun."""
        issues = Issue.objects.filter(page=models.OuterRef("page")).order_by("-number")
        last = Coalesce(models.Subquery(issues.values("number")[:1]), 0)
        return self.filter(after=last)


class Writer(models.Model):
    """Somebody who changed a warning since it was last issued; they may not approve it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    after = models.PositiveIntegerField(help_text="Number of the issue they wrote after.")

    objects = WriterQuerySet.as_manager()

    class Meta:
        verbose_name = _("writer")
        constraints = [
            models.UniqueConstraint(fields=["page", "user", "after"], name="writer_once_an_issue")
        ]

    def __str__(self) -> str:
        return str(self.user)
