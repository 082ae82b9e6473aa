"""Photos as cameras write them: with the place, and words beside the picture."""

import io

from PIL import Image, PngImagePlugin

GPS, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET-PLACE</x:xmpmeta>"


def photo_with_traces(kind: str, orientation: int = 1) -> bytes:
    """Give a picture, 80 by 60, that says where it was taken in every way its kind knows."""
    picture = Image.effect_noise((80, 60), 40).convert("RGB")
    exif = Image.Exif()
    exif[DESCRIPTION] = "SECRET-PLACE"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (12.0, 38.0, 0.0), 3: "W", 4: (8.0, 0.0, 0.0)})
    told: dict = {"exif": exif.tobytes(), "comment": b"SECRET-NOTE", "xmp": XMP}
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "SECRET-NOTE")
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        told = {"exif": exif.tobytes(), "pnginfo": words}
    file = io.BytesIO()
    picture.save(file, kind, **told)
    return file.getvalue()
