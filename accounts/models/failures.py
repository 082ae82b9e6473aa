"""Wrong passwords and codes, as far as they must be remembered to slow down guessing."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=1)


class SignInFailureQuerySet(models.QuerySet):
    """Failures by whom and when."""

    def of_account(self, key: str) -> "SignInFailureQuerySet":
        """Those that named an account."""
        return self.filter(account_key=key)

    def of_client(self, key: str) -> "SignInFailureQuerySet":
        """Those that came from an address of the network."""
        return self.filter(client_key=key)

    def since(self, moment: datetime) -> "SignInFailureQuerySet":
        """Those after a moment."""
        return self.filter(at__gt=moment)

    def outdated(self, at: datetime) -> "SignInFailureQuerySet":
        """Those that are no longer needed."""
        return self.filter(at__lte=at - KEPT)


class SignInFailure(models.Model):
    """One wrong try. Of whom and from where is kept as keyed hashes, never as it was."""

    account_key = models.CharField(_("key of the account"), max_length=64)
    client_key = models.CharField(_("key of the client"), max_length=64)
    at = models.DateTimeField(_("time"), db_index=True)

    objects = SignInFailureQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        indexes = [
            models.Index(fields=["account_key", "at"], name="failures_of_account"),
            models.Index(fields=["client_key", "at"], name="failures_of_client"),
        ]

    def __str__(self) -> str:
        return str(self.at)
