"""The levels of an advisory on the map: the country's own, and those of areas that differ."""

from django.utils.translation import gettext

from advisories.vocabulary import level_in_full
from embassy.drawing.maps import MALI_REGIONS_NOTE, Map, Mark, geodata, region_map
from embassy.drawing.maps import Place as MapPlace
from embassy.models import MissionSettings


def map_of_levels(content: dict, mission: MissionSettings) -> Map | None:
    """Draw the level of every region; an area that is none is a point on it. None without a map."""
    if mission.host_state_code != "ML":
        return None
    regions = geodata("mali-regions")
    known = [feature["id"] for feature in regions["features"]]
    areas = content.get("areas", [])
    own = {area["iso_code"]: area["level"] for area in areas if area["iso_code"] in known}
    points = [
        MapPlace(f"{area['name']} ({area['level']})", area["latitude"], area["longitude"])
        for area in areas
        if area["iso_code"] not in known
    ]
    return region_map(
        regions,
        prefix="levels",
        title=gettext("The level in each region"),
        places=points,
        marks={code: mark_of(own.get(code, content["level"])) for code in known},
        note=str(MALI_REGIONS_NOTE),
    )


def mark_of(level: int) -> Mark:
    """Give how a region of a level is shown: its colour, its number, and both in words."""
    return Mark(f"level-{level}", str(level), level_in_full(level))
