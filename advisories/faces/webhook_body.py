"""A warning as webhooks carry it: its frozen words and facts as JSON, one text per language."""

import json

from advisories.addresses import public_address
from advisories.faces.ends import act_name, blocks_said
from advisories.models.issue import Issue
from advisories.models.issued import Issued
from advisories.vocabulary import NOTIFIES_NOBODY, message_type
from embassy.mission.roots import root_of

SCHEMA_VERSION = 1
OF_ALERTS = ("kind", "blocks", "areas", "issued_by")
OF_ADVISORIES = (
    *("level", "level_name", "indicators", "reviewed_on", "changed_on"),
    *("summary", "posture", "staff_rules", "advice", "areas", "changes"),
)
OF_CONTACTS = ("label", "display", "href", "extension", "callable_from_text", "hours_text")


def webhook_body(issue: Issue, rows: list[Issued]) -> bytes:
    """Give the message of an issue, the same bytes at every try."""
    return in_json(
        {
            "schema_version": SCHEMA_VERSION,
            "type": f"{issue.kind}.{issue.act}",
            "sender": issue.site.hostname,
            "identifier": issue.identifier,
            "warning": issue.page_id,
            "number": issue.number,
            "act": issue.act,
            "message_type": message_type(issue.act),
            "notify": issue.act not in NOTIFIES_NOBODY,
            "status": issue.status,
            "sent": issue.sent.isoformat(),
            "effective": issue.effective.isoformat(),
            "expires": issue.expires.isoformat() if issue.expires else None,
            "ends_it": issue.ends_it,
            "references": [name.split(",")[1] for name in issue.references.split()],
            "code": issue.code,
            "verify": f"{root_of(issue.site)}/verify/{issue.code}/",
            "sha256": issue.sha256,
            "texts": {row.language: text_of(issue, row) for row in rows},
            "cap": issue.cap or None,
        }
    )


def text_of(issue: Issue, row: Issued) -> dict:
    """Give what it says in one language, and where the warning stands as it is now."""
    names = OF_ALERTS if row.kind == Issued.Kind.ALERT else OF_ADVISORIES
    content = row.content
    facts = {name: content[name] for name in names if name in content}
    if "blocks" in facts:
        facts["blocks"] = blocks_said(issue, row)
    return {
        "headline": row.title,
        "act_name": act_name(issue, row),
        "note": content.get("note", ""),
        "address": public_address(issue.page, issue.site, row.language),
        **facts,
        "contacts": contacts_of(row),
        "sha256": row.sha256,
    }


def contacts_of(row: Issued) -> list[dict]:
    """Give whom to call."""
    contacts = row.content.get("contacts", [])
    return [{name: contact.get(name, "") for name in OF_CONTACTS} for contact in contacts]


def test_body(sender: str, sent) -> bytes:
    """Give a message that says it is a test and is about nothing."""
    words = {"schema_version": SCHEMA_VERSION, "type": "test", "sender": sender, "status": "Test"}
    return in_json({**words, "notify": False, "sent": sent.isoformat()})


def in_json(message: dict) -> bytes:
    """Write a message as JSON."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
