"""The gazetteer: places with their positions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from embassy.fields import TextsField
from embassy.models.scoped import Scoped, SitePanel


class Place(Scoped):
    """A named place with its position, for maps and for saying where a warning holds."""

    name = TextsField(_("name"))
    code = models.SlugField(
        _("code"), max_length=60, help_text=_("Short and stable, like “segou”.")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)
    geometry = models.JSONField(
        _("outline"), null=True, blank=True, help_text=_("GeoJSON, longitude before latitude.")
    )
    source = models.CharField(_("source"), max_length=255, blank=True)

    panels = [
        SitePanel(),
        FieldPanel("name"),
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("source"),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="one_place_per_code_and_mission")
        ]

    def __str__(self) -> str:
        return str(self.name)
