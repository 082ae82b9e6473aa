"""The drawing of a map: its projection, its shapes, and words that keep out of each other's way.

Lambert's azimuthal equal-area projection, about a centre of one's choice. Positions are pairs of
degrees, latitude first; GeoJSON itself has longitude first. Shapes are cut to the drawing and
rounded to a tenth of a unit. Words take the first free spot of a list, so that the same map always
comes out the same; whatever finds no room is left to the map's text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from embassy.drawing import svg

WIDTH = 330
"""Width of every map in drawing units; on a phone one unit is about one CSS pixel."""
LABEL = 13
"""Height kept free for a line of text, in drawing units."""
BOLD = LABEL * 1.12
"""The size of bold words, for the estimate of their width."""

Point: TypeAlias = tuple[float, float]
Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class View:
    """What a map shows: the centre of its projection and positions that must lie inside it."""

    center: Point
    corners: tuple[Point, ...]


def polygons(geometry: Json) -> list[list[list[Point]]]:
    """The polygons of a geometry, each a list of rings of (longitude, latitude)."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["coordinates"]
    raise ValueError(gettext("A map draws polygons, not “%s”.") % geometry["type"])


def view_of(collection: Json) -> View:
    """A view that just holds all features; for a country that lies on one side of 180°."""
    rings = [
        ring
        for feature in collection["features"]
        for polygon in polygons(feature["geometry"])
        for ring in polygon
    ]
    if not rings:
        raise ValueError(gettext("The map data is empty."))
    positions = tuple((latitude, longitude) for ring in rings for longitude, latitude in ring)
    latitudes, longitudes = zip(*positions, strict=True)
    center = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    return View(center, positions)


def _label_position(feature: Json) -> Point:
    """Where a feature's name goes: the position given with it, or the middle of its outline."""
    if "label" in feature["properties"]:
        longitude, latitude = feature["properties"]["label"]
        return latitude, longitude
    outline = max((polygon[0] for polygon in polygons(feature["geometry"])), key=len)
    longitudes, latitudes = zip(*outline, strict=True)
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


def _clip(points: list[Point], low: Point, high: Point) -> list[Point]:
    """A ring cut to a rectangle (Sutherland and Hodgman), edge by edge."""
    for axis, limit, sign in ((0, low[0], 1), (0, high[0], -1), (1, low[1], 1), (1, high[1], -1)):
        kept: list[Point] = []
        for before, point in zip(points[-1:] + points[:-1], points, strict=True):
            was_in = sign * (before[axis] - limit) >= 0
            is_in = sign * (point[axis] - limit) >= 0
            if was_in != is_in:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if is_in:
                kept.append(point)
        points = kept
    return points


def _path(points: Iterable[Point], *, close: bool) -> str:
    """Path data with one decimal, relative to stay small; empty if nothing is left to draw."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [tenths[0]] if tenths else []
    for before, point in pairwise(tenths):
        if point != before:
            steps.append((point[0] - before[0], point[1] - before[1]))
    if len(steps) < (3 if close else 2):
        return ""
    data = " ".join(f"{svg.number(x / 10)} {svg.number(y / 10)}" for x, y in steps)
    data = re.sub(r"(?<![\d])0\.", ".", data).replace(" -", "-")
    first, second, rest = re.fullmatch(r"(-?[\d.]+)( ?-?[\d.]+)(.*)", data).groups()
    return f"M{first}{second}l{rest.strip()}" + ("z" if close else "")


@dataclass(frozen=True)
class _Box:
    """A rectangle that is taken: by a dot or by words."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def distance(self, point: Point) -> float:
        """How far a point lies from the box, 0 inside it."""
        across = max(self.left - point[0], 0, point[0] - self.right)
        down = max(self.top - point[1], 0, point[1] - self.bottom)
        return math.hypot(across, down)


class _Spot(NamedTuple):
    """A place for a name beside a dot: how far, where it begins, its room, its text anchor."""

    distance: float
    end: Point
    box: _Box
    anchor: str


# Where a name may stand around its dot, best first: right, left, above and below, then between.
_DIRECTIONS = (
    *((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1)),
    *((1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5), (0.5, -1), (0.5, 1), (-0.5, -1), (-0.5, 1)),
)
_DISTANCES = (6, 14, 22, 30, 40, 52)
_DOT = 3.0
# How far a region's name may move from its middle, in drawing units, nearest first.
_SHIFTS = sorted(
    ((across, down) for across in range(-36, 37, 6) for down in range(-36, 37, 6)),
    key=lambda shift: math.hypot(*shift),
)


@dataclass
class Canvas:
    """A drawing in the making: its projection, its parts, and the room already taken."""

    view: View
    scale: float
    left: float
    top: float
    height: float
    parts: list[SafeString] = field(default_factory=list)
    taken: list[_Box] = field(default_factory=list)
    regions: list[list[Point]] = field(default_factory=list)
    named: dict[Point, list[str]] = field(default_factory=dict)

    @classmethod
    def of_view(cls, view: View, margin: float = 6) -> Canvas:
        """An empty drawing as wide as a map, and as high as the view asks for."""
        xs, ys = zip(*(_project(corner, view.center) for corner in view.corners), strict=True)
        scale = (WIDTH - 2 * margin) / (max(xs) - min(xs))
        height = (max(ys) - min(ys)) * scale + 2 * margin
        return cls(view, scale, min(xs) * scale - margin, min(ys) * scale - margin, height)

    def point(self, position: Point) -> Point:
        """A position in drawing units."""
        x, y = _project(position, self.view.center)
        return x * self.scale - self.left, y * self.scale - self.top

    def shape(self, kind: str, feature: Json) -> None:
        """Draw a feature's polygons or lines as one path, cut to the view."""
        geometry = feature["geometry"]
        if geometry["type"] == "MultiLineString":
            data = "".join(self._line(line) for line in geometry["coordinates"])
        else:
            rings = (ring for polygon in polygons(geometry) for ring in polygon)
            data = "".join(self._ring(ring) for ring in rings)
        self.parts.append(format_html('<path class="{}" d="{}"/>', kind, data))

    def line(self, kind: str, way: Sequence[Point]) -> None:
        """Draw an open line through positions, and keep words off it."""
        points = [self.point(position) for position in way]
        self.taken += [_Box(x - 2, y - 2, x + 2, y + 2) for x, y in points[2:-2]]
        data = _path(points, close=False)
        self.parts.append(format_html('<path class="{}" d="{}"/>', kind, data))

    def _ring(self, ring: Sequence[Point]) -> str:
        """Path data of a ring of (longitude, latitude) pairs, cut a little outside the view."""
        inside = _clip(self.outline(ring[:-1]), (-4, -4), (WIDTH + 4, self.height + 4))
        return _path(inside, close=True)

    def _line(self, line: Sequence[Point]) -> str:
        """Path data of the stretches of a line that lie in the view."""
        data, stretch = "", []
        for longitude, latitude in line:
            here = self.point((latitude, longitude))
            if self._holds(here):
                stretch.append(here)
                continue
            data, stretch = data + _path(stretch, close=False), []
        return data + _path(stretch, close=False)

    def _holds(self, point: Point) -> bool:
        """Whether a point of the drawing is to be seen."""
        return 0 <= point[0] <= WIDTH and 0 <= point[1] <= self.height

    def dots(self, places: Iterable[tuple[str, float, float]]) -> None:
        """Draw a dot for each place in view.

        Places so close that their dots would cover each other share one, and their names stand
        together.
        """
        for name, latitude, longitude in places:
            here = self.point((latitude, longitude))
            if not self._holds(here):
                continue
            near = next((dot for dot in self.named if math.dist(dot, here) < 2 * _DOT), here)
            self.named.setdefault(near, []).append(name)
        for x, y in self.named:
            numbers = map(svg.number, (x, y, _DOT))
            circle = format_html('<circle class="map__dot" cx="{}" cy="{}" r="{}"/>', *numbers)
            self.parts.append(circle)
            self.taken.append(_Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT))

    def keep_off(self, feature: Json) -> None:
        """Remember a region, so that words at the end of a leader stand off it."""
        self.regions += [self.outline(polygon[0]) for polygon in polygons(feature["geometry"])]

    def country(self, feature: Json, words: str) -> None:
        """Write a country's name on it, or beside it where it is crowded."""
        if not self._write_inside(feature, [("map__country-name", words)]):
            self._name_beside(self.point(_label_position(feature)), [words])

    def region(self, feature: Json, lines: Sequence[tuple[str, str]]) -> None:
        """Write lines of (class, words) on a region; on one too small, at the end of a leader."""
        if not self._write_inside(feature, lines):
            self._name_outside(feature, [words for _kind, words in lines])

    def holds(self, feature: Json, lines: Sequence[tuple[str, str]]) -> bool:
        """Whether there is room on a region for lines of (class, words), as things stand."""
        return self._room_inside(feature, lines) is not None

    def _name_outside(self, feature: Json, lines: list[str]) -> None:
        """Write lines at the end of a leader, off every region if there is room for that."""
        dot = self.point(_label_position(feature))
        spots = [spot for spot in self._free_spots(dot, lines) if spot.distance > _DISTANCES[0]]
        spots.sort(key=lambda spot: any(_touches(region, spot.box) for region in self.regions))
        if spots:
            self._write_beside(dot, spots[0], lines)

    def _write_inside(self, feature: Json, lines: Sequence[tuple[str, str]]) -> bool:
        """Write lines of (class, words) about the middle of a feature, if they fit there."""
        box = self._room_inside(feature, lines)
        if box is None:
            return False
        self.taken.append(box)
        for row, (kind, words) in enumerate(lines, 1):
            base = box.top + row * LABEL - 2.5
            self.parts.append(svg.text(kind, (box.left + box.right) / 2, base, words, "middle"))
        return True

    def _room_inside(self, feature: Json, lines: Sequence[tuple[str, str]]) -> _Box | None:
        """The free room nearest to the middle of a feature that holds lines; None without any."""
        x, y = self.point(_label_position(feature))
        half = max(svg.text_width(words, BOLD) for _kind, words in lines) / 2
        high = LABEL * len(lines) / 2
        outlines = [self.outline(polygon[0]) for polygon in polygons(feature["geometry"])]
        for across, down in _SHIFTS:
            box = _Box(x + across - half, y + down - high, x + across + half, y + down + high)
            if self._free(box) and any(_covers(outline, box) for outline in outlines):
                return box
        return None

    def outline(self, ring: Sequence[Point]) -> list[Point]:
        """A ring of (longitude, latitude) pairs in drawing units."""
        return [self.point((latitude, longitude)) for longitude, latitude in ring]

    def names(self) -> None:
        """Write the names of each dot beside it, or at the end of a leader where it is crowded.

        Names that find no room are left to the text twin; the dot stays.
        """
        for dot, names in self.named.items():
            self._name_beside(dot, names)

    def _name_beside(self, dot: Point, lines: list[str]) -> None:
        """Write lines at the first free spot around a dot."""
        if spot := next(self._free_spots(dot, lines), None):
            self._write_beside(dot, spot, lines)

    def _free_spots(self, dot: Point, lines: list[str]) -> Iterator[_Spot]:
        """Every spot around a dot where lines meet nothing and seem to name no other dot."""
        for distance in _DISTANCES:
            for across, down in _DIRECTIONS:
                end = dot[0] + across * distance, dot[1] + down * distance
                box = _box_of_lines(end, across, down, lines)
                others = (other for other in self.named if other != dot)
                if any(box.distance(other) < 2 * _DISTANCES[0] for other in others):
                    continue
                if self._free(box) and self._clear(dot, end):
                    yield _Spot(distance, end, box, _anchor(across))

    def _write_beside(self, dot: Point, spot: _Spot, lines: list[str]) -> None:
        """Write lines at a spot, with a leader when it is not right beside the dot."""
        self.taken.append(spot.box)
        if spot.distance > _DISTANCES[0]:
            self._leader(dot, spot.end)
        for row, words in enumerate(lines, 1):
            base = spot.box.top + row * LABEL - 2.5
            self.parts.append(svg.text("map__name", spot.end[0], base, words, spot.anchor))

    def _leader(self, dot: Point, spot: Point) -> None:
        """Draw the leader from a dot's edge to its name, and keep later words off it."""
        edge = _DOT / math.dist(dot, spot)
        self.taken += [_Box(x - 1, y - 1, x + 1, y + 1) for x, y in _steps(dot, spot)]
        start = tuple(d + (s - d) * edge for d, s in zip(dot, spot, strict=True))
        data = _path((start, spot), close=False)
        self.parts.append(format_html('<path class="map__leader" d="{}"/>', data))

    def _free(self, box: _Box) -> bool:
        """Whether the box lies in the drawing and meets nothing."""
        inside = box.left >= 0 and box.top >= 0 and box.right <= WIDTH and box.bottom <= self.height
        return inside and not any(box.meets(other) for other in self.taken)

    def _clear(self, dot: Point, spot: Point) -> bool:
        """Whether a leader from the dot to the spot crosses no other dot and no words."""
        for x, y in _steps(dot, spot):
            if math.dist(dot, (x, y)) <= 2 * _DOT:
                continue
            if any(_Box(x, y, x, y).meets(other) for other in self.taken):
                return False
        return True

    def image(self, kind: str, *, prefix: str, title: str, description: str) -> SafeString:
        """The finished drawing as one image."""
        return svg.image(
            f"map map--{kind}",
            (WIDTH, self.height),
            prefix=prefix,
            title=title,
            description=description,
            parts=self.parts,
        )


def _steps(start: Point, end: Point) -> Iterator[Point]:
    """Ten points on the way from one to another, the last one included."""
    for step in range(1, 11):
        yield tuple(a + (b - a) * step / 10 for a, b in zip(start, end, strict=True))


def _anchor(across: float) -> str:
    """How words stand to a spot on the right, on the left, or right above or below a dot."""
    return "middle" if across == 0 else "start" if across > 0 else "end"


def _box_of_lines(end: Point, across: float, down: float, lines: Sequence[str]) -> _Box:
    """The room lines take at a spot left, right, above or below its dot."""
    width = max(svg.text_width(words, BOLD) for words in lines)
    height = LABEL * len(lines)
    left = end[0] - width * {"start": 0, "middle": 0.5, "end": 1}[_anchor(across)]
    top = end[1] - height * (1 - down) / 2 if across == 0 else end[1] - height / 2
    return _Box(left, top, left + width, top + height)


def _covers(outline: Sequence[Point], box: _Box) -> bool:
    """Whether an outline holds the middle of a box and most of its width."""
    middle, inset = (box.top + box.bottom) / 2, (box.right - box.left) * 0.15
    spots = (box.left + inset, (box.left + box.right) / 2, box.right - inset)
    return all(contains(outline, (x, middle)) for x in spots)


def _touches(outline: Sequence[Point], box: _Box) -> bool:
    """Whether an outline holds one of the corners of a box, or the middle of its long sides."""
    xs = (box.left, (box.left + box.right) / 2, box.right)
    return any(contains(outline, (x, y)) for x in xs for y in (box.top, box.bottom))


def contains(outline: Sequence[Point], point: Point) -> bool:
    """Whether a closed ring holds a point: a ray to the right crosses it an odd number of times."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in pairwise(outline):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def _project(position: Point, center: Point) -> Point:
    """Lambert's azimuthal equal-area projection on the unit sphere, x to the east, y down."""
    latitude, longitude = map(math.radians, position)
    north, middle = map(math.radians, center)
    sin_n, cos_n = math.sin(north), math.cos(north)
    sin_l, cos_l = math.sin(latitude), math.cos(latitude)
    turn = math.cos(longitude - middle)
    reach = max(1 + sin_n * sin_l + cos_n * cos_l * turn, 1e-9)  # the antipode has no place
    factor = math.sqrt(2 / reach)
    x = factor * cos_l * math.sin(longitude - middle)
    return x, -factor * (cos_n * sin_l - sin_n * cos_l * turn)
