"""The forms of pictures and documents: what cannot be taken is refused with a sentence."""

import math
import struct
import zlib
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageSequence
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from embassy.files.document_contents import check_content
from embassy.files.in_use import SEEN, is_held, stays
from embassy.files.picture_ends import refuse_second_kind
from embassy.files.picture_headers import ENOUGH, Header, OtherKind, Unreadable, header_of
from embassy.texts.invisible import without_invisible

BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError),
    *(MemoryError, struct.error, zlib.error, Image.DecompressionBombError, Unreadable),
)
OTHERWISE = gettext_lazy(
    "What is in this file is not what its name says (.%(extension)s). Open it in a program for "
    "pictures, save it as JPEG, PNG or WebP, and upload that."
)
ANIMATED = ("GIF", "WEBP")  # Wagtail takes no other animation
MILLION = 1_000_000


class CheckedImageField(WagtailImageField):
    """Wagtail's field for a picture, which looks at its header before anything is decoded."""

    def to_python(self, data):
        """Read the picture; Pillow raises many things for one that cannot be read."""
        if data and hasattr(data, "seek"):
            refuse_drawing(data)
            self.check_image_file_size(data)
        try:
            if data and hasattr(data, "seek"):
                self.refuse_too_large(data)
            found = super().to_python(data)
            if found:
                decode(data)
                refuse_second_kind(data)
            return found
        except BROKEN as error:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error

    def refuse_too_large(self, file) -> None:
        """Refuse a picture with more pixels than can be worked with; other kinds come later."""
        try:
            header = header_of(file)
        except OtherKind:
            return
        if header.pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise ValidationError(too_large(header), code="file_too_many_pixels")


def refuse_drawing(file) -> None:
    """Refuse an SVG drawing, whatever its name: it is a document that can carry programs."""
    begins = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    file.seek(0)
    is_drawing = begins.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")) or (
        Path(file.name).suffix.lower() in (".svg", ".svgz")
    )
    if is_drawing:
        words = _("SVG drawings can carry programs and are not taken. Save it as PNG or WebP.")
        raise ValidationError(words, code="drawing")


def too_large(header: Header) -> str:
    """Say how many pixels a picture has, and how many it may have."""
    told = {
        "size": megapixels(header.pixels),
        "width": number_format(header.width, force_grouping=True),
        "height": number_format(header.height, force_grouping=True),
        "frames": number_format(header.frames, force_grouping=True),
        "most": megapixels(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS),
    }
    words = _(
        "This picture has %(size)s megapixels (%(width)s × %(height)s). At most %(most)s "
        "megapixels are taken: make it smaller first."
    )
    if header.frames > 1:
        words = _(
            "This animation has %(size)s megapixels (%(width)s × %(height)s, %(frames)s times). "
            "At most %(most)s megapixels are taken: make it smaller or shorter first."
        )
    return words % told


def megapixels(pixels: int) -> str:
    """Write a number of pixels in millions, rounded up to a tenth."""
    tenths = math.ceil(pixels * 10 / MILLION)
    return number_format(tenths / 10, 1 if tenths % 10 else 0, force_grouping=True)


def decode(file) -> None:
    """Decode a picture once, small where its kind allows it, so that a broken one is found now.

    Of an animation every picture is decoded; what a camera packs behind a photo is not shown.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            picture.draft("RGB", (picture.width // 8, picture.height // 8))
            picture.load()
            if picture.format in ANIMATED:
                for frame in islice(ImageSequence.Iterator(picture), ENOUGH):
                    frame.load()
    finally:
        file.seek(0)


class VisibleTitles:
    """Mixin for the forms of files: takes out of titles what nobody sees, as names of files bring.

    A single character can turn the words on a page around, so that a program reads like a text.
    """

    def clean_title(self) -> str:
        """Give the title without; one of nothing else is none."""
        title = without_invisible(self.cleaned_data["title"]).strip()
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"], code="required")
        return title


class AsTheyWentOut:
    """Mixin for the forms of files: what readers see of one is refused another file or words."""

    def clean(self) -> dict | None:
        """Say at each field that was changed why it stays."""
        cleaned = super().clean()
        touched = [name for name in SEEN[type(self.instance)] if name in self.changed_data]
        if self.instance.pk and touched and is_held(self.instance):
            for name in touched:
                is_hidden = self.fields[name].widget.is_hidden
                self.add_error(None if is_hidden else name, stays())
        return cleaned


class ImageForm(AsTheyWentOut, VisibleTitles, BaseImageForm):
    """The form of an image, in every screen that takes one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].__class__ = CheckedImageField
            self.fields["file"].error_messages["invalid_image_known_format"] = OTHERWISE


class DocumentForm(AsTheyWentOut, VisibleTitles, BaseDocumentForm):
    """The form of a document, in every screen that takes one."""

    def clean_file(self):
        """Refuse a file whose content is not what its name says, or acts by itself."""
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            kind = Path(file.name).suffix.lower().lstrip(".")
            if not kind:
                raise ValidationError(
                    _("The file’s name does not end in its kind, like .pdf. Rename the file first.")
                )
            if kind in settings.WAGTAILDOCS_EXTENSIONS:  # of others the model says which are taken
                check_content(file, kind, file.size)
        return file
