"""The gazetteer: places with their positions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from embassy.fields import TextsField
from embassy.models.scoped import Scoped, SitePanel

Ring = list[list[float]]


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

    @property
    def rings(self) -> list[Ring]:
        """Its outlines as closed rings of [longitude, latitude]; none where none is known."""
        return rings_of(self.geometry)


def rings_of(geometry: dict | None) -> list[Ring]:
    """Give the outer rings of a GeoJSON surface; a place with a faulty one still has its point."""
    try:
        return [ring for polygon in polygons_of(geometry or {}) if (ring := ring_of(polygon[0]))]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return []


def polygons_of(geometry: dict) -> list:
    """Give the polygons of a GeoJSON surface, each as its rings."""
    if geometry.get("type") == "Feature":
        return polygons_of(geometry["geometry"] or {})
    if geometry.get("type") == "Polygon":
        return [geometry["coordinates"]]
    return geometry["coordinates"] if geometry.get("type") == "MultiPolygon" else []


def ring_of(points: list) -> Ring:
    """Give a ring to about ten meters, ending where it begins; nothing for what is no surface."""
    ring = [[round(float(point[0]), 4), round(float(point[1]), 4)] for point in points]
    if any(abs(lon) > 180 or abs(lat) > 90 for lon, lat in ring):
        raise ValueError("not on the globe")
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring if len({tuple(point) for point in ring}) >= 3 else []
