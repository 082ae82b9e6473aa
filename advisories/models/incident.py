"""An incident: what several alerts are about; its page tells them in their order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from embassy.fields import TextsField
from embassy.models.scoped import Scoped, SitePanel


class Incident(Scoped, index.Indexed):
    """Something that happens, about which one alert follows another."""

    name = TextsField(_("name"), help_text=_("In a few words: “Flooding in Bamako, August 2026”."))
    begun_on = models.DateField(
        _("begun on"), help_text=_("The day it began; incidents are listed by it.")
    )

    panels = [SitePanel(), FieldPanel("name"), FieldPanel("begun_on")]
    search_fields = [index.FilterField("site")]

    class Meta:
        ordering = ["-begun_on", "-pk"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")

    def __str__(self) -> str:
        return str(self.name)
