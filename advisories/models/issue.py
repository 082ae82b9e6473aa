"""An act of issuing: who let which words of a warning out, when, and what it did to it."""

import re

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from advisories.models.frozen import Frozen
from advisories.vocabulary import ENDS_IT, Act, Status
from embassy.models.scoped import ScopedQuerySet

CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that reads like another, no vowels, no words
CODE_LENGTH = 8
NO_CODE_YET = "_" * CODE_LENGTH  # what stands for it before the issue: as long, and clearly none


def new_code() -> str:
    """Give a verification code that fits into a text message and can be read over the phone."""
    return get_random_string(CODE_LENGTH, CODE_LETTERS)


def as_code(typed: str) -> str:
    """Give the code that somebody typed, however they copied it down; nothing where it is none."""
    code = re.sub(r"[\s.-]", "", typed).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


class IssueQuerySet(ScopedQuerySet):
    """Acts of issuing."""

    def of(self, page) -> "IssueQuerySet":
        """Keep those of one warning, the latest first."""
        return self.filter(page_id=page.pk).order_by("-number")

    def actual(self) -> "IssueQuerySet":
        """Leave out drills and tests."""
        return self.filter(status=Status.ACTUAL)

    def alerts(self) -> "IssueQuerySet":
        """Keep those of alerts."""
        return self.filter(kind="alert")

    def advisories(self) -> "IssueQuerySet":
        """Keep those of travel advisories."""
        return self.filter(kind="advisory")

    def latest_of_each(self) -> "IssueQuerySet":
        """Keep the latest issue of each warning."""
        latest = Issue.objects.filter(page=models.OuterRef("page")).order_by("-number")
        return self.filter(number=models.Subquery(latest.values("number")[:1]))

    def with_first_sent(self) -> "IssueQuerySet":
        """Tell when each warning was issued for the first time, as `first_sent`."""
        first = Issue.objects.filter(page=models.OuterRef("page"), number=1)
        return self.annotate(first_sent=models.Subquery(first.values("sent")[:1]))

    def known_by(self, typed: str) -> "Issue | None":
        """Give the actual issue a code stands for; without a query where what was typed is none."""
        code = as_code(typed)
        return self.actual().filter(code=code).select_related("page").first() if code else None

    def in_cap_index(self, at) -> "IssueQuerySet":
        """Keep the messages subscribers of CAP must know of at a moment.

        Those in force; and what ended an alert, until the alert would have ended by itself: who
        has read the alert finds its end in the same place.
        """
        ending = models.Q(act__in=ENDS_IT)
        begun = models.Q(effective__lte=at)
        messages = self.alerts().actual().latest_of_each().exclude(cap="")
        return messages.filter(ending | begun, expires__gt=at)

    def unconfirmed(self) -> "IssueQuerySet":
        """Keep what one officer issued alone and no second one has confirmed or replaced."""
        of_two = models.Q(broke_glass=False) | models.Q(confirmation__isnull=False)
        later = Issue.objects.filter(
            of_two, page=models.OuterRef("page"), number__gt=models.OuterRef("number")
        )
        alone = self.filter(broke_glass=True, confirmation=None)
        return alone.exclude(models.Exists(later))


class Issue(Frozen):
    """One act of issuing a warning; the database itself refuses to change the row."""

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.PROTECT, related_name="+", verbose_name=_("mission")
    )
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="issues")
    kind = models.CharField(max_length=10)
    number = models.PositiveIntegerField(help_text="Counts the issues of one warning from 1.")
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ACTUAL
    )
    sent = models.DateTimeField(_("issued at"))
    effective = models.DateTimeField()
    expires = models.DateTimeField(null=True, help_text="When this message itself lapses.")
    revision = models.BigIntegerField(null=True, help_text="The revision whose words these are.")
    writers = models.JSONField(default=list, help_text="Keys of the accounts that wrote them.")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    broke_glass = models.BooleanField(_("issued alone"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    identifier = models.CharField(max_length=200, unique=True)
    references = models.TextField(blank=True, help_text="Earlier messages, as CAP writes them.")
    code = models.CharField(_("verification code"), max_length=12, unique=True, default=new_code)
    cap = models.TextField(blank=True, help_text="The CAP 1.2 message, for alerts.")
    sha256 = models.CharField(max_length=64)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-sent", "-pk"]
        verbose_name = _("act of issuing")
        verbose_name_plural = _("acts of issuing")
        default_permissions = ("view",)
        permissions = [
            ("write_issue", "Write warnings"),
            ("approve_issue", "Approve warnings that others wrote"),
            ("break_glass_issue", "Issue a warning alone"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_issue_per_number")
        ]
        indexes = [models.Index(fields=["site", "kind", "sent"], name="issues_by_site")]

    def __str__(self) -> str:
        return f"{self.identifier} ({self.get_act_display()})"

    @property
    def act_in_words(self) -> str:
        """What it did; a message of before this site was only put on its record."""
        if self.approver_id is None:
            return gettext("Put on record here")
        return self.get_act_display()

    @property
    def is_drill(self) -> bool:
        """Whether it is an exercise or a test, which the public never sees."""
        return self.status != Status.ACTUAL

    @property
    def ends_it(self) -> bool:
        """Whether it says that the warning no longer holds."""
        return self.act in ENDS_IT


class Confirmation(Frozen):
    """A second officer's word on what one officer issued alone."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmation")

    def __str__(self) -> str:
        return str(self.issue)
