"""What a document holds: what its name says, nothing else besides, and nothing that acts by itself.

Each check raises a ValidationError whose sentence says what to do.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, is_zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from embassy.files.pdf_contents import Damaged, Locked, Unclear, acts_in

# What stands in an office file, which is a ZIP archive: a name that no other kind has.
MEMBERS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
}
TYPES = "[Content_Types].xml"
TYPES_LIMIT = 1024 * 1024
PROGRAMS = re.compile(r"vbaproject|(^|/)macrosheets/|(^|/)activex/|^basic/|^scripts/", re.I)
PROGRAM_TYPES = re.compile(rb"vbaproject|macroenabled|macrosheet|activex", re.I)
OBJECTS = re.compile(r"embeddings/oleobject", re.I)
RELATIONS = re.compile(r"\.rels$", re.I)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
OWN_DISK = re.compile(r"\s*(file:/*)?[a-z]:", re.I)
FIELD_CODES = re.compile(rb"<\w+:instrText\b[^>]*>([^<]*)|\binstr\s*=\s*\"([^\"]*)")
COMMAND = re.compile(rb"\bDDE(AUTO)?\b", re.I)
COMMANDED = re.compile(rb"<(?:\w+:)?ddeLink\b", re.I)
LOOKED_INTO = re.compile(r"\.rels$|^word/[^/]+\.xml$|^xl/externallinks/[^/]+\.xml$", re.I)
PART_LIMIT = 20 * 1024 * 1024
RTF_OBJECTS = re.compile(rb"\\obj(data|ect|emb|link|autlink|ocx|update)")
# How files begin that are no plain text.
BEGINNINGS = (
    *(b"%pdf-", b"pk\3\4", b"{\\rtf", b"gif8", b"\x89png", b"\xff\xd8\xff", b"\x7felf", b"rar!"),
    *(b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"#!", b"<?", b"<html", b"<!doctype"),
    *(b"<svg", b"<script"),
)


def check_content(file: BinaryIO, kind: str, size: int) -> None:
    """Refuse a file of a kind (like "pdf") and size in bytes that is not what it should be."""
    limit = settings.UPLOADS["document_bytes"]
    if size > limit:
        told = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        raise ValidationError(
            _("This file has %(size)s. At most %(limit)s are taken: make it smaller first.") % told
        )
    file.seek(0)
    try:
        CHECKS.get(kind, check_text)(file, kind, size)
    finally:
        file.seek(0)


def refuse_as_other(kind: str) -> None:
    """Refuse a file that is not what its name says."""
    words = _("This file is no %(kind)s, whatever its name says. Choose another file.")
    raise ValidationError(words % {"kind": kind.upper()})


def refuse_two_in_one(file: BinaryIO, kind: str) -> None:
    """Refuse a file that is a ZIP archive as well as what its name says."""
    if is_zipfile(file):
        words = _("This %(kind)s is a ZIP archive as well. Save it again, or choose another file.")
        raise ValidationError(words % {"kind": kind.upper()})


def refuse_acting(parts: list[str]) -> None:
    """Refuse a file that could do something by itself, which is named."""
    words = _("This file does more than being read: it holds %(parts)s. Save it without.")
    raise ValidationError(words % {"parts": get_text_list(parts, _("and"))})


def check_pdf(file: BinaryIO, kind: str, size: int) -> None:
    """Check a PDF."""
    data = file.read()
    if not data.startswith(b"%PDF-"):
        refuse_as_other(kind)
    refuse_two_in_one(file, kind)
    try:
        found = acts_in(data)
    except Locked:
        words = _("This PDF is locked. Save it without a password and without restrictions.")
        raise ValidationError(words) from None
    except Unclear:
        words = _("This PDF cannot be looked into. Save it again, for instance by printing to PDF.")
        raise ValidationError(words) from None
    except Damaged:
        words = _("This PDF breaks off or is damaged. Save it again, or print it to PDF.")
        raise ValidationError(words) from None
    if found:
        refuse_acting(found)


def check_rtf(file: BinaryIO, kind: str, size: int) -> None:
    """Check a rich text file."""
    data = file.read()
    if not data.startswith(b"{\\rtf"):
        refuse_as_other(kind)
    refuse_two_in_one(file, kind)
    if RTF_OBJECTS.search(data):
        refuse_acting([_("objects of other programs")])


def check_text(file: BinaryIO, kind: str, size: int) -> None:
    """Check a plain text."""
    data = file.read()
    begins = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"\0" in data or begins.startswith(BEGINNINGS):
        refuse_as_other(kind)
    refuse_two_in_one(file, kind)


def check_office(file: BinaryIO, kind: str, size: int) -> None:
    """Check an office file by its list of members, and by those that can fetch or command.

    Raises a ValidationError.
    """
    if file.read(4) != b"PK\3\4":
        refuse_as_other(kind)
    try:
        with ZipFile(file) as archive:
            check_members(archive, kind, size)
    except (BadZipFile, LargeZipFile, NotImplementedError, OSError, ValueError, EOFError):
        refuse_as_other(kind)


def check_members(archive: ZipFile, kind: str, size: int) -> None:
    """Check what an archive says of its members."""
    members = archive.infolist()
    names = [member.filename for member in members]
    if MEMBERS[kind] not in names or min(member.header_offset for member in members):
        refuse_as_other(kind)
    if any(member.flag_bits & 1 for member in members):
        raise ValidationError(_("This file is locked. Save it without a password."))
    check_unpacked_size(members, size)
    if any(PROGRAMS.search(name) for name in names) or PROGRAM_TYPES.search(types_in(archive)):
        refuse_acting([_("a program (macros)")])
    if any(OBJECTS.search(name) for name in names):
        refuse_acting([_("objects of other programs")])
    refuse_fetching(archive)


def refuse_fetching(archive: ZipFile) -> None:
    """Refuse what fetches something from elsewhere when opened, or runs a command."""
    for name in filter(LOOKED_INTO.search, archive.namelist()):
        with archive.open(name) as member:
            told = member.read(PART_LIMIT).replace(b"\0", b"")  # it may be UTF-16
        if RELATIONS.search(name) and any(map(fetches, RELATION.findall(told))):
            refuse_acting([_("parts that are fetched from elsewhere when it is opened")])
        codes = b"".join(map(b"".join, FIELD_CODES.findall(told)))  # one may stand in pieces
        if COMMAND.search(codes) or COMMANDED.search(told):
            refuse_acting([_("a command to another program (DDE)")])


def fetches(relation: bytes) -> bool:
    """Say whether a relation of an office file leads elsewhere without being a link to follow.

    A template on the disk of whoever wrote the file is on no disk of those who read it.
    """
    found = ATTRIBUTE.findall(relation)
    said = {name.lower(): unescape((a or b).decode(errors="replace")) for name, a, b in found}
    is_link = said.get(b"type", "").lower().endswith("/hyperlink")
    is_elsewhere = said.get(b"targetmode", "").lower() == "external"
    return is_elsewhere and not is_link and not OWN_DISK.match(said.get(b"target", ""))


def check_unpacked_size(members: list, size: int) -> None:
    """Refuse an archive that would unpack to far more than it is; what members say is added up."""
    limits = settings.UPLOADS
    unpacked = sum(member.file_size for member in members)
    overlap = sum(member.compress_size for member in members) > size
    if unpacked > limits["unpacked_bytes"] or len(members) > limits["members"] or overlap:
        told = {
            "size": filesizeformat(unpacked),
            "limit": filesizeformat(limits["unpacked_bytes"]),
            "count": len(members),
            "most": limits["members"],
        }
        words = _(
            "Unpacked, this file would have %(size)s in %(count)s parts. At most %(limit)s in "
            "%(most)s parts are taken."
        )
        raise ValidationError(words % told)


def types_in(archive: ZipFile) -> bytes:
    """Give what an office file says of its members' types, as far as it is of any use."""
    if TYPES not in archive.namelist():
        return b""
    with archive.open(TYPES) as member:
        return member.read(TYPES_LIMIT).replace(b"\0", b"")  # it may be UTF-16


CHECKS: dict[str, Callable[[BinaryIO, str, int], None]] = {
    "pdf": check_pdf,
    "rtf": check_rtf,
    **dict.fromkeys(MEMBERS, check_office),
}
