"""Alerts as GeoJSON (RFC 7946): each with its places, longitude before latitude."""

import json
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from math import hypot

from django.http import HttpRequest

from advisories.addresses import cap_address, page_address
from advisories.faces.data import alert_codes
from advisories.published import Published
from embassy.machines.public_data import AS_WRITTEN, SCHEMA_VERSION, tag

DECIMALS = 3  # of a simplified outline: about a hundred meters
FINENESS = (200, 100, 50, 35, 25, 18, 12)  # parts of its size by one of which a line may be off
BYTES = 100_000  # of all alerts: read once a minute, over slow networks too


def collection(found: list[Published], languages: list[str], request: HttpRequest) -> dict:
    """Give alerts as a FeatureCollection: the more outlines, the fewer points for each.

    Many alerts at once name the same large regions over and over, and who maps them all sees the
    country; a map of one alert has its exact outline in its CAP message.
    """
    whole = {"type": "FeatureCollection", "schema_version": SCHEMA_VERSION}
    for fine in FINENESS:
        whole["features"] = [feature(one, languages, fine, request) for one in found]
        if len(json.dumps(whole, **AS_WRITTEN).encode()) <= BYTES:
            break
    return whole


def feature(one: Published, languages: list[str], fine: int, request: HttpRequest) -> dict:
    """Give an alert: where it holds, and what it is in every language."""
    issue, first = one.issue, one.rows[0]
    return {
        "type": "Feature",
        "id": tag(issue.site, f"alert/{issue.page_id}"),
        "geometry": geometry_of(first.content["areas"], fine),
        "properties": {
            "schema_version": SCHEMA_VERSION,
            "identifier": issue.identifier,
            "verification_code": issue.code,
            "kind": first.content["kind"]["code"],
            "headline": {row.language: row.title for row in one.rows},
            "places": [area["code"] for area in first.content["areas"]],
            "sent": iso(issue.sent),
            "effective": iso(first.effective),
            "expires": iso(first.expires),
            **alert_codes(issue, first),
            "url": request.build_absolute_uri(page_address(one.page, languages[0])),
            "cap": request.build_absolute_uri(cap_address(one.page)) if issue.cap else None,
        },
    }


def levels(one: Published, request: HttpRequest) -> dict:
    """Give the areas of an advisory whose level is not the country's, which stands beside them."""
    rows, first = one.rows, one.rows[0].content
    root = request.build_absolute_uri
    about = {"schema_version": SCHEMA_VERSION, "level": first["level"]}
    about |= {"url": root(page_address(one.page, rows[0].language)), "sent": iso(one.issue.sent)}
    about["code"] = one.issue.code
    found = [
        {
            "type": "Feature",
            "id": tag(one.issue.site, f"advisory/{one.issue.page_id}/{area['code']}"),
            "geometry": geometry_of([area]),
            "properties": {
                "code": area["code"],
                "iso_code": area["iso_code"],
                "level": area["level"],
                "name": {row.language: row.content["areas"][number]["name"] for row in rows},
                "note": {row.language: row.content["areas"][number]["note"] for row in rows},
            },
        }
        for number, area in enumerate(first.get("areas", []))
    ]
    return {"type": "FeatureCollection", **about, "features": found}


def geometry_of(areas: list[dict], fine: int = FINENESS[0]) -> dict | None:
    """Give the geometry of the places of an alert; None where it names none, as RFC 7946 says."""
    rings = [ring for area in areas for ring in area.get("rings") or []]
    points = [[area["longitude"], area["latitude"]] for area in areas if not area.get("rings")]
    parts = [surface(rings, fine)] if rings else []
    parts += [spots(points)] if points else []
    if len(parts) > 1:
        return {"type": "GeometryCollection", "geometries": parts}
    return parts[0] if parts else None


def surface(rings: list, fine: int) -> dict:
    """Give outlines as one surface, each counterclockwise."""
    polygons = [[outline(ring, fine)] for ring in rings]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def spots(points: list) -> dict:
    """Give points as one geometry."""
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}


def outline(ring: list, fine: int) -> list:
    """Give a ring counterclockwise, without what no map of the whole shows."""
    return drawn(tuple((point[0], point[1]) for point in ring), fine)


@lru_cache(maxsize=500)
def drawn(ring: tuple, fine: int) -> list:
    """Draw an outline; kept, as many alerts name the same places."""
    ring = simplified([list(point) for point in ring], fine)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring if area >= 0 else ring[::-1]


def simplified(ring: list, fine: int) -> list:
    """Leave out points of a ring that are nearer to it than a part of its size.

    An alert's exact outline stands in its CAP message; a map of several needs no more.
    """
    width, height = (max(axis) - min(axis) for axis in zip(*ring, strict=True))
    near = max(width, height) / fine
    half = len(ring) // 2
    kept = along(ring[: half + 1], near)[:-1] + along(ring[half:], near)
    kept = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in kept]
    return kept if len(kept) >= 4 and near > 10**-DECIMALS else ring


def along(line: list, near: float) -> list:
    """Give a line without the points that are near to it (after Douglas and Peucker)."""
    kept, parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        between = range(first + 1, last)
        far = max(between, key=lambda n: distance(line[n], line[first], line[last]), default=None)
        if far is not None and distance(line[far], line[first], line[last]) > near:
            kept.add(far)
            parts += [(first, far), (far, last)]
    return [line[number] for number in sorted(kept)]


def distance(point: list, first: list, last: list) -> float:
    """Give how far a point lies from the line through two others, or from where they coincide."""
    (x, y), (a, b), (c, d) = point, first, last
    length = hypot(c - a, d - b)
    return abs((c - a) * (b - y) - (a - x) * (d - b)) / length if length else hypot(x - a, y - b)


def iso(moment: datetime | None) -> str | None:
    """Write a moment to the second, with its offset."""
    return moment.isoformat(timespec="seconds") if moment else None
