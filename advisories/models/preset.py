"""Presets: alerts that begin with everything filled in but what happens today."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from advisories.models.reference import AlertKind
from advisories.vocabulary import Category, Certainty, ResponseType, Severity, Urgency
from embassy.fields import LongTextsField, TextsField
from embassy.models.scoped import Scoped, SitePanel


class AlertPreset(Scoped):
    """What an alert on something that happens again and again starts out as."""

    name = TextsField(_("name"), help_text=_("As officers choose it: “Demonstration”."))
    kind = models.ForeignKey(AlertKind, verbose_name=_("kind"), on_delete=models.PROTECT)
    hours = models.PositiveSmallIntegerField(_("lasts, in hours"), default=24)
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency.choices)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    response_type = models.CharField(
        _("what people should do"), max_length=10, choices=ResponseType.choices
    )
    title = TextsField(_("headline"))
    location = LongTextsField(_("location"), blank=True)
    event = LongTextsField(_("event"), blank=True)
    actions = LongTextsField(_("actions to take"), blank=True)
    assistance = LongTextsField(_("assistance"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

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
