"""What warnings in force quote of contact points, and which of it has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, override

from advisories.models import Clearance, Issued
from advisories.models.quoting import contact_content
from advisories.vocabulary import State
from embassy.models import ContactPoint

WORDS = {
    "label": "label",
    "through": "through",
    "callable_from_text": "callable_from",
    "hours_text": "schedule",
    "source": "source",
}
"""What is quoted beside the number, by the field of the contact point that it is read from."""


@dataclass(frozen=True)
class Outdated:
    """Something that a warning quotes of a contact point and that is no longer so.

    `row` is the warning as its reader knows it: in their language, or else the first there is.
    `what` names the field in the active language and is empty for the number itself, of which
    `now` is empty when nobody answers there any more.
    """

    row: Issued
    label: str
    what: str
    was: str
    now: str
    can_update: bool


@dataclass(frozen=True)
class OutdatedWarning:
    """A warning that quotes something wrongly, and everything it quotes so: one update mends it."""

    row: Issued
    differences: list[Outdated]
    can_update: bool


def outdated_quotes(sites, at: datetime) -> list[Outdated]:
    """Give all that the warnings of missions that hold at a moment quote wrongly.

    Each language is compared with what would be frozen in it now. What is wrong in several is
    told once, in the reader's language if it is wrong there. Hours are those of the week, without
    closures, so no day changes them.
    """
    rows = Issued.objects.filter(site__in=sites).current().not_over(at).select_related("page")
    rows = sorted(rows, key=lambda row: row.language != get_language())
    quoted = {one["id"] for row in rows for one in row.content["contacts"] if "id" in one}
    contacts = ContactPoint.objects.select_related("schedule").prefetch_related("schedule__periods")
    now = contacts.in_bulk(quoted)
    issued = Clearance.objects.filter(page__in={row.page_id for row in rows}, state=State.ISSUED)
    ready = set(issued.values_list("page_id", flat=True))
    shown: dict[int, Issued] = {}
    found: dict[tuple, Outdated] = {}
    for row in rows:
        headline = shown.setdefault(row.page_id, row)
        for one in row.content["contacts"]:
            for name, was, is_now in differences(one, now, row.language):
                about = (headline, one["label"], what(name), was, is_now, row.page_id in ready)
                found.setdefault((row.page_id, one["id"], name), Outdated(*about))
    return list(found.values())


def outdated_warnings(sites, at: datetime) -> list[OutdatedWarning]:
    """Give the warnings that quote something wrongly, each once with all of it."""
    found: dict[int, list[Outdated]] = {}
    for one in outdated_quotes(sites, at):
        found.setdefault(one.row.page_id, []).append(one)
    return [OutdatedWarning(ones[0].row, ones, ones[0].can_update) for ones in found.values()]


def differences(quoted: dict, contacts: dict, language: str) -> Iterator[tuple[str, str, str]]:
    """Give what of a quoted contact is no longer so: its name, what it was and what it is."""
    if "id" not in quoted:
        return
    contact = contacts.get(quoted["id"])
    if contact is None or contact.retired:
        yield "", in_full(quoted), ""
        return
    with override(language):
        now = contact_content(contact)
    is_another = in_full(quoted) != in_full(now)
    if is_another:
        yield "", in_full(quoted), in_full(now)
    elif quoted["href"] != now["href"]:
        yield "", quoted["href"], now["href"]
    for name in WORDS:
        if name == "source" and is_another and not now["source"]:
            continue  # it went with the number it was said of
        if name in quoted and quoted[name] != now[name]:
            yield name, quoted[name], now[name]


def in_full(quoted: dict) -> str:
    """Give a quoted number with its extension."""
    return " ".join(filter(None, [quoted["display"], quoted["extension"]]))


def what(name: str) -> str:
    """Name something quoted in the active language; the number itself has no name."""
    return str(ContactPoint._meta.get_field(WORDS[name]).verbose_name) if name else ""
