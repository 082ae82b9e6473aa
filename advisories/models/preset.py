"""Presets: alerts that begin with everything filled in but what happens today.

Whoever begins an alert with one becomes the writer of words that somebody else put there. So two
people change a preset: else its author could approve what nobody but them had read.
"""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from advisories.models.reference import AlertKind
from advisories.vocabulary import Category, Certainty, ResponseType, Severity, Urgency
from embassy.fields import LongTextsField, TextsField
from embassy.models.scoped import Fact, Scoped, SitePanel


class AlertPreset(Fact, Scoped):
    """What an alert on something that happens again and again starts out as."""

    until_confirmed = _("Until then alerts begin as they did before.")
    once_confirmed = _("Alerts begin like this from now on.")

    name = TextsField(_("name"), help_text=_("As officers choose it: “Demonstration”."))
    kind = models.ForeignKey(
        AlertKind,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        help_text=_("What readers know it as. It stands before the headline everywhere."),
    )
    hours = models.PositiveSmallIntegerField(
        _("lasts, in hours"),
        default=24,
        help_text=_("For how long such an alert holds unless its officer says otherwise."),
    )
    category = models.CharField(
        _("category"),
        max_length=10,
        choices=Category.choices,
        help_text=_("Whose business it is: fire, health, security. Other programs sort by it."),
    )
    urgency = models.CharField(
        _("urgency"),
        max_length=10,
        choices=Urgency.choices,
        help_text=_("How soon people must act."),
    )
    severity = models.CharField(
        _("severity"),
        max_length=10,
        choices=Severity.choices,
        help_text=_("How bad it can get for people and property."),
    )
    certainty = models.CharField(
        _("certainty"),
        max_length=10,
        choices=Certainty.choices,
        help_text=_("How sure it is. What has been seen to happen is observed."),
    )
    response_type = models.CharField(
        _("what people should do"),
        max_length=10,
        choices=ResponseType.choices,
        help_text=_("The one thing the text asks for above all."),
    )
    title = TextsField(
        _("headline"),
        help_text=_(
            "What happens and where, in one line. It stands at the head of every page of the site."
        ),
    )
    location = LongTextsField(_("location"), blank=True, help_text=_("Where it holds."))
    event = LongTextsField(_("event"), blank=True, help_text=_("What happened or is expected."))
    actions = LongTextsField(
        _("actions to take"),
        blank=True,
        help_text=_("One action a line, each beginning with “- ” and a verb."),
    )
    assistance = LongTextsField(
        _("assistance"),
        blank=True,
        help_text=_(
            "What helps. Numbers come from the contact points chosen below, not from here."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first in lists.")
    )

    panels = [
        SitePanel(),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("hours"), FieldPanel("sort_order")]),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("title", "location", "event", "actions", "assistance")],
            heading=_("Texts"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("category", "urgency", "severity", "certainty", "response_type")
            ],
            heading=_("For machines"),
        ),
        FieldPanel("why"),
    ]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("preset of alerts")
        verbose_name_plural = _("presets of alerts")

    def __str__(self) -> str:
        return str(self.name)

    def fields_of_alert(self, at: datetime) -> dict:
        """Give what an alert begun at a moment starts out with."""
        machine = ("category", "urgency", "severity", "certainty", "response_type")
        begins = at.replace(second=0, microsecond=0)
        times = {"effective": begins, "expires": begins + timedelta(hours=self.hours)}
        return {"kind": self.kind, **times, **{name: getattr(self, name) for name in machine}}

    def text_in(self, language: str) -> dict:
        """Give the texts in a language; one the preset does not have stays to be written."""
        names = ("title", "location", "event", "actions", "assistance")
        return {name: getattr(self, name).get(language, "") for name in names}
