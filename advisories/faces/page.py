"""What the page of an alert says around its words: when it holds, how it ended, where it is."""

from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext

from advisories.models.issued import Issued
from advisories.vocabulary import Act
from embassy.maps import MALI_REGIONS_NOTE, Map, geodata, region_map
from embassy.maps import Place as MapPlace
from embassy.models import MissionSettings


def facts_of(warning: Issued, zone: ZoneInfo) -> list[dict]:
    """Give who issued an alert and when it holds, on the mission's clock."""
    begins = warning.effective.astimezone(zone)
    shown = "DATE_FORMAT" if warning.is_historic else "DATETIME_FORMAT"
    facts = [
        {
            "label": gettext("Issued") if warning.is_historic else gettext("In force from"),
            "value": formats.date_format(begins, shown),
            "date": begins.isoformat(),
        }
    ]
    if warning.expires:
        ends = warning.expires.astimezone(zone)
        label, value = gettext("Until"), formats.date_format(ends, "DATETIME_FORMAT")
        facts.append({"label": label, "value": value, "date": ends.isoformat()})
    if warning.content.get("issued_by"):
        facts.append({"label": gettext("Issued by"), "value": warning.content["issued_by"]})
    return facts


def ending_of(warning: Issued, now, zone: ZoneInfo) -> dict | None:
    """Say how and when an alert that is not in force ended, or when it begins."""
    if warning.is_historic or warning.is_in_force(now):
        return None
    note = warning.content.get("note", "")
    if warning.effective > now:
        return told("note", gettext("Not yet in force: from %(time)s"), warning.effective, zone)
    ways = {
        Act.CANCEL: ("warning", gettext("Cancelled on %(time)s")),
        Act.ALL_CLEAR: ("note", gettext("All clear since %(time)s")),
    }
    kind, words = ways.get(warning.content.get("act"), ("warning", gettext("Over since %(time)s")))
    return told(kind, words, warning.expires, zone, note)


def told(kind: str, words: str, moment, zone: ZoneInfo, text: str = "") -> dict:
    """Give a notice that names a moment on the mission's clock."""
    time = formats.date_format(moment.astimezone(zone), "DATETIME_FORMAT")
    return {"kind": kind, "title": words % {"time": time}, "text": text}


def map_of_places(warning: Issued, mission: MissionSettings) -> Map | None:
    """Draw the places of an alert on the map of the country, where there is one."""
    areas = warning.content["areas"]
    if not areas or mission.host_state_code != "ML":
        return None
    places = [MapPlace(a["name"], a["latitude"], a["longitude"]) for a in areas]
    return region_map(
        geodata("mali-regions"),
        prefix="places",
        title=gettext("Places this message names"),
        places=places,
        note=str(MALI_REGIONS_NOTE),
    )
