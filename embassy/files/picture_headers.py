"""How large a picture says it is, and whether it breaks off, before a single pixel is decoded.

Pillow's own opener would refuse a very large picture without saying how large it is, and counts
the frames of an animation one by one without an end; so the plugins are asked by themselves, and
GIF and WebP are read here. PNG and GIF are followed to their end mark, which Pillow does without.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL.AvifImagePlugin import AvifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

ENOUGH = 10_000  # frames after which counting ends
TRAILER, IMAGE, EXTENSION = b"\x3b", b"\x2c", b"\x21"


class Unreadable(Exception):
    """A file whose header cannot be read, or that breaks off."""


class OtherKind(Unreadable):
    """A file that is none of the kinds read here."""


@dataclass(frozen=True)
class Header:
    """What a picture says of itself: width and height in pixels, and its number of frames."""

    width: int
    height: int
    frames: int = 1

    @property
    def pixels(self) -> int:
        """How many pixels would have to be held, all frames together."""
        return self.width * self.height * self.frames


def header_of(file: BinaryIO) -> Header:
    """Read what a picture says of itself; raises Unreadable. The file is left at its beginning."""
    file.seek(0)
    begins = file.read(16)
    file.seek(0)
    reader = next((reader for is_its, reader in READERS if is_its(begins)), None)
    if reader is None:
        raise OtherKind
    try:
        return reader(file)
    except (OSError, SyntaxError, ValueError, struct.error, IndexError, EOFError) as error:
        raise Unreadable from error
    finally:
        file.seek(0)


def by_plugin(plugin: type) -> Callable[[BinaryIO], Header]:
    """Give a reader that asks a plugin of Pillow's, which reads no further than the header."""

    def read(file: BinaryIO) -> Header:
        """Ask for the size and the number of frames."""
        picture = plugin(file)
        return Header(*picture.size, getattr(picture, "n_frames", 1))

    return read


def of_png(file: BinaryIO) -> Header:
    """Ask the plugin, and follow the chunks of a PNG file to the one that ends it."""
    header = by_plugin(PngImageFile)(file)
    file.seek(8)
    while len(start := file.read(8)) == 8:
        size, kind = struct.unpack(">I4s", start)
        if kind == b"IEND" and len(file.read(4)) == 4:
            return header
        file.seek(size + 4, 1)
    raise Unreadable


def of_webp(file: BinaryIO) -> Header:
    """Read the chunks of a WebP file."""
    width = height = frames = 0
    file.seek(12)
    while len(start := file.read(8)) == 8 and frames < ENOUGH:
        kind, size = start[:4], struct.unpack("<I", start[4:])[0]
        body = file.read(min(size, 10))
        if kind == b"VP8X":
            width, height = (1 + int.from_bytes(body[at : at + 3], "little") for at in (4, 7))
        elif kind == b"VP8 " and not width:
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", body[6:10]))
        elif kind == b"VP8L" and not width:
            bits = int.from_bytes(body[1:5], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        frames += kind == b"ANMF"
        file.seek(size + size % 2 - len(body), 1)
    if not width or not height:
        raise Unreadable
    return Header(width, height, max(1, frames))


def of_gif(file: BinaryIO) -> Header:
    """Read the blocks of a GIF file; a frame may reach beyond the screen it names."""
    file.seek(6)
    width, height, flags = struct.unpack("<HHBxx", file.read(7))
    skip_colors(file, flags)
    frames = 0
    while (kind := file.read(1)) != TRAILER and frames < ENOUGH:
        if kind == IMAGE:
            left, top, wide, high, flags = struct.unpack("<HHHHB", file.read(9))
            width, height, frames = max(width, left + wide), max(height, top + high), frames + 1
            skip_colors(file, flags)
        elif kind != EXTENSION:
            raise Unreadable
        file.read(1)  # the extension's label, or the first size of a code
        while size := file.read(1)[0]:
            file.seek(size, 1)
    return Header(width, height, max(1, frames))


def skip_colors(file: BinaryIO, flags: int) -> None:
    """Go past a table of colors, where there is one."""
    if flags & 0x80:
        file.seek(3 * 2 ** ((flags & 7) + 1), 1)


READERS: list[tuple[Callable[[bytes], bool], Callable[[BinaryIO], Header]]] = [
    (lambda begins: begins.startswith(b"\xff\xd8\xff"), by_plugin(JpegImageFile)),
    (lambda begins: begins.startswith(b"\x89PNG\r\n\x1a\n"), of_png),
    (lambda begins: begins[:6] in (b"GIF87a", b"GIF89a"), of_gif),
    (lambda begins: begins[:4] == b"RIFF" and begins[8:12] == b"WEBP", of_webp),
    (lambda begins: begins[4:8] == b"ftyp", by_plugin(AvifImageFile)),
]
