"""What a warning's words would say if they were issued now: every face, and the checklist.

The desk shows it of the words that are stored, the editor's preview of those being typed.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from advisories.addresses import reading_address
from advisories.faces.mail_body import mail_body, subject
from advisories.faces.read_aloud import read_aloud
from advisories.faces.text_form import TextForm, text_form
from advisories.freezing import frozen
from advisories.models import Clearance, Issue, Issued
from advisories.models.issue import NO_CODE_YET
from advisories.readiness import Check, checklist
from advisories.vocabulary import State
from embassy.approval import Refused
from embassy.language.languages import language_name
from embassy.models import MissionSettings


@dataclass(frozen=True)
class Faces:
    """All faces of a warning in one language; those an advisory does not have are empty."""

    row: Issued
    language: str
    cap: str
    zone: str
    text: TextForm | None = None
    script: tuple[str, ...] = ()
    subject: str = ""
    mail: str = ""


def checks_of(words, clearance: Clearance, at: datetime) -> list[Check]:
    """Give the checklist of words under way; what ends or confirms a warning asks for none."""
    return [] if clearance.is_end else checklist(words, at)


def faces_of(words, clearance: Clearance, at: datetime) -> list[Faces]:
    """Give what each face will say, a set per language; of words issued already what they say."""
    issue, rows = None, []
    if clearance.state != State.ISSUED:
        with suppress(Refused):
            issue, rows = frozen(words, clearance, at, code=NO_CODE_YET)
    if not rows:
        rows = list(Issued.objects.current_of(words).select_related("issue"))
        issue = rows[0].issue if rows else None
    zone = MissionSettings.for_site(clearance.site).time_zone
    return [faces_in_language(row, issue, zone) for row in rows]


def faces_in_language(row: Issued, issue: Issue, zone: str) -> Faces:
    """Give the faces of one row, times on its clock, or else on that of `zone`."""
    row.issue, zone = issue, row.zone_or(zone)
    address = reading_address(row)
    faces = Faces(row, language_name(row.language), issue.cap, zone)
    if row.kind != Issued.Kind.ALERT:
        return faces
    return Faces(
        faces.row,
        faces.language,
        faces.cap,
        zone,
        text=text_form(row, address),
        script=tuple(read_aloud(row, zone)),
        subject=subject(row),
        mail=mail_body(row, address),
    )


def composed(words, clearance: Clearance, at: datetime) -> dict:
    """Give both, for a template."""
    is_issued = clearance.state == State.ISSUED
    return {
        "checks": [] if is_issued else checks_of(words, clearance, at),
        "faces": faces_of(words, clearance, at),
    }
