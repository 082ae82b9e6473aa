"""Reference data as a file: what whoever runs the server reads, changes and gives back.

Kinds of alert and indicators are the same for all missions, and an alert is announced by the name
of its kind, so no account changes them: on the screens they are only read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, Model

from advisories.models import AlertKind, Indicator
from embassy.auditing import audit
from embassy.fields import Texts

PARTS: dict[str, type[Model]] = {"indicators": Indicator, "kinds": AlertKind}


class NotTaken(Exception):
    """A file that cannot be taken, with a sentence for each fault."""


@dataclass(frozen=True)
class Change:
    """A row as it would be stored, and what of it would be different: {field: (was, now)}."""

    row: Model
    differences: dict[str, tuple]

    def __str__(self) -> str:
        """Tell it in one line for each field."""
        lines = [f"{name}: {was!r} → {now!r}" for name, (was, now) in self.differences.items()]
        return "\n".join([f"{type(self.row)._meta.verbose_name} {self.row.code}", *lines])


def whole() -> dict[str, list[dict]]:
    """Give all there is, by part, as plain data."""
    return {part: [plain(row) for row in model.objects.all()] for part, model in PARTS.items()}


def plain(row: Model) -> dict:
    """Give what a row says."""
    return {field.name: plain_value(getattr(row, field.name)) for field in fields_of(type(row))}


def plain_value(value):
    """Give a value as JSON has it."""
    return dict(value) if isinstance(value, dict) else value


def fields_of(model: type[Model]) -> list[Field]:
    """Give the fields of a row but its key."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def changes_in(wanted: dict) -> list[Change]:
    """Compare a file with what is stored; raises NotTaken with all its faults.

    Rows are known by their code. What a file leaves out stays as it is: nothing is deleted, for
    warnings name it.
    """
    if not isinstance(wanted, dict) or not wanted or set(wanted) - set(PARTS):
        raise NotTaken(f"Give one or more of the lists {', '.join(PARTS)}, and nothing else.")
    found, faults = [], []
    for part, rows in wanted.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(f"{part}: give a list of objects.")
            continue
        codes = [str(row.get("code", "")) for row in rows]
        faults += [f"{part}: {code} comes twice." for code in sorted(twice(codes))]
        for values in rows:
            try:
                found.append(change(PARTS[part], values))
            except ValidationError as error:
                faults += [f"{part}, {values.get('code') or '?'}: {one}" for one in told(error)]
    if faults:
        raise NotTaken("\n".join(faults))
    return [one for one in found if one.differences]


def twice(codes: list[str]) -> set[str]:
    """Give what stands in a list more than once."""
    return {code for code in codes if codes.count(code) > 1}


def told(error: ValidationError) -> Iterator[str]:
    """Give each fault with the field it is at."""
    for name, sentences in error.message_dict.items():
        yield from (f"{name}: {sentence}" for sentence in sentences)


def change(model: type[Model], values: dict) -> Change:
    """Give what of one row would be different; raises ValidationError by field."""
    known = {field.name: field for field in fields_of(model)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ValidationError(dict.fromkeys(unknown, "There is no such field."))
    row = model.objects.filter(code=str(values.get("code", ""))).first()
    before = plain(row) if row else dict.fromkeys(known)
    row = row or model()
    for name, value in values.items():
        setattr(row, name, Texts(value) if isinstance(value, dict) else value)
    row.full_clean()
    now = plain(row)
    return Change(
        row, {name: (before[name], now[name]) for name in now if before[name] != now[name]}
    )


@transaction.atomic
def store(changes: list[Change], at: datetime) -> None:
    """Store them all or none, and put each on record."""
    for one in changes:
        action = audit.CHANGED if one.row.pk else audit.ADDED
        one.row.save()
        details = {"fields": sorted(one.differences)}
        audit.record(action, of=one.row, at=at, details=details)
