"""An alert as a CAP 1.2 message: made once when it is issued, frozen with it, served as it is.

What the message says of time is in UTC, to the second: an update names the messages before it by
sender, identifier and the time they were sent, letter for letter, whatever clock they were read on.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.faces.ends import ADVICE, blocks_said, codes_of, named_end
from advisories.faces.lines import block_text, contact_line, labeled
from advisories.models.issue import Issue
from advisories.models.issued import Issued
from advisories.vocabulary import message_type
from embassy.fields import Texts
from embassy.texts.xmltext import xml_text

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
EVENT_LENGTH = 34  # readers that show it on phones cut longer ones
RADIUS = 5  # kilometers around a place of which no outline is known


def cap_time(moment: datetime) -> str:
    """Write a time as CAP wants it: to the second, with an offset; UTC is -00:00."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}-00:00"


def cap_message(
    issue: Issue, rows: Sequence[Issued], sender_name: Texts | str, web: Mapping[str, str]
) -> str:
    """Give the CAP message of an issue: an info block for each language it was written in.

    `web` gives the absolute address of the alert's page by language; a drill has none for good.
    """
    alert = Element("alert", xmlns=NAMESPACE)
    say(alert, "identifier", issue.identifier)
    say(alert, "sender", sender_of(issue))
    say(alert, "sent", cap_time(issue.sent))
    say(alert, "status", issue.status)
    say(alert, "msgType", message_type(issue.act) if issue.references else "Alert")
    say(alert, "scope", "Public")
    say(alert, "note", "" if not issue.is_drill else issue.get_status_display())
    say(alert, "references", issue.references)
    say(alert, "incidents", incidents_of(issue, rows))
    for row in rows:
        with override(row.language):
            add_info(alert, issue, row, sender_name, iri_to_uri(web.get(row.language, "")))
    indent(alert)
    body = tostring(alert, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def add_info(alert: Element, issue: Issue, row: Issued, sender_name: Texts | str, web: str) -> None:
    """Add what the alert says in one language, in the schema's order."""
    content, kind = row.content, row.content["kind"]
    codes, blocks = codes_of(issue, row), blocks_said(issue, row)
    names = sender_name if isinstance(sender_name, Texts) else Texts({row.language: sender_name})
    sender = names.in_language(row.language)
    info = SubElement(alert, "info")
    say(info, "language", row.language)
    say(info, "category", codes["category"])
    say(info, "event", event_of(kind["name"]), kind["code"])
    for name in ("responseType", "urgency", "severity", "certainty"):
        say(info, name, codes[name])
    say(info, "effective", cap_time(issue.sent if issue.ends_it else issue.effective))
    say(info, "expires", cap_time(issue.expires) if issue.expires else "")
    say(info, "senderName", sender)
    mark = labeled(issue.get_status_display().upper(), "") if issue.is_drill else ""
    say(info, "headline", mark + named_end(issue) + content["title"])
    say(info, "description", mark + description_of(content))
    say(info, "instruction", block_text(blocks, *ADVICE))
    say(info, "web", web)
    say(info, "contact", _("; ").join(map(contact_line, content["contacts"])))
    if not issue.is_drill:  # of drills no public page tells
        parameter = SubElement(info, "parameter")
        say(parameter, "valueName", "verification code")
        say(parameter, "value", issue.code)
    add_areas(info, content, [sender, sender_of(issue)])


def add_areas(info: Element, content: dict, otherwise: list[str]) -> None:
    """Add the places; an alert without any holds where its words say, or else for all of us."""
    for area in content["areas"]:
        add_area(info, area)
    if not content["areas"]:
        where = SubElement(info, "area")
        say(where, "areaDesc", block_text(content["blocks"], "location"), *otherwise)


def add_area(info: Element, area: dict) -> None:
    """Add a place: its name, and its outline or a circle around the point where it lies."""
    where = SubElement(info, "area")
    say(where, "areaDesc", area["name"], area["code"])
    rings = [ring for ring in map(closed, area.get("rings") or []) if ring]
    for ring in rings:
        say(where, "polygon", " ".join(f"{degrees(lat)},{degrees(lon)}" for lon, lat in ring))
    if not rings and area.get("latitude") is not None and area.get("longitude") is not None:
        center = f"{degrees(area['latitude'])},{degrees(area['longitude'])}"
        say(where, "circle", f"{center} {RADIUS}")
    if area.get("iso_code"):
        code = SubElement(where, "geocode")
        say(code, "valueName", "ISO 3166-2")
        say(code, "value", area["iso_code"])


def closed(ring: list) -> list[tuple[float, float]]:
    """Give an outline that ends where it begins; none of what is no surface."""
    points = [(point[0], point[1]) for point in ring]
    if points and points[0] != points[-1]:
        points.append(points[0])
    return points if len(set(points)) >= 3 else []


def degrees(number: float) -> str:
    """Write a number in digits alone, to about ten meters."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def say(parent: Element, name: str, *texts: str) -> None:
    """Add an element with the first text that is not empty; without any it is left out."""
    said = next((text for text in map(xml_text, texts) if text.strip()), "")
    if said:
        SubElement(parent, name).text = said


def event_of(name: str) -> str:
    """Give the kind of alert in as many whole words as every reader shows."""
    name = " ".join(xml_text(name).split())
    if len(name) <= EVENT_LENGTH:
        return name
    return name[: EVENT_LENGTH + 1].rpartition(" ")[0] or name[:EVENT_LENGTH]


def description_of(content: dict) -> str:
    """Give what happened and where, and first what readers are told of an end or a change."""
    texts = [content.get("note", ""), block_text(content["blocks"], "event", "location")]
    return "\n\n".join(text for text in texts if text)


def sender_of(issue: Issue) -> str:
    """Give the sender's name among all senders: the host the mission answered at."""
    if issue.identifier:  # an earlier message keeps the sender it was sent by
        return issue.identifier.rsplit(".", 2)[0]
    return quote(issue.site.hostname, safe=".")


def identifier_of(issue: Issue) -> str:
    """Give the message's name: no spaces, commas, < or & can be in it."""
    return f"{sender_of(issue)}.{issue.page_id}.{issue.number}"


def incidents_of(issue: Issue, rows: Sequence[Issued]) -> str:
    """Name the incidents a message is about, so that readers can put its messages together."""
    keys = dict.fromkeys(row.content.get("incident") for row in rows)
    return " ".join(f"{sender_of(issue)}.incident.{key}" for key in keys if key)


def reference_to(issue: Issue) -> str:
    """Name an earlier message as CAP's references do."""
    return f"{sender_of(issue)},{issue.identifier},{cap_time(issue.sent)}"


def references_from(earlier: Sequence[Issue], at: datetime) -> str:
    """Name every earlier message that has not lapsed, the oldest first.

    When all have, the last one is named all the same: a message that updates nothing is none.
    """
    before = sorted(earlier, key=lambda issue: issue.number)
    current = [issue for issue in before if issue.expires is None or issue.expires > at]
    return " ".join(reference_to(issue) for issue in current or before[-1:])
