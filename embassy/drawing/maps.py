"""Maps: GeoJSON in, an accessible SVG with its text twin out.

One projection serves the Atlantic and a province alike, see `canvas.py`: areas compare truly, and a
shape on the 180th meridian stays in one piece. Colour is left to the style sheet.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from embassy.drawing.canvas import Canvas, Json, Point, View, view_of

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

GEODATA = Path(__file__).parent.parent / "geodata"
MALI_REGIONS_NOTE = _(
    "Regions as they were before 2016. Boundaries are drawn for orientation and are not"
    " authoritative."
)
LOCATOR_NOTE = _("Boundaries are drawn for orientation and are not authoritative.")


class Place(NamedTuple):
    """A named position in degrees, north and east positive."""

    name: str
    latitude: float
    longitude: float


# The contiguous United States and all of West Africa; Alaska and Hawaii lie outside.
ATLANTIC = View(
    (31.0, -58.0),
    ((40.0, -127.0), (49.0, -125.0), (52.0, -108.0), (-2.0, -58.0), (12.0, 16.0)),
)


@dataclass(frozen=True)
class Mark:
    """How a region is shown: `kind` ends its class, `short` is written on it, `label` in the text.

    For a level: Mark("level-4", "4", "Level 4: Do Not Travel"). Colour never stands alone; without
    `short` the region's name says enough.
    """

    kind: str
    short: str
    label: str


@dataclass(frozen=True)
class Map:
    """A drawing with its text twin: `text` says the same facts, `note` what the map is not."""

    title: str
    svg: SafeString
    text: list[str]
    note: str = ""


@lru_cache(maxsize=8)
def geodata(name: str) -> Json:
    """A GeoJSON file of ours by its name without ending; ValueError when there is none."""
    path = GEODATA / f"{name}.geojson"
    if not re.fullmatch(r"[a-z-]+", name) or not path.is_file():
        raise ValueError(gettext("There is no map data named “%s”.") % name)
    return json.loads(path.read_text(encoding="utf-8"))


# The two maps


def locator(
    world: Json,
    highlights: Mapping[str, str],
    *,
    prefix: str,
    title: str,
    places: Sequence[Place] = (),
    view: View = ATLANTIC,
    line: bool = False,
) -> Map:
    """Countries on a quiet world, on request with the great circle between the first two places.

    `world` has the features `land`, `borders` and one for each id in `highlights`, which gives
    their labels. ValueError for an id that is not there. The distance is told with the line.
    """
    shapes = {feature["id"]: feature for feature in world["features"]}
    _refuse_unknown(highlights, shapes)
    points = _checked(places)
    way = points[:2] if line and len(points) > 1 else []
    canvas = Canvas.of_view(view)
    _draw_world(canvas, shapes, highlights, way)
    canvas.dots(points)
    for code, label in highlights.items():
        canvas.country(shapes[code], label)
    canvas.names()
    text = [gettext("Highlighted: %s.") % ", ".join(highlights.values()), *_described(points)]
    text += [_distance_sentence(*way)] if way else []
    return _map(canvas, "locator", prefix, title, text, str(LOCATOR_NOTE))


def _draw_world(
    canvas: Canvas, shapes: Json, highlights: Iterable[str], way: Sequence[Place]
) -> None:
    """Draw the land, the countries on it, all borders, and the way between two places."""
    canvas.shape("map__land", shapes["land"])
    for code in highlights:
        canvas.shape("map__country", shapes[code])
    canvas.shape("map__border", shapes["borders"])
    if way:
        canvas.line("map__line", great_circle(*way))


def region_map(
    regions: Json,
    *,
    prefix: str,
    title: str,
    places: Sequence[Place] = (),
    marks: Mapping[str, Mark] | None = None,
    names: bool = True,
    note: str = "",
) -> Map:
    """The regions of a country, with places as points and a mark on those that have one.

    `marks` is keyed by the features' ids (ISO 3166-2); ValueError for an id that is not there. A
    region that shares its name with a place goes without its own. `note` dates the boundaries.
    """
    marks = marks or {}
    _refuse_unknown(marks, [feature["id"] for feature in regions["features"]])
    points = _checked(places)
    canvas = Canvas.of_view(view_of(regions))
    _draw_regions(canvas, regions, marks)
    canvas.dots(points)
    _write_regions(canvas, regions, marks, names)
    text = [
        gettext("%(label)s: %(text)s")
        % {"label": _name(feature), "text": marks[feature["id"]].label}
        for feature in regions["features"]
        if feature["id"] in marks
    ]
    return _map(canvas, "regions", prefix, title, text + _described(points), str(note))


def _draw_regions(canvas: Canvas, regions: Json, marks: Mapping[str, Mark]) -> None:
    """Draw every region, with the class of its mark if it has one."""
    for feature in regions["features"]:
        mark = marks.get(feature["id"])
        canvas.shape(f"map__region map__region--{mark.kind}" if mark else "map__region", feature)
        canvas.keep_off(feature)


def _write_regions(canvas: Canvas, regions: Json, marks: Mapping[str, Mark], names: bool) -> None:
    """Write what matters most first: the marks, then the places, then the other regions' names.

    Regions too small for their marks come before the others: least room is left beside regions.
    """
    marked = [feature for feature in regions["features"] if feature["id"] in marks]
    lines = {one["id"]: _lines(one, marks[one["id"]], names) for one in marked}
    for feature in sorted(marked, key=lambda one: canvas.holds(one, lines[one["id"]])):
        canvas.region(feature, lines[feature["id"]])
    canvas.names()
    written = {name for names_of_dot in canvas.named.values() for name in names_of_dot}
    for feature in regions["features"] if names else ():
        if feature not in marked and _name(feature) not in written:
            canvas.region(feature, [("map__region-name", _name(feature))])


def _lines(feature: Json, mark: Mark, names: bool) -> list[tuple[str, str]]:
    """What is written on a marked region, as (class, words): its name if wanted, and the mark."""
    name = [(f"map__region-name map__on--{mark.kind}", _name(feature))] if names else []
    short = [(f"map__mark map__on--{mark.kind}", mark.short)] if mark.short else []
    return [*name, *short]


def _refuse_unknown(asked: Iterable[str], known: Container[str]) -> None:
    """Raise ValueError, naming the ids that the map data does not have."""
    if missing := [code for code in asked if code not in known]:
        raise ValueError(gettext("The map data does not know “%s”.") % ", ".join(missing))


def _map(canvas: Canvas, kind: str, prefix: str, title: str, text: list[str], note: str) -> Map:
    """The finished map; its text is also the description of the image."""
    drawing = canvas.image(kind, prefix=prefix, title=title, description=gettext("; ").join(text))
    return Map(title, drawing, text, note)


# The shortest way


def great_circle(start: Place, end: Place, steps: int = 32) -> list[Point]:
    """The shortest way over the sphere, as positions from start to end, both included."""
    a, b = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    if angle < 1e-9:
        return [(start.latitude, start.longitude)] * 2
    way = []
    for step in range(steps + 1):
        here = math.sin(angle * (1 - step / steps)), math.sin(angle * step / steps)
        x, y, z = ((here[0] * p + here[1] * q) / math.sin(angle) for p, q in zip(a, b, strict=True))
        way.append((math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))))
    return way


def distance_km(start: Place, end: Place) -> float:
    """The great-circle distance in kilometers, on a sphere of the earth's mean radius."""
    chord = math.dist(_vector(start), _vector(end))
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2))


def _vector(place: Place) -> tuple[float, float, float]:
    """The position as a point of the unit sphere."""
    latitude, longitude = math.radians(place.latitude), math.radians(place.longitude)
    across = math.cos(latitude)
    return across * math.cos(longitude), across * math.sin(longitude), math.sin(latitude)


# Words


def _described(places: Sequence[Place]) -> list[str]:
    """Each place with its position, as a sentence part."""
    return [
        gettext("%(place)s: %(latitude)s, %(longitude)s")
        % {
            "place": place.name,
            "latitude": _degrees(place.latitude, gettext("N"), gettext("S")),
            "longitude": _degrees(place.longitude, gettext("E"), gettext("W")),
        }
        for place in places
    ]


def _degrees(value: float, positive: str, negative: str) -> str:
    """An angle in degrees with one decimal and its direction."""
    figure = formats.number_format(round(abs(value), 1), decimal_pos=1)
    return f"{figure}°\u00a0{positive if value >= 0 else negative}"


def _distance_sentence(start: Place, end: Place) -> str:
    """The distance in words, rounded to 100 km: it is computed, not measured."""
    return gettext("From %(start)s to %(end)s: about %(distance)s km by the shortest way.") % {
        "start": start.name,
        "end": end.name,
        "distance": formats.number_format(
            round(distance_km(start, end), -2), decimal_pos=0, force_grouping=True
        ),
    }


def _name(feature: Json) -> str:
    """The feature's name in the active language, or else in English."""
    language = (get_language() or "en").split("-")[0]
    properties = feature["properties"]
    return properties.get(f"name_{language}") or properties["name"]


def _checked(places: Iterable[tuple[str, float, float]]) -> list[Place]:
    """The places, each with a position on earth; ValueError names one that has none."""
    checked = [Place(*place) for place in places]
    for place in checked:
        if not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):
            raise ValueError(
                gettext("“%s” has no position on earth. Latitude is first, then longitude.")
                % place.name
            )
    return checked
