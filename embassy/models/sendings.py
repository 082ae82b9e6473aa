"""What public forms were sent lately, as far as it must be remembered to slow down a flood."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class SendingQuerySet(models.QuerySet):
    """Forms sent, by which form, to what, by whom and when."""

    def of_form(self, form: str) -> "SendingQuerySet":
        """Keep those of one form."""
        return self.filter(form=form)

    def to(self, target: str) -> "SendingQuerySet":
        """Keep those for one target."""
        return self.filter(target=target)

    def by(self, key: str) -> "SendingQuerySet":
        """Keep those that came from an address of the network."""
        return self.filter(sender_key=key)

    def saying(self, digest: str) -> "SendingQuerySet":
        """Keep those with the very same words."""
        return self.filter(digest=digest)

    def since(self, moment: datetime) -> "SendingQuerySet":
        """Keep those after a moment."""
        return self.filter(at__gt=moment)

    def until(self, moment: datetime) -> "SendingQuerySet":
        """Keep those of a moment and before it."""
        return self.filter(at__lte=moment)


class Sending(models.Model):
    """One form that was taken: by whom and with what words is kept as keyed hashes only."""

    form = models.CharField(_("form"), max_length=20)
    target = models.CharField(_("for what"), max_length=40)
    sender_key = models.CharField(_("key of the sender"), max_length=64)
    digest = models.CharField(_("key of the words"), max_length=64)
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    at = models.DateTimeField(_("time"))

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("form sent")
        verbose_name_plural = _("forms sent")
        default_permissions = ()
        indexes = [
            models.Index(fields=["form", "target", "at"], name="sendings_by_target"),
            models.Index(fields=["form", "sender_key", "at"], name="sendings_by_sender"),
            models.Index(fields=["form", "at"], name="sendings_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.pk}"


class SendingSaltQuerySet(models.QuerySet):
    """Salts by day."""

    def not_of(self, day: date) -> "SendingSaltQuerySet":
        """Keep those of other days."""
        return self.exclude(day=day)


class SendingSalt(models.Model):
    """What network addresses are hashed with on one day; without it a hash leads to nobody."""

    day = models.DateField(_("day"), primary_key=True)
    salt = models.CharField(_("salt"), max_length=64)

    objects = SendingSaltQuerySet.as_manager()

    class Meta:
        verbose_name = _("salt of a day")
        verbose_name_plural = _("salts of days")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.day)
