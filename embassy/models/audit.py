"""What was done by whom: entries that the database lets nobody change, and the seals on them."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from embassy.models.scoped import Scoped, ScopedQuerySet


class AuditQuerySet(ScopedQuerySet):
    """Entries of missions."""

    def done_by(self, user) -> "AuditQuerySet":
        """Keep what one account did."""
        return self.filter(by=user)

    def of_action(self, action: str) -> "AuditQuerySet":
        """Keep one kind of act, by its code."""
        return self.filter(action=action)

    def of_kind(self, kind: str) -> "AuditQuerySet":
        """Keep what was done to one kind of thing, by its model like "advisories.alertpage"."""
        return self.filter(target_type=kind)

    def since(self, moment: datetime) -> "AuditQuerySet":
        """Keep what was done at a moment or after it."""
        return self.filter(at__gte=moment)

    def until(self, moment: datetime) -> "AuditQuerySet":
        """Keep what was done before a moment."""
        return self.filter(at__lt=moment)

    def saying(self, words: str) -> "AuditQuerySet":
        """Keep what was done to something with these words in its name, or has its number."""
        return self.filter(Q(target_label__icontains=words) | Q(target_id=words))

    def on_screen(self, screen: str, key: str) -> "AuditQuerySet":
        """Keep what was seen of one thing on one screen."""
        return self.filter(target_id=key, details__screen=screen)

    def newest_first(self) -> "AuditQuerySet":
        """Order them as a list shows them, with all it says of them."""
        return self.select_related("by", "site").order_by("-pk")

    def before_entry(self, number: int) -> "AuditQuerySet":
        """Keep what was entered before an entry: the next part of a list."""
        return self.filter(pk__lt=number)

    def without_seal(self) -> "AuditQuerySet":
        """Keep what bypassed the database's own trigger: every entry is born with an open seal."""
        return self.filter(seal=None)


class AuditEntry(Scoped):
    """One act: who did what to which thing, when; only `embassy.auditing.audit` writes it.

    The thing is named as it was then, for it may be gone. `details` are plain words and numbers:
    no password, no token, nothing of travelers. Without a mission it concerns the whole server.
    """

    wagtail_reference_index_ignore = True

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        "embassy.User",
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody: a command, or somebody who was not signed in.",
    )
    action = models.CharField(_("act"), max_length=100)
    target_type = models.CharField(_("kind of thing"), max_length=100, blank=True)
    target_id = models.CharField(_("number"), max_length=255, blank=True)
    target_label = models.CharField(_("thing"), max_length=255, blank=True)
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("mission"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    details = models.JSONField(_("details"), default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["site", "-id"], name="audit_by_site"),
            models.Index(fields=["by", "at"], name="audit_by_person"),
            models.Index(fields=["target_id", "-id"], name="audit_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"

    @property
    def kind(self) -> str:
        """What kind of thing it is about, in the reader's language."""
        try:
            model = apps.get_model(self.target_type)
        except (LookupError, ValueError):
            return ""
        return capfirst(model._meta.verbose_name)

    @property
    def more(self) -> str:
        """The details in one line."""
        parts = [(name, told(value)) for name, value in sorted(self.details.items())]
        return "; ".join(f"{name} {value}" for name, value in parts)


def told(value) -> str:
    """Give one of the details as text."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class AuditSeal(models.Model):
    """The place of an entry in the chain: its number, and a hash over it and the seal before.

    The database makes an open one with each entry, and closes it after the commit.
    """

    wagtail_reference_index_ignore = True

    entry = models.OneToOneField(
        AuditEntry, primary_key=True, on_delete=models.PROTECT, related_name="seal"
    )
    number = models.BigIntegerField(unique=True, null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("seal of an audit entry")
        default_permissions = ()
        indexes = [
            models.Index(fields=["entry"], condition=Q(number=None), name="audit_seals_open")
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"
