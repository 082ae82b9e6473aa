"""The rows of an office: its contact points and its documents."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from embassy.models import MissionDocument
from embassy.pages import PageContact


class OfficeContact(PageContact):
    """A contact point of an office."""

    page = ParentalKey("sections.OfficePage", on_delete=models.CASCADE, related_name="contact_rows")


class OfficeDocument(Orderable):
    """A document of an office: ours for download, or named as held elsewhere."""

    page = ParentalKey(
        "sections.OfficePage", on_delete=models.CASCADE, related_name="document_rows"
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("As readers look for it: “Application form”.")
    )
    document = models.ForeignKey(
        MissionDocument,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Leave empty when this site does not hold it: it is then listed as elsewhere."),
    )
    stated_type = models.CharField(
        _("type, as its source states"),
        max_length=20,
        blank=True,
        help_text=_("Only for one that is held elsewhere, like PDF."),
    )
    stated_size = models.CharField(
        _("size, as its source states"),
        max_length=20,
        blank=True,
        help_text=_("Only for one that is held elsewhere, as its source prints it, like 115 KB."),
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("stated_type"), FieldPanel("stated_size")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("document of an office")

    def clean(self) -> None:
        """Take type and size from the file when there is one."""
        if self.document_id and (self.stated_type or self.stated_size):
            raise ValidationError(
                {"stated_type": _("Leave type and size empty: they are read from the file.")}
            )

    @property
    def is_elsewhere(self) -> bool:
        """Whether this site does not hold the file."""
        return self.document_id is None

    @property
    def url(self) -> str:
        """Where to download it, or nothing."""
        return self.document.url if self.document_id else ""

    @property
    def type_name(self) -> str:
        """The file's type: read from the file, or as stated."""
        return self.document.type_name if self.document_id else self.stated_type

    @property
    def size(self) -> int | None:
        """The file's size in bytes; None when only stated."""
        return self.document.get_file_size() if self.document_id else None
