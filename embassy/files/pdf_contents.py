"""What a PDF could do besides being read: programs, commands, files inside it; and if it is whole.

Names are looked for in the whole file and in its packed lists of objects, in every spelling that
the format allows. What cannot be looked into is said to be so. This finds what programs write; it
does not replace a scanner for viruses.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

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
OPENED_BY = re.compile(rb"/OpenAction\s+(\d{1,10})\s+\d+\s+R")
OPENED_BY_MOST = 10  # one, and one more each time the file was changed
ADDRESS = re.compile(rb"/S\s*/URI" + END)
MARK = re.compile(rb"\\.|<<|>>|[()]", re.DOTALL)
ACTION_LIMIT = 4096  # bytes that an action may have
LOCKED = re.compile(rb"/Encrypt" + END)
STREAM = re.compile(rb"(?<!end)stream\r?\n")
SPELLED = re.compile(rb"#([0-9a-fA-F]{2})")
# Bytes at the beginning of a packed list that say where what is.
FIRST = re.compile(rb"/First\s+(\d{1,6})(?!\s+\d+\s+R)" + END)
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


@dataclass(frozen=True)
class Packed:
    """A packed list of objects: its text, and where in it each object begins, by number."""

    text: bytes
    begins: dict[int, int]


def acts_in(data: bytes) -> list[str]:
    """Name what a PDF could do by itself, in the reader's language.

    Raises Locked, Unclear or Damaged.
    """
    lists = list(packed_in(data))
    texts = [plain(data), *(plain(one.text) for one in lists)]
    if any(LOCKED.search(text) for text in texts):
        raise Locked
    found = {name for text in texts for name in ACTS.findall(text)}
    if any(ADDRESS.search(action) for action in on_opening(texts, lists)):
        found.add(b"OpenAction")
    if not found and not is_whole(data, lists=len(lists)):
        raise Damaged
    return list(dict.fromkeys(str(words) for name, words in WORDS.items() if name in found))


def on_opening(texts: list[bytes], lists: list[Packed]) -> Iterator[bytes]:
    """Give what is done on opening: in place, as an object of the file, or in a packed list."""
    for text in texts:
        for found in OPENED.finditer(text):
            yield dictionary_at(text, found.end() - 2)
    numbers = {int(number) for text in texts for number in OPENED_BY.findall(text)}
    if len(numbers) > OPENED_BY_MOST:
        raise Unclear
    for number in numbers:
        name = rb"(?<!\d)0*%d\s+\d+\s+obj(.*?)endobj" % number
        yield from (found[1] for found in re.finditer(name, texts[0], re.DOTALL))
        for one in lists:
            if number in one.begins:
                yield plain(dictionary_at(one.text, one.begins[number]))


def dictionary_at(text: bytes, at: int) -> bytes:
    """Give the dictionary that begins there, if one does; raises Unclear if it is very long."""
    at += len(text[at : at + ACTION_LIMIT]) - len(text[at : at + ACTION_LIMIT].lstrip())
    if text[at : at + 2] != b"<<":
        return b""
    depth = quoted = 0
    for mark in MARK.finditer(text, at, at + ACTION_LIMIT):
        if mark[0] in b"()":
            quoted = max(0, quoted + (1 if mark[0] == b"(" else -1))
        elif not quoted and mark[0] in (b"<<", b">>"):
            depth += 1 if mark[0] == b"<<" else -1
            if not depth:
                return text[at : mark.end()]
    raise Unclear


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


def packed_in(data: bytes) -> Iterator[Packed]:
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
        yield Packed(text, beginnings(text, told))


def beginnings(text: bytes, told: bytes) -> dict[int, int]:
    """Read where each object of a packed list begins, by its number; raises Unclear."""
    try:
        (start,) = map(int, FIRST.findall(told))
        said = [int(number) for number in text[:start].split()]
    except ValueError as error:
        raise Unclear from error
    begins = dict(zip(said[::2], (start + offset for offset in said[1::2]), strict=False))
    if len(begins) != len(said) // 2:
        raise Unclear
    return begins


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
