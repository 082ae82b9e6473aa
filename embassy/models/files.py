"""Images and documents with what an embassy must know of them."""

import os
from pathlib import Path

from django.contrib.postgres.expressions import ArraySubquery
from django.core.files import File
from django.db import models, transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, ImageQuerySet

from embassy.files.bare import BareFilter


class StoredAtOnce:
    """Mixin for files: what storing one brings along is stored with it, or none of it is."""

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Store it and what goes with it."""
        return super().save(*args, **kwargs)


class MissionImageQuerySet(ImageQuerySet):
    """Pictures."""

    def as_shown(self) -> "MissionImageQuerySet":
        """Read along the sizes in which each picture is kept."""
        kept = MissionRendition.objects.filter(image=OuterRef("pk"))
        names = ("id", "filter_spec", "focal_point_key", "file", "width", "height")
        rows = kept.values(row=JSONObject(**{name: name for name in names}))
        return self.annotate(kept_sizes=ArraySubquery(rows))


class MissionImage(StoredAtOnce, AbstractImage):
    """A picture with its credit and the date it was taken, where known."""

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who took it, as it must be printed.")
    )
    taken = models.CharField(
        _("taken"),
        max_length=60,
        blank=True,
        help_text=_("When, as far as known: “2008”, “May 2012”."),
    )

    objects = MissionImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "taken",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """Make a size of it that says nothing but what it shows."""
        return super().generate_rendition_file(BareFilter(filter.spec), source=source)

    @cached_property
    def prefetched_renditions(self) -> list["MissionRendition"] | None:
        """The sizes it was read along with, for Wagtail; None when it was read without."""
        rows = self.__dict__.get("kept_sizes")
        return None if rows is None else [MissionRendition(image=self, **row) for row in rows]


class MissionRendition(AbstractRendition):
    """A picture in one of the sizes the site shows it in."""

    image = models.ForeignKey(MissionImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """Keep the sizes of an image in a folder of its number, by which its address is found."""
        folder, name = os.path.split(super().get_upload_to(filename))
        return f"{folder}/{self.image_id}/{name}"


class MissionDocument(StoredAtOnce, AbstractDocument):
    """A file for download; uploads whose content is not what their name says are refused."""

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Check the kind of a file; that there is none, or none that can be used, the form says."""
        if self.file:
            super().clean()

    @property
    def type_name(self) -> str:
        """The file's type as readers know it, like PDF."""
        return Path(self.file.name).suffix.lstrip(".").upper()
