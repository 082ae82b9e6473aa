"""What a PDF could do besides being read: programs, commands, files inside it; and if it is whole.

Names are looked for in the whole file and in its packed lists of objects, in every spelling that
the format allows. What cannot be looked into is said to be so. This finds what programs write; it
does not replace a scanner for viruses.
"""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

PACKED_LIMIT = 100 * 1024 * 1024  # bytes that packed lists of objects may have in all
FAR = 64 * 1024  # bytes before a stream in which its own description stands
LAST = 1024  # bytes at the end of a PDF in which its end must stand

END = rb"(?=[\s/<>\[\]()%]|\Z)"
ACTS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|XFA|"
    rb"SubmitForm|ImportData|GoToR|GoToE|AA)" + END
)
OPENED = re.compile(rb"/OpenAction\s*<<")
OPENED_BY = re.compile(rb"/OpenAction\s+(\d+\s+\d+)\s+R")
ADDRESS = re.compile(rb"/S\s*/URI" + END)
NEAR = 300  # bytes in which an action that stands in place is looked for
LOCKED = re.compile(rb"/Encrypt" + END)
STREAM = re.compile(rb"(?<!end)stream\r?\n")
SPELLED = re.compile(rb"#([0-9a-fA-F]{2})")
FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+|\d+\s+\d+\s+R)")
ENDING = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
TABLE = re.compile(rb"\s*(xref\s|\d+\s+\d+\s+obj)")
ROOT = re.compile(rb"/Root\s+(\d+\s+\d+)\s+R" + END)
PLAIN_FILTERS = (b"/FlateDecode", b"[/FlateDecode]", b"/Fl", b"[/Fl]")

WORDS = {
    b"JavaScript": _("a program (JavaScript)"),
    b"Launch": _("a command that starts programs"),
    b"EmbeddedFile": _("files inside it"),
    b"EmbeddedFiles": _("files inside it"),
    b"RichMedia": _("film or sound that plays by itself"),
    b"Rendition": _("film or sound that plays by itself"),
    b"XFA": _("a form that only one program can show"),
    b"SubmitForm": _("a form that sends what is typed into it"),
    b"ImportData": _("a command that reads another file"),
    b"GoToR": _("a command that opens another file"),
    b"GoToE": _("a command that opens another file"),
    b"AA": _("commands that run by themselves"),
    b"OpenAction": _("commands that run by themselves"),
}


class Locked(Exception):
    """A PDF that cannot be looked into: it asks for a password or forbids copying."""


class Unclear(Exception):
    """A PDF parts of which are packed so that they cannot be looked into."""


class Damaged(Exception):
    """A file that begins as a PDF and cannot be read to its end as one."""


def acts_in(data: bytes) -> list[str]:
    """Name what a PDF could do by itself, in the reader's language.

    Raises Locked, Unclear or Damaged.
    """
    texts = [plain(data), *(plain(text) for text in packed_in(data))]
    if any(LOCKED.search(text) for text in texts):
        raise Locked
    found = {name for text in texts for name in ACTS.findall(text)}
    found |= {b"OpenAction" for text in texts if leads_away(text)}
    if not found and not is_whole(data, lists=len(texts) - 1):
        raise Damaged
    return list(dict.fromkeys(str(words) for name, words in WORDS.items() if name in found))


def leads_away(text: bytes) -> bool:
    """Whether what is done on opening is written there, and opens an address."""
    named = [rb"(?<!\d)" + number + rb"\s+obj(.*?)endobj" for number in OPENED_BY.findall(text)]
    begun = [text[found.end() :][:NEAR] for found in OPENED.finditer(text)]
    begun += [found[1] for name in named for found in re.finditer(name, text, re.DOTALL)]
    return any(ADDRESS.search(part.partition(b"endobj")[0]) for part in begun)


def is_whole(data: bytes, lists: int) -> bool:
    """Whether a PDF ends as one, with the way to its table and from there to its first object.

    That object stands in the file itself, or in a packed list if there are any.
    """
    data = data.rstrip(b"\0\t\n\f\r ")
    ends = list(ENDING.finditer(data, max(0, len(data) - LAST)))
    if not ends or not TABLE.match(data, table := int(ends[-1][1])):
        return False
    first = ROOT.search(data, table)
    if first is None:
        return False
    number = rb"\s+".join(first[1].split())
    return bool(lists or re.search(rb"(?<!\d)" + number + rb"\s+obj", data))


def plain(data: bytes) -> bytes:
    """Write names as they are read: #4A is the letter J."""
    return SPELLED.sub(lambda found: bytes([int(found[1], 16)]), data)


def packed_in(data: bytes) -> Iterator[bytes]:
    """Unpack the lists of objects of a PDF."""
    left = PACKED_LIMIT
    if LOCKED.search(plain(data)):
        raise Locked
    for found in STREAM.finditer(data):
        before = data[max(0, found.start() - FAR) : found.start()]
        told = plain(before[max(0, before.rfind(b" obj")) :])
        if b"/ObjStm" not in told or not (packing := FILTER.search(told)):
            continue
        if b"".join(packing[1].split()) not in PLAIN_FILTERS or b"/Predictor" in told:
            raise Unclear
        text = unpacked(data[found.end() : data.find(b"endstream", found.end())], left)
        left -= len(text)
        yield text


def unpacked(packed: bytes, limit: int) -> bytes:
    """Unpack one list of objects of at most so many bytes; raises Unclear."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, max(1, limit))
    except zlib.error as error:
        raise Unclear from error
    if not reader.eof:
        raise Unclear
    return text
