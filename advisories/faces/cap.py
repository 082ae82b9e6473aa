"""An alert as a CAP 1.2 message: made once when it is issued, frozen with it, served as it is."""

from datetime import datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils import timezone

from advisories.models.issue import Issue
from advisories.models.issued import Issued
from advisories.vocabulary import Act, message_type

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
EVENT_LENGTH = 34  # readers that show it on phones cut longer ones


def cap_time(moment: datetime) -> str:
    """Write a time as CAP wants it: to the second, with an offset; UTC is -00:00."""
    text = moment.replace(microsecond=0).isoformat()
    return text[:-6] + "-00:00" if text.endswith("+00:00") else text


def cap_message(issue: Issue, rows: list[Issued], sender_name: str, web: str) -> str:
    """Give the CAP message of an issue: an info block for each language it was written in.

    `web` is the absolute address of the alert's page without a language's prefix.
    """
    alert = Element("alert", xmlns=NAMESPACE)
    say(alert, "identifier", issue.identifier)
    say(alert, "sender", sender_of(issue))
    say(alert, "sent", cap_time(issue.sent))
    say(alert, "status", issue.status)
    say(alert, "msgType", message_type(issue.act))
    say(alert, "scope", "Public")
    say(alert, "note", "" if not issue.is_drill else issue.get_status_display())
    say(alert, "references", issue.references)
    for row in rows:
        add_info(alert, issue, row, sender_name, web)
    indent(alert)
    body = tostring(alert, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def add_info(alert: Element, issue: Issue, row: Issued, sender_name: str, web: str) -> None:
    """Add what the alert says in one language, in the schema's order."""
    content, cap = row.content, row.content["cap"]
    ends_it = issue.act == Act.ALL_CLEAR
    info = SubElement(alert, "info")
    say(info, "language", row.language)
    say(info, "category", cap["category"])
    say(info, "event", content["kind"]["name"][:EVENT_LENGTH])
    say(info, "responseType", "AllClear" if ends_it else cap["responseType"])
    say(info, "urgency", "Past" if issue.ends_it else cap["urgency"])
    say(info, "severity", cap["severity"])
    say(info, "certainty", cap["certainty"])
    say(info, "effective", cap_time(issue.effective))
    say(info, "expires", cap_time(issue.expires) if issue.expires else "")
    say(info, "senderName", sender_name)
    say(info, "headline", content["title"])
    say(info, "description", description_of(content))
    say(info, "instruction", block_text(content, "actions", "assistance"))
    say(info, "web", web)
    say(info, "contact", "; ".join(contact_line(contact) for contact in content["contacts"]))
    for area in content["areas"]:
        add_area(info, area)
    if not content["areas"]:
        where = SubElement(info, "area")
        say(where, "areaDesc", block_text(content, "location") or sender_name)


def add_area(info: Element, area: dict) -> None:
    """Add a place: its name, and its outline or the point where it lies."""
    where = SubElement(info, "area")
    say(where, "areaDesc", area["name"])
    for ring in area.get("rings") or []:
        say(where, "polygon", " ".join(f"{lat},{lon}" for lon, lat in ring))
    if not area.get("rings"):
        say(where, "circle", f"{area['latitude']},{area['longitude']} {area.get('radius', 5)}")


def say(parent: Element, name: str, text: str) -> None:
    """Add an element with a text; an empty one is left out."""
    if text:
        SubElement(parent, name).text = "".join(c for c in text if c in "\n\t" or c >= " ")


def description_of(content: dict) -> str:
    """Give what happened and where, and first what readers are told of an end or a change."""
    texts = [content.get("note", ""), block_text(content, "event", "location")]
    return "\n\n".join(text for text in texts if text)


def block_text(content: dict, *names: str) -> str:
    """Give the texts of blocks in this order."""
    texts = {block["name"]: block["text"] for block in content["blocks"]}
    return "\n\n".join(texts[name] for name in names if texts.get(name))


def contact_line(contact: dict) -> str:
    """Give a contact point in one line."""
    number = " ".join(filter(None, [contact["display"], contact["extension"]]))
    return f"{contact['label']}: {number}" if number else contact["label"]


def sender_of(issue: Issue) -> str:
    """Give the sender's name among all senders: the host the mission answers at."""
    return issue.site.hostname


def identifier_of(issue: Issue) -> str:
    """Give the message's name: no spaces, commas, < or & can be in it."""
    return quote(f"{sender_of(issue)}.{issue.page_id}.{issue.number}", safe=".")


def reference_to(issue: Issue) -> str:
    """Name an earlier message as CAP's references do."""
    return f"{sender_of(issue)},{issue.identifier},{cap_time(issue.sent)}"


def references_from(earlier: list[Issue], at: datetime | None = None) -> str:
    """Name every earlier message that has not lapsed, the oldest first."""
    at = at or timezone.now()
    current = [issue for issue in earlier if issue.expires is None or issue.expires > at]
    return " ".join(reference_to(issue) for issue in sorted(current, key=lambda i: i.number))
