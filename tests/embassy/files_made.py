"""Files as honest programs and forgers make them, as bytes."""

import io
import struct
import zlib
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from PIL import Image

TYPES = '<Types><Override PartName="/word/document.xml" ContentType="%s"/></Types>'
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def chunk(kind: bytes, data: bytes) -> bytes:
    """Give a chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(width: int, height: int, data: bytes = b"") -> bytes:
    """Give a PNG that says how large it is and holds no pixel, so that decoding it would fail."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bomb_png(width: int, height: int) -> bytes:
    """Give a whole PNG of one color: a few kilobytes that unpack to a very large picture."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    data = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def huge_jpeg(width: int, height: int) -> bytes:
    """Give a JPEG whose header says how large it is."""
    data = bytearray(picture("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def huge_gif(width: int, height: int) -> bytes:
    """Give a GIF with a small screen and a frame that reaches far beyond it."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x08\x01\x00\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0) + frame + b"\x3b"


def huge_webp(width: int, height: int) -> bytes:
    """Give a WebP whose canvas is as large as it says."""
    canvas = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + canvas
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), frames: int = 1) -> bytes:
    """Give a real picture of noise, or an animation of so many frames; the same ones each time."""
    file = io.BytesIO()
    noise = [Random(step).randbytes(size[0] * size[1]) for step in range(frames)]
    shown = [Image.frombytes("L", size, signs).convert("RGB") for signs in noise]
    more = {"save_all": True, "append_images": shown[1:]} if frames > 1 else {}
    shown[0].save(file, kind, **more)
    return file.getvalue()


def jpeg_note(text: bytes) -> bytes:
    """Give a part of a JPEG that holds what cameras say of a photo."""
    return b"\xff\xe1" + struct.pack(">H", len(text) + 2) + text


def office(main: str = "word/document.xml", type: str = PLAIN_TYPE, **members: bytes) -> bytes:
    """Give an office file; members are named with __ for / and _dot_ for a point."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES % type)
        archive.writestr(main, "<document/>")
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file.getvalue()


def office_bomb(megabytes: int) -> bytes:
    """Give an office file with a member that unpacks to so many megabytes."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document/>")
        told = ZipInfo("word/media/a.bin")
        told.compress_type = ZIP_DEFLATED
        with archive.open(told, "w") as member:
            for _megabyte in range(megabytes):
                member.write(b"\0" * 1024 * 1024)
    return file.getvalue()


def says_it_unpacks_to(data: bytes, size: int) -> bytes:
    """Give an archive whose list says that its last member unpacks to so many bytes."""
    at = data.rindex(b"PK\1\2") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def locked(data: bytes) -> bytes:
    """Give an archive whose list says that its members need a password."""
    at = data.rindex(b"PK\1\2") + 8
    return data[:at] + struct.pack("<H", 1) + data[at + 2 :]


def pdf(*objects: bytes, trailer: bytes = b"", catalog: bytes = b"") -> bytes:
    """Give a whole PDF with these objects, the first of which is number 2."""
    data, starts = b"%PDF-1.7\n", []
    for n, one in enumerate([b"<</Type /Catalog %s>>" % catalog, *objects], start=1):
        starts.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (n, one)
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(starts) + 1, rows)
    told = b"trailer <</Size %d /Root 1 0 R %s>>\n" % (len(starts) + 1, trailer)
    return data + table + told + b"startxref\n%d\n%%%%EOF\n" % len(data)


def pdf_of_streams(catalog: bytes = b"<</Type /Catalog>>") -> bytes:
    """Give a whole PDF as LaTeX and LibreOffice make it: its objects packed, its table a stream."""
    data = b"%PDF-1.5\n2 0 obj\n" + packed(b"1 0 " + catalog) + b"\nendobj\n"
    rows = zlib.compress(struct.pack(">BHBBHBBHBBHB", 0, 0, 0, 2, 2, 0, 1, 9, 0, 1, len(data), 0))
    told = b"/Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d" % len(rows)
    table = b"3 0 obj\n<<" + told + b">>\nstream\n" + rows + b"\nendstream\nendobj\n"
    return data + table + b"startxref\n%d\n%%%%EOF\n" % len(data)


def packed(text: bytes, told: bytes = b"/Filter /FlateDecode") -> bytes:
    """Give a packed list of objects as an object of a PDF."""
    data = zlib.compress(text)
    head = b"<</Type /ObjStm /N 1 /First 4 %s /Length %d>>\nstream\r\n" % (told, len(data))
    return head + data + b"\nendstream"
