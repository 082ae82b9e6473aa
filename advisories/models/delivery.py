"""Deliveries: who is owed which warning, by which channel, and what came of it."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisories.models.issue import Issue
from advisories.vocabulary import Why
from embassy.models.scoped import Scoped, ScopedQuerySet

LATE = timedelta(minutes=5)
"""How long something may be due before it is said that nobody delivers."""


class DeliveryQuerySet(ScopedQuerySet):
    """Deliveries of missions."""

    def due(self, at) -> "DeliveryQuerySet":
        """Keep what is to be sent at a moment, also what a worker took and never finished."""
        waiting = Q(status=Delivery.Status.WAITING, next_at__lte=at)
        return self.filter(waiting | Q(status=Delivery.Status.LEASED, leased_until__lte=at))

    def being_sent(self, at) -> "DeliveryQuerySet":
        """Keep what a worker holds at a moment."""
        return self.filter(status=Delivery.Status.LEASED, leased_until__gt=at)

    def late(self, at) -> "DeliveryQuerySet":
        """Keep what has been due for so long that no worker can be running."""
        return self.due(at - LATE)

    def dead(self) -> "DeliveryQuerySet":
        """Keep what was given up."""
        return self.filter(status=Delivery.Status.DEAD)

    def of(self, issue: Issue) -> "DeliveryQuerySet":
        """Keep what is owed of one issue."""
        return self.filter(issue=issue)

    def of_warning(self, page_id: int) -> "DeliveryQuerySet":
        """Keep what is owed of all issues of a warning."""
        return self.filter(issue__page_id=page_id)

    def newest_first(self) -> "DeliveryQuerySet":
        """Order them as a list shows them."""
        return self.order_by("-pk")

    def counted(self) -> list[dict]:
        """Count a warning's deliveries by issue and channel, the latest issue first."""
        states = {
            name: models.Count("pk", filter=Q(status__in=statuses))
            for name, statuses in {
                "done": [Delivery.Status.DONE],
                "open": [Delivery.Status.WAITING, Delivery.Status.LEASED],
                "dead": [Delivery.Status.DEAD],
            }.items()
        }
        rows = self.values("issue__number", "channel").annotate(**states)
        return list(rows.order_by("-issue__number", "channel"))


class Delivery(Scoped):
    """One message to one target; only `outbox` writes it.

    `target` is a key that its channel understands, never an address: of a webhook, of an account.
    """

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        LEASED = "leased", _("Being sent")
        DONE = "done", _("Delivered")
        DEAD = "dead", _("Given up")

    issue = models.ForeignKey(
        Issue, null=True, on_delete=models.PROTECT, related_name="deliveries"
    )  # none for a test message
    channel = models.CharField(_("channel"), max_length=40)
    target = models.CharField(_("target"), max_length=64)
    event = models.UUIDField(default=uuid.uuid4, unique=True, help_text="The same at every try.")
    status = models.CharField(
        _("state"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    owed_at = models.DateTimeField(_("owed since"))
    next_at = models.DateTimeField(_("next try"))
    leased_until = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    detail = models.CharField(max_length=40, blank=True, help_text="A code, never personal data.")
    done_at = models.DateTimeField(_("delivered at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "channel", "target"], name="nothing_is_owed_twice"
            )
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_at"],
                condition=Q(status__in=["waiting", "leased"]),
                name="deliveries_open",
            ),
            models.Index(fields=["site", "status", "-id"], name="deliveries_by_site"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def last_error(self) -> str:
        """Why the last try failed, as a sentence in the reader's language."""
        return Why(self.why).sentence(self.detail) if self.why else ""

    @property
    def about(self) -> str:
        """Which warning it is about, as the deliveries' list says it."""
        if self.issue is None:
            if self.channel == "mail_office":
                return gettext("Question of a reader")
            is_letter = self.channel.startswith("mail_")
            return gettext("What waits, or came back") if is_letter else gettext("Test message")
        return f"{self.issue.page.title} ({self.issue.number})"
