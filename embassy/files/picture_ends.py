"""Where a picture ends, and what stands behind its end: an archive, a page or a program is refused.

Cameras and telephones pack much behind the end of a photo: the same one in another size (MPF), the
short film of a "motion photo", notes of their maker. All of that is taken.
"""

import re
import struct
from collections.abc import Callable
from typing import BinaryIO
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from embassy.files.picture_headers import Unreadable, of_gif, of_png

# Each is so long that the bytes of a film do not spell it by chance.
ARCHIVES = re.compile(
    rb"PK\x03\x04.\0..[\0\x08\x09\x0c\x0e]\0|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", re.DOTALL
)
PROGRAMS = re.compile(
    rb"(?i:<script[\s>/]|<html[\s>]|<!doctype\s|<\?php\s)|<svg[\s>]|%PDF-\d|"
    rb"\x7fELF[\x01\x02][\x01\x02]\x01|This program cannot be run in DOS mode"
)
FIRST_OF_ARCHIVES = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
FIRST_OF_PROGRAMS = (b"MZ", b"#!", b"<?", b"\xca\xfe\xba\xbe")
JPEG_MARKER = re.compile(rb"\xff([^\0\xd0-\xd7\xff])")  # none of those stand among the pixels
ANOTHER_JPEG = re.compile(rb"\0*\xff\xd8\xff")
JPEG_END, WITHOUT_LENGTH = b"\xd9", (b"\x01", b"\xd8")


def refuse_second_kind(file: BinaryIO) -> None:
    """Refuse a picture that is an archive as well, or has an archive or a program behind its end.

    Raises a ValidationError; the file is left at its beginning.
    """
    rest = behind(file)
    first = rest.lstrip(b"\0\t\n\r ")
    found = ""
    if PROGRAMS.search(rest) or first.startswith(FIRST_OF_PROGRAMS):
        found = _("a program, a web page or a PDF")
    elif ARCHIVES.search(rest) or first.startswith(FIRST_OF_ARCHIVES) or is_zipfile(file):
        found = _("an archive like ZIP")
    file.seek(0)
    if found:
        words = _(
            "Behind this picture, the same file holds %(other)s. Open it in a program for pictures "
            "and save it anew, or choose another file."
        )
        raise ValidationError(words, code="two_in_one", params={"other": found})


def behind(file: BinaryIO) -> bytes:
    """Give what stands behind the end of a picture; the whole file if no end is found."""
    file.seek(0)
    reader = ENDS.get(file.read(2), end_of_boxes)
    file.seek(0)
    try:
        end = reader(file)
    except (Unreadable, struct.error, IndexError):
        end = 0
    file.seek(end)
    return file.read()


def end_of_jpeg(file: BinaryIO) -> int:
    """Follow the parts of a JPEG; a small copy inside one of them has an end of its own.

    The same photo in another size right behind it belongs to it.
    """
    data, at, end = file.read(), 0, 0
    while marker := JPEG_MARKER.search(data, at):
        at = marker.end()
        if marker[1] == JPEG_END:
            end = at
            if not ANOTHER_JPEG.match(data, at):
                break
        elif marker[1] not in WITHOUT_LENGTH:
            at += int.from_bytes(data[at : at + 2], "big")
    return end


def end_of_webp(file: BinaryIO) -> int:
    """Read how many bytes a WebP says it has; they are counted in pairs."""
    size = struct.unpack("<4xI", file.read(8))[0]
    return 8 + size + size % 2


def end_of_boxes(file: BinaryIO) -> int:
    """Follow the boxes of an AVIF as far as they fit into the file; size 0 is up to its end."""
    at, all_of_it = 0, file.seek(0, 2)
    while at + 8 <= all_of_it:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        if size == 1:  # it follows in eight bytes
            size = struct.unpack(">Q", file.read(8))[0]
        size = size or all_of_it - at
        if size < 8 or at + size > all_of_it or not kind.isalnum():
            break
        at += size
    return at


def after(reader: Callable) -> Callable[[BinaryIO], int]:
    """Give where a reader of headers stops that reads to the end of the picture."""

    def end(file: BinaryIO) -> int:
        """Read, and say where it stopped."""
        reader(file)
        return file.tell()

    return end


ENDS: dict[bytes, Callable[[BinaryIO], int]] = {
    b"\xff\xd8": end_of_jpeg,
    b"\x89P": after(of_png),
    b"GI": after(of_gif),
    b"RI": end_of_webp,
}
