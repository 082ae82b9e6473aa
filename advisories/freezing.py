"""Freezing a warning: everything its faces show, as text, in rows that nobody can change."""

import json
from datetime import datetime

from django.utils.translation import gettext as _

from advisories.addresses import public_address
from advisories.changes import changes_between, substance
from advisories.faces.cap import cap_message, identifier_of, references_from
from advisories.models import Clearance, Issue, Issued
from advisories.models.issued import digest
from advisories.vocabulary import ENDING, Act, Status
from embassy.approval import Refused
from embassy.models import MissionSettings


def frozen(words, clearance: Clearance, at: datetime, **who) -> tuple[Issue, list[Issued]]:
    """Give the unsaved rows of an issue: the act itself, and one row per language.

    `words` is the warning with the words that were cleared; `who` says who wrote and approved them.
    """
    earlier = list(Issue.objects.of(words))
    status = refuse_another_status(words, earlier)
    number = earlier[0].number + 1 if earlier else 1
    about = {"site": clearance.site, "page_id": words.pk, "kind": words.issued_kind}
    issue = Issue(**about, number=number, act=clearance.act, status=status, sent=at, **who)
    issue.revision = clearance.revision
    issue.identifier = identifier_of(issue)
    issue.references = references_from([one for one in earlier if one.cap], at)
    return issue, rows_of(issue, words, clearance, at)


def refuse_another_status(words, earlier: list[Issue]) -> str:
    """Refuse to make a drill of what was real, or the other way; give what the warning is."""
    status = getattr(words, "status", Status.ACTUAL)
    if earlier and earlier[0].status != status:
        raise Refused(_("A drill stays a drill, and a real alert real. Write a new alert."))
    return status


def rows_of(issue: Issue, words, clearance: Clearance, at: datetime) -> list[Issued]:
    """Give the rows of an issue, and complete the issue by what stands in them."""
    before = {row.language: row for row in Issued.objects.current_of(words)}
    if issue.act in ENDING[issue.kind]:
        rows = [again(row, issue, words) for row in before.values()]
    else:
        rows = words.freeze(at)
        refuse_the_same(rows, words)
    issue.effective, issue.expires = rows[0].effective, rows[0].expires
    sender = MissionSettings.for_site(issue.site).name
    for row in rows:
        row.number, row.is_drill = issue.number, issue.is_drill
        row.expires = at if issue.ends_it else row.expires
        row.content |= {"act": issue.act, "note": clearance.note.get(row.language, "")}
        row.content |= {"sender": sender.in_language(row.language)}
        row.content |= said_of_changes(row, before.get(row.language))
        row.sha256 = digest(row.content, row.language)
    if issue.kind == Issued.Kind.ALERT and not rows[0].is_historic:
        issue.cap = cap_message(issue, rows, sender, lasting_addresses(issue, rows))
    told = {"issue": issue.identifier, "cap": issue.cap, "rows": [row.sha256 for row in rows]}
    issue.sha256 = digest(told, "")
    return rows


FACTS = ("kind", "cap", "effective", "expires", "level", "indicators")
"""What a correction of the wording leaves as it is, besides the areas."""


def refuse_more_than_words(rows: list[Issued], words, act: str, at: datetime) -> None:
    """Refuse a correction of the wording that changes facts, and an update that takes effect away.

    The first would tell nobody of what everybody must know; the second would silence for a while.
    """
    before = {row.language: row for row in Issued.objects.current_of(words)}
    if not before:
        return
    if act == Act.WORDING and facts_in(rows[0].content) != facts_in(
        before.get(rows[0].language, next(iter(before.values()))).content
    ):
        raise Refused(_("This changes more than words. Discard it and choose Update."))
    if any(row.is_in_force(at) for row in before.values()) and rows[0].effective > at:
        raise Refused(_("It is in force now: leave its beginning as it was."))


def facts_in(content: dict) -> dict:
    """Give the facts among a warning's content, names in no language."""
    facts = {name: content.get(name) for name in FACTS}
    facts["kind"] = (content.get("kind") or {}).get("code")
    facts["indicators"] = [one["code"] for one in content.get("indicators", [])]
    facts["areas"] = [(area["code"], area.get("level")) for area in content.get("areas", [])]
    return json.loads(json.dumps(facts))


def said_of_changes(row: Issued, before: Issued | None) -> dict:
    """Give what changed in an advisory since its last issue in the same language, if any."""
    is_reviewed = row.content["act"] in ENDING[row.kind]
    if row.kind != Issued.Kind.ADVISORY or before is None or is_reviewed:
        return {}
    return {"changes": changes_between(before.content, row.content, row.language)}


def refuse_the_same(rows: list[Issued], words) -> None:
    """Refuse an update that changes nothing: it would call everybody for nothing."""
    before = {row.language: row.content for row in Issued.objects.current_of(words)}
    after = {row.language: row.content for row in rows}
    if before and said_in(before) == said_in(after) and on_one_clock(before, after):
        raise Refused(_("Nothing has changed since the last issue. Discard the update instead."))


def on_one_clock(before: dict[str, dict], after: dict[str, dict]) -> bool:
    """Whether readers find the times on the clock they had them on; of old rows none is known."""
    pairs = ((before[code].get("time_zone"), after[code]["time_zone"]) for code in before)
    return all(old in (None, new) for old, new in pairs)


def digest_of(words, at: datetime) -> str:
    """Give the digest of everything that would be frozen of a warning's words as they are."""
    return digest(said_in({row.language: row.content for row in words.freeze(at)}), "")


def said_in(contents: dict[str, dict]) -> dict[str, dict]:
    """Give the substance of contents by language, as it reads once stored."""
    return {code: json.loads(json.dumps(substance(one))) for code, one in contents.items()}


def again(row: Issued, issue: Issue, words) -> Issued:
    """Give the words of the issue before once more: what ends or confirms them changes none.

    Its times stay on the clock they were on; of old rows, which name none, on that of today.
    """
    content = {name: value for name, value in row.content.items() if name != "changes"}
    content.setdefault("time_zone", MissionSettings.for_site(issue.site).time_zone)
    if "reviewed_on" in content:
        content["reviewed_on"] = words.reviewed_on.isoformat()
    kept = ("site", "page", "kind", "language", "effective", "expires", "is_historic")
    return Issued(**{name: getattr(row, name) for name in kept}, content=content)


def lasting_addresses(issue: Issue, rows: list[Issued]) -> dict[str, str]:
    """Give the address of a warning's page by language; none of a drill, whose addresses lapse."""
    if issue.is_drill:
        return {}
    return {row.language: public_address(row.page, issue.site, row.language) for row in rows}
