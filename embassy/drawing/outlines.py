"""Outlines of places: GeoJSON as staff paste it in, checked, and as plain rings out."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_POINTS = 5000
"""A frozen warning carries its outlines: more detail than this helps no reader."""

Ring = list[list[float]]


class OutlineField(forms.CharField):
    """A box for GeoJSON; what is wrong with it is said, and it stays as typed."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value):
        """Show a stored outline as text."""
        return json.dumps(value) if isinstance(value, dict) else value

    def clean(self, value) -> dict | None:
        """Give the outline, or None for an empty box."""
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return outline_of(json.loads(text, parse_constant=refuse_constant))
        except (json.JSONDecodeError, RecursionError) as error:
            raise ValidationError(_("This is not GeoJSON. Paste a Polygon.")) from error

    def has_changed(self, initial, data) -> bool:
        """Compare as text, whatever the spacing."""
        return super().has_changed(self.prepare_value(initial) or "", data)


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which JSON does not know."""
    raise ValidationError(_("This is not GeoJSON. Paste a Polygon."))


def outline_of(data: Any) -> dict:
    """Give the Polygon or MultiPolygon in GeoJSON, found in a Feature or a collection of one.

    Coordinates are longitude before latitude, in degrees. ValidationError says what is wrong.
    """
    geometry = unwrapped(data)
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValidationError(_("Paste an area: a GeoJSON Polygon or MultiPolygon."))
    try:
        found = list(rings_in(geometry))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValidationError(_("The coordinates of this GeoJSON cannot be read.")) from error
    check(found)
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def unwrapped(data: Any) -> dict:
    """Give the geometry inside a Feature, or inside a collection that holds one feature."""
    if isinstance(data, dict) and data.get("type") == "FeatureCollection":
        features = data.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValidationError(_("Paste one area only: this GeoJSON holds several or none."))
        data = features[0]
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = data.get("geometry")
    return data if isinstance(data, dict) else {}


def rings_in(geometry: dict) -> Iterator[Ring]:
    """Give every ring of a geometry, holes too."""
    many = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if many else [geometry["coordinates"]]:
        for ring in polygon:
            yield [[float(longitude), float(latitude)] for longitude, latitude, *_z in ring]


def check(found: list[Ring]) -> None:
    """Refuse rings that are no outline on earth."""
    if not found or any(len(ring) < 4 for ring in found):
        raise ValidationError(_("An outline needs at least four points, the last like the first."))
    if sum(len(ring) for ring in found) > MOST_POINTS:
        raise ValidationError(
            _("This outline has more than %(limit)s points. Simplify it first.")
            % {"limit": MOST_POINTS}
        )
    for ring in found:
        if any(not (abs(lon) <= 180 and abs(lat) <= 90) for lon, lat in ring):
            raise ValidationError(
                _("A point lies off the earth. Longitude comes first, then latitude.")
            )
        if ring[0] != ring[-1]:
            raise ValidationError(_("An outline must close: repeat its first point at the end."))


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
