"""What uploads must be: pictures and documents that hold what their names say; else a sentence."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


class CheckedImageField(WagtailImageField):
    """Wagtail's field for a picture, with a sentence for files that break off or are forged."""

    def to_python(self, data):
        """Read the picture; Pillow raises many things for one that cannot be read."""
        try:
            return super().to_python(data)
        except UNREADABLE as error:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


class ImageForm(BaseImageForm):
    """The form of an image, in every screen that takes one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].__class__ = CheckedImageField


# What stands in an office file, which is a ZIP archive: a name that no other kind has.
MEMBERS = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
    ".odt": "content.xml",
}
BEGINNINGS = {".pdf": b"%PDF-", ".rtf": b"{\\rtf"}


class DocumentForm(BaseDocumentForm):
    """The form of a document, in every screen that takes one."""

    def clean_file(self):
        """Refuse a file whose content is not what its name says."""
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            kind = Path(file.name).suffix.lower()
            if not kind:
                raise ValidationError(
                    _("The file’s name does not end in its kind, like .pdf. Rename the file first.")
                )
            if not holds(file, kind):
                raise ValidationError(
                    _("This file is no %(kind)s, whatever its name says. Choose another file.")
                    % {"kind": kind.lstrip(".").upper()}
                )
        return file


def holds(file, kind: str) -> bool:
    """Whether a file's content is of the kind of its name; kinds we do not know pass."""
    file.seek(0)
    try:
        if kind in BEGINNINGS:
            return file.read(1024).lstrip().startswith(BEGINNINGS[kind])
        if kind in MEMBERS:
            return has_member(file, MEMBERS[kind])
        if kind in (".txt", ".csv"):
            return b"\0" not in file.read()
        return True
    finally:
        file.seek(0)


def has_member(file, name: str) -> bool:
    """Whether a file is an archive with a member of this name."""
    try:
        return name in ZipFile(file).namelist()
    except BadZipFile:
        return False
