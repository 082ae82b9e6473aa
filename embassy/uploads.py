"""What uploads must be: pictures that can be read to their end; else a sentence says so."""

from django.core.exceptions import ValidationError
from PIL import Image
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
