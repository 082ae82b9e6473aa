"""The parts of an alert: its words in one language, and whom readers can call."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from advisories.models.warning_texts import WarningText
from advisories.vocabulary import ALERT_BLOCKS
from embassy.pages import PageContact


class AlertText(WarningText):
    """The alert in one language, in its four blocks."""

    page = ParentalKey("advisories.AlertPage", on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(
        _("headline"),
        max_length=160,
        help_text=_(
            "What happens and where, in one line. It stands at the head of every page of the site."
        ),
    )
    location = models.TextField(_("location"), help_text=_("Where it holds."))
    event = models.TextField(_("event"), help_text=_("What happened or is expected."))
    actions = models.TextField(
        _("actions to take"), help_text=_("One action a line, each beginning with “- ” and a verb.")
    )
    assistance = models.TextField(
        _("assistance"),
        blank=True,
        help_text=_(
            "What helps. Numbers come from the contact points chosen below, not from here."
        ),
    )

    panels = [
        FieldPanel("language", widget=forms.Select(choices=settings.LANGUAGES)),
        FieldPanel("title"),
        FieldPanel("location"),
        FieldPanel("event"),
        FieldPanel("actions"),
        FieldPanel("assistance"),
    ]

    class Meta(WarningText.Meta):
        verbose_name = _("text of an alert")

    def parts(self) -> list[tuple[str, str]]:
        """Give what it says as plain text, each part with what it is called."""
        blocks = [(str(heading), getattr(self, name)) for name, heading in ALERT_BLOCKS]
        return [(str(_("headline")), self.title), *blocks]


class AlertContact(PageContact):
    """Whom readers of the alert can call."""

    page = ParentalKey(
        "advisories.AlertPage", on_delete=models.CASCADE, related_name="contact_rows"
    )
