"""Webhooks: addresses elsewhere that are told of every warning as it goes out."""

import secrets
from base64 import b64encode

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from advisories.targets import TargetRefused, target_of
from embassy.models.scoped import Fact, Scoped, ScopedQuerySet, SitePanel

SECRET_BYTES = 32


def new_secret() -> str:
    """Give a secret as the Standard Webhooks specification writes it."""
    return "whsec_" + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


class SecretPanel(FieldPanel):
    """Shows the secret of a stored webhook; one that is being added has none to copy yet."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel on a form."""

        def is_shown(self) -> bool:
            """Only once it is stored."""
            return bool(self.instance.pk) and super().is_shown()


class WebhookQuerySet(ScopedQuerySet):
    """Webhooks of missions."""

    def in_use(self) -> "WebhookQuerySet":
        """Keep those that are told."""
        return self.filter(in_use=True)


class Webhook(Fact, Scoped):
    """An address that gets every warning of a mission; drills it never gets.

    Its secret is made when a second person confirms it, so that no request ever holds one.
    """

    withheld = ("secret",)
    until_confirmed = _("Until then warnings go where they went before.")
    once_confirmed = _("It holds from now on.")

    name = models.CharField(
        _("name"), max_length=80, help_text=_("Who listens there: “Security desk of the mine”.")
    )
    address = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("It gets each warning as it is issued, signed. It begins with https://."),
    )
    secret = models.CharField(
        _("secret"),
        max_length=80,
        default=new_secret,
        editable=False,
        help_text=_("Whoever listens there checks our signature with it. Hand it over in person."),
    )
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Untick it to send nothing there any more.")
    )

    objects = WebhookQuerySet.as_manager()

    panels = [
        SitePanel(),
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("in_use"),
        SecretPanel("secret", read_only=True),
        FieldPanel("why"),
    ]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an address that nothing could be sent to, with the reason."""
        super().clean()
        if not self.in_use or not self.address:  # it may be retired because its host is gone
            return
        try:
            target_of(self.address)
        except TargetRefused as refused:
            raise ValidationError({"address": refused.sentence}) from refused
