"""The gazetteer: places with their positions."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from embassy.drawing.outlines import OutlineField, Ring, rings_of
from embassy.fields import TextsField
from embassy.models.scoped import Fact, FactForm, Scoped, SitePanel


class PlaceForm(FactForm):
    """Takes an outline as GeoJSON."""

    geometry = OutlineField(
        label=_("outline"),
        required=False,
        help_text=_("GeoJSON of the area, longitude before latitude. Leave it empty for a town."),
    )


class Place(Fact, Scoped):
    """A named place with its position, for maps and for saying where a warning holds."""

    name = TextsField(_("name"), help_text=_("As readers know it, in each language."))
    code = models.SlugField(
        _("code"), max_length=60, help_text=_("Short and stable, like “segou”.")
    )
    iso_code = models.CharField(
        _("ISO code"),
        max_length=6,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z]{2}-[A-Z0-9]{1,3}$", _("Write it like ML-4, or leave it empty."))
        ],
        help_text=_("Of a region, in ISO 3166-2, like ML-4: maps know it by this."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, like 12.6392; south of the equator with a minus sign."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees, like -8.0029; west of Greenwich with a minus sign."),
    )
    geometry = models.JSONField(_("outline"), null=True, blank=True)
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where position and outline come from."),
    )

    panels = [
        SitePanel(),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("iso_code")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("geometry"),
        FieldPanel("source"),
        FieldPanel("why"),
    ]
    base_form_class = PlaceForm

    class Meta:
        ordering = ["code"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="one_place_per_code_and_mission")
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def rings(self) -> list[Ring]:
        """Its outlines as closed rings of [longitude, latitude]; none where none is known."""
        return rings_of(self.geometry)
