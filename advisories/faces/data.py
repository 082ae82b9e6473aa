"""Warnings as plain data for other programs: codes and times once, texts by language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from advisories.addresses import cap_address, page_address
from advisories.faces.ends import act_name, blocks_said, codes_of
from advisories.models import Issue, Issued
from advisories.models.frozen_text import absolute_html
from advisories.published import Published
from advisories.reviews import overdue_since, review_due
from embassy.machines.public_data import SCHEMA_VERSION, tag
from embassy.models import MissionSettings

AREA_IN_WORDS = ("code", "name", "level", "level_name", "note")


def alert_data(
    one: Published, mission: MissionSettings, at: datetime, request: HttpRequest
) -> dict:
    """Give an alert as it was last issued."""
    issue, first = one.issue, one.rows[0]
    absolute = request.build_absolute_uri
    return {
        "id": issue.page_id,
        "tag": tag(issue.site, f"alert/{issue.page_id}"),
        "country": mission.host_state_code,
        "state": one.state_at(at),
        "kind": first.content["kind"]["code"],
        "first_issued": one.first_published,
        **issue_data(issue),
        "effective": first.effective,
        "expires": first.expires,
        **alert_codes(issue, first),
        "places": [place_data(one, number) for number in range(len(first.content["areas"]))],
        "url": absolute(page_address(one.page, mission.first_language)),
        "cap": absolute(cap_address(one.page)) if issue.cap else None,
        "texts": {row.language: alert_text(issue, row) for row in one.rows},
    }


def alert_codes(issue: Issue, row: Issued) -> dict[str, str]:
    """Give what an alert says in the words of CAP."""
    codes = codes_of(issue, row)
    names = ("category", "urgency", "severity", "certainty")
    return {**{name: codes[name] for name in names}, "response_type": codes["responseType"]}


def issue_data(issue: Issue) -> dict:
    """Give the act of issuing; who wrote and approved it is nobody else's business."""
    return {
        "number": issue.number,
        "act": issue.act,
        "identifier": issue.identifier,
        "verification_code": issue.code,
        "issued": issue.sent,
    }


def place_data(one: Published, number: int) -> dict:
    """Give a place of an alert, with its name in each language."""
    area = one.rows[0].content["areas"][number]
    return {
        "code": area["code"],
        "iso_code": area.get("iso_code", ""),
        "names": {row.language: row.content["areas"][number]["name"] for row in one.rows},
        "latitude": area["latitude"],
        "longitude": area["longitude"],
    }


def alert_text(issue: Issue, row: Issued) -> dict:
    """Give what an alert says in one language."""
    return {
        "headline": row.title,
        "act_name": act_name(issue, row),
        "kind_name": row.content["kind"]["name"],
        "note": row.content.get("note", ""),
        "blocks": blocks_said(issue, row),
        "contacts": [contact_data(contact) for contact in row.content["contacts"]],
    }


def contact_data(contact: dict) -> dict:
    """Give a contact point as it was quoted; a phone number as E.164 has it too."""
    number = contact["href"].removeprefix("tel:").partition(";")[0]
    return {
        "label": contact["label"],
        "display": contact["display"],
        "e164": number if contact["is_phone"] and number else None,
        "extension": contact["extension"],
        "callable_from": contact["callable_from_text"],
        "through": contact["through"],
        "hours": contact["hours_text"],
    }


def advisory_data(
    one: Published, mission: MissionSettings, at: datetime, request: HttpRequest
) -> dict:
    """Give a travel advisory as it was last issued."""
    issue, content = one.issue, one.rows[0].content
    root = request.build_absolute_uri("/")[:-1]
    return {
        "schema_version": SCHEMA_VERSION,
        "id": issue.page_id,
        "tag": tag(issue.site, f"advisory/{issue.page_id}"),
        "country": mission.host_state_code,
        **issue_data(issue),
        "level": content["level"],
        "indicators": [item["code"] for item in content["indicators"]],
        **review_data(content, at.astimezone(ZoneInfo(mission.time_zone)).date()),
        "areas": [picked(area, "code", "iso_code", "level") for area in content.get("areas", [])],
        "url": request.build_absolute_uri(page_address(one.page, mission.first_language)),
        "texts": {row.language: advisory_text(row, root) for row in one.rows},
    }


def review_data(content: dict, today: date) -> dict:
    """Give when an advisory was looked at and changed, and when it is to be looked at again."""
    reviewed = date.fromisoformat(content["reviewed_on"])
    return {
        "reviewed_on": reviewed,
        "changed_on": date.fromisoformat(content["changed_on"]),
        "review_due": review_due(content["level"], reviewed),
        "review_overdue": overdue_since(content["level"], reviewed, today) is not None,
    }


def advisory_text(row: Issued, root: str) -> dict:
    """Give what an advisory says in one language; rich text as HTML with whole addresses."""
    content = row.content
    return {
        "title": row.title,
        "level_name": content["level_name"],
        "indicators": content["indicators"],
        "summary_html": absolute_html(content["summary"], root),
        "posture_html": absolute_html(content["posture"], root),
        "staff_rules_html": absolute_html(content.get("staff_rules", ""), root),
        "advice": [
            {"heading": item["heading"], "html": absolute_html(item["html"], root)}
            for item in content["advice"]
        ],
        "areas": [picked(area, *AREA_IN_WORDS) for area in content.get("areas", [])],
        "changes": content.get("changes"),
        "contacts": [contact_data(contact) for contact in content["contacts"]],
    }


def picked(area: dict, *names: str) -> dict:
    """Give some of what is said of an area."""
    return {name: area[name] for name in names}
