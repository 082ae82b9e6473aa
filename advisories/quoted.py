"""Numbers that warnings in force quote, and which of them have changed since."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from advisories.models import Clearance, Issued
from advisories.models.issued import once_each
from advisories.vocabulary import State
from embassy.models import ContactPoint


@dataclass(frozen=True)
class Outdated:
    """A number that a warning quotes and that is no longer so; `now` is empty when retired."""

    row: Issued
    label: str
    was: str
    now: str
    can_update: bool


def outdated_quotes(sites, at: datetime) -> list[Outdated]:
    """Give every number in the warnings of missions that hold at a moment and quote it wrongly."""
    rows = Issued.objects.filter(site__in=sites).current().not_over(at).select_related("page")
    rows = once_each(rows, get_language())
    quoted = {one["id"] for row in rows for one in row.content["contacts"] if "id" in one}
    contacts = ContactPoint.objects.in_bulk(quoted)
    issued = Clearance.objects.filter(page__in=[row.page_id for row in rows], state=State.ISSUED)
    ready = set(issued.values_list("page_id", flat=True))
    return [
        Outdated(row, one["label"], in_full(one), now, row.page_id in ready)
        for row in rows
        for one in row.content["contacts"]
        if "id" in one and (now := number_now(contacts.get(one["id"]))) != in_full(one)
    ]


def in_full(quoted: dict) -> str:
    """Give a quoted number with its extension."""
    return " ".join(filter(None, [quoted["display"], quoted["extension"]]))


def number_now(contact: ContactPoint | None) -> str:
    """Give a contact point's number as it is now; empty when it is no longer answered."""
    if contact is None or contact.retired:
        return ""
    return in_full({"display": contact.display, "extension": contact.extension})
