"""What the page of an alert says around its words: when it holds, how it ended, where it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext

from advisories.faces.outcome import Outcome, end_in_words, end_of, outcome_in_words, outcome_of
from advisories.models.issued import Issued
from embassy.clock import clocks
from embassy.drawing.maps import MALI_REGIONS_NOTE, Map, Mark, geodata, region_map
from embassy.drawing.maps import Place as MapPlace
from embassy.models import MissionSettings


def facts_of(warning: Issued, zone: str, language: str) -> list[dict]:
    """Give who issued an alert and when it holds, on its clock, or else on that of `zone`.

    Who issued it is typed once, in the `language` of its first text.
    """
    zone = warning.zone_or(zone)
    if warning.is_historic:
        day = clocks.wall_time(warning.effective, zone).date()
        words = formats.date_format(day, "DATE_FORMAT")
        facts = [{"label": gettext("Issued"), "value": words, "date": day.isoformat()}]
    else:
        facts = [timed_fact(gettext("In force from"), warning.effective, zone)]
    if warning.expires:
        facts.append(timed_fact(gettext("Until"), warning.expires, zone))
    if warning.content.get("issued_by"):
        whom = {"value": warning.content["issued_by"], "language": language}
        facts.append({"label": gettext("Issued by")} | whom)
    return facts


def timed_fact(label: str, moment: datetime, zone: str) -> dict:
    """Give a moment on a clock for the head of a page."""
    date = moment.astimezone(ZoneInfo(zone)).isoformat()
    return {"label": label, "value": clocks.in_words(moment, zone), "date": date}


def ending_of(last: Issued, now: datetime, zone: str) -> dict | None:
    """Say how and when an alert that is not in force ended, or when it begins.

    Times are on the clock it was issued on, or else on that of `zone`.
    """
    outcome = outcome_of(last, now)
    if outcome in (Outcome.IN_FORCE, Outcome.PAST):
        return None
    if outcome is Outcome.UPCOMING:
        return {"kind": "note", "title": outcome_in_words(last, now, zone), "text": ""}
    return ended(last, zone)


def ended(last: Issued, zone: str) -> dict | None:
    """Say how and when an alert ended or will end; nothing of one without an end."""
    title = end_in_words(last, zone)
    if not title:
        return None
    kind = "note" if end_of(last) is Outcome.ALL_CLEAR else "warning"
    return {"kind": kind, "title": title, "text": last.content.get("note", "")}


def map_of_places(warning: Issued, mission: MissionSettings) -> Map | None:
    """Draw the places of an alert on the map of the country, where there is one."""
    areas = warning.content["areas"]
    if not areas or mission.host_state_code != "ML":
        return None
    regions = geodata("mali-regions")
    known = {feature["id"] for feature in regions["features"]}
    whole = [area for area in areas if area.get("iso_code") in known]
    named = gettext("named in this message")
    return region_map(
        regions,
        prefix="places",
        title=gettext("Places this message names"),
        places=[as_point(area) for area in areas if area not in whole],
        marks={area["iso_code"]: Mark("named", "", named) for area in whole},
        note=str(MALI_REGIONS_NOTE),
    )


def as_point(area: dict) -> MapPlace:
    """Give an area as a point on a map."""
    return MapPlace(area["name"], area["latitude"], area["longitude"])
