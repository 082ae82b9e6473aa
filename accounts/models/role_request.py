"""What two administrators do together: give somebody a grave role, or send who has one a letter."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from embassy.models import MissionRole
from embassy.models.scoped import Scoped, ScopedQuerySet


def lasts() -> timedelta:
    """Give for how long a request waits."""
    return timedelta(days=settings.ACCOUNT_CARE["request_days"])


class RoleRequestQuerySet(ScopedQuerySet):
    """Requests by whether they still wait."""

    def undecided(self) -> "RoleRequestQuerySet":
        """Keep those nobody answered, whether or not their time is over."""
        return self.filter(decided_at=None)

    def waiting(self, at: datetime) -> "RoleRequestQuerySet":
        """Keep those that can be confirmed at a moment, the oldest first."""
        return self.undecided().filter(asked_at__gt=at - lasts()).order_by("asked_at", "pk")


class RoleRequest(Scoped):
    """One administrator's wish that needs a second one's word before anything happens.

    It is about a role, or about a letter with which an account that has such a role is opened.
    """

    class Act(models.TextChoices):
        """What is asked for."""

        ROLE = "role", _("Give a role")
        FACTORS = "factors", _("Reset the second factor, and send a letter to set up a new one")
        LETTER = "letter", _("Send an invitation")

    class Outcome(models.TextChoices):
        """What became of a request."""

        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("lapsed")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_requests"
    )
    act = models.CharField(max_length=10, choices=Act.choices, default=Act.ROLE)
    role = models.ForeignKey(MissionRole, null=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a role")
        verbose_name_plural = _("requests for roles")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=Q(decided_at=None),
                name="one_open_request_per_account_and_role",
            ),
            models.UniqueConstraint(
                fields=["account", "act"],
                condition=Q(decided_at=None, role=None),
                name="one_open_request_per_account_and_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role or self.get_act_display()}"

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can be confirmed at a moment."""
        return self.decided_at is None and at < self.asked_at + lasts()
