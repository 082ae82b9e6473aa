"""Sizes of pictures without what a camera or a program wrote beside them: place, time, names.

Wagtail copies that from the original into sizes that are JPEG or PNG.
"""

from django.utils.functional import cached_property
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter

# What a picture needs to look right.
LOOKS = ("icc_profile", "transparency", "gamma", "background")


class OnlyPicture(FilterOperation):
    """Takes off everything but the picture."""

    def construct(self) -> None:
        """Take no options."""

    def run(self, willow, image, env):
        """Keep what the picture needs to look right."""
        known = willow.image.info
        willow.image.info = {name: known[name] for name in LOOKS if name in known}
        return willow


class BareFilter(Filter):
    """A filter of Wagtail's that takes off the rest at last."""

    @cached_property
    def operations(self) -> list:
        """What it does to a picture, one after the other."""
        return [*super().operations, OnlyPicture("only-picture")]
