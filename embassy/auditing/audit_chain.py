"""Whether the audit is as it was written: each seal is reckoned again, apart from the database.

A chain of hashes shows a change to any entry but the latest ones being cut off, and cannot stop who
may do anything to the database from writing all of it anew. So an operator keeps a seal elsewhere.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC

from django.db import models
from django.db.models.functions import Cast

from embassy.models import AuditEntry, AuditSeal

AT_ONCE = 2000


def digest(previous: str, *parts: str | None) -> str:
    """Give the hash of an entry after a seal, as the database reckons it."""
    told = ("-" if part is None else f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256((previous + "".join(told)).encode()).hexdigest()


def sealed() -> Iterator[AuditSeal]:
    """Give the closed seals in order, with their entries."""
    details = Cast("entry__details", models.TextField())
    seals = AuditSeal.objects.filter(number__isnull=False).select_related("entry")
    return seals.annotate(said=details).order_by("number").iterator(AT_ONCE)


def reckoned(seal: AuditSeal, previous: str) -> str:
    """Give what the hash of a seal must be."""
    entry = seal.entry
    return digest(
        previous,
        str(entry.pk),
        entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
        text(entry.by_id),
        entry.action,
        entry.target_type,
        entry.target_id,
        entry.target_label,
        text(entry.site_id),
        seal.said,
    )


def text(number: int | None) -> str | None:
    """Give a key as text, and none as none."""
    return None if number is None else str(number)


def faults() -> Iterator[tuple[AuditSeal | None, str]]:
    """Go through the chain; give each seal with what is wrong with it, in words, or nothing.

    Behind a fault the rest is reckoned from what is stored, so that each fault is told once.
    """
    number, previous = 0, ""
    for seal in sealed():
        number += 1
        found = []
        if seal.number != number:
            found.append(f"Seals {number} to {seal.number - 1} are missing.")
        if reckoned(seal, previous) != seal.sha256:
            found.append(f"Entry {seal.entry_id} is not as it was sealed ({seal.number}).")
        yield seal, " ".join(found)
        number, previous = seal.number, seal.sha256
    for entry in AuditEntry.objects.without_seal().order_by("pk").iterator(AT_ONCE):
        yield None, f"Entry {entry.pk} was put in without a seal."
