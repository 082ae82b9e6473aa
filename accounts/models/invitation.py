"""Invitations by mail: how an account gets its first proofs, and new ones after it lost all."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from embassy.models.scoped import Scoped, ScopedQuerySet


class InvitationQuerySet(ScopedQuerySet):
    """Invitations by what became of them."""

    def unanswered(self) -> "InvitationQuerySet":
        """Keep those neither used nor withdrawn, whether or not their time is over."""
        return self.filter(used_at=None, withdrawn_at=None)

    def good(self, at: datetime) -> "InvitationQuerySet":
        """Keep those that open an account at a moment."""
        return self.unanswered().filter(expires_at__gt=at)


class Invitation(Scoped):
    """One letter with an address that opens an account once; the address itself is not kept."""

    class Why(models.TextChoices):
        """What an invitation is for."""

        ACCOUNT = "account", _("to an account")
        FACTORS = "factors", _("to set up new factors")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.ACCOUNT)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    mail_failed = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="one_open_invitation_per_account",
            )
        ]

    def __str__(self) -> str:
        return str(self.account)

    def is_good(self, at: datetime) -> bool:
        """Whether it opens the account at a moment."""
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at
