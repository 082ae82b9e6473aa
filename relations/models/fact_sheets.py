"""Fact sheets: a bureau's dated statement of facts, each edition kept at its own address."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from embassy.blocks import LinkBlock
from embassy.links.linked import look_up
from embassy.models.verification import today_of
from embassy.pages import BasePage, BodyMixin, MissionPageForm, SourcesMixin, open_to_all
from embassy.search.kinds import SearchKind

DAY_TO_COME = _("Choose today or an earlier day: an edition carries the date printed on it.")


class FactSheetIndexPage(BasePage):
    """All fact sheets in their current editions."""

    template = "relations/fact_sheet_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["relations.FactSheetPage"]
    max_count_per_parent = 1
    type_name = _("Fact sheets")
    search_kind = SearchKind.FACT_SHEETS

    class Meta:
        verbose_name = _("list of fact sheets")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the fact sheets with their current editions, in two queries."""
        context = super().get_context(request, *args, **kwargs)
        sheets = open_to_all(FactSheetPage.objects.child_of(self)).order_by("title")
        editions = {}
        for edition in open_to_all(FactSheetEdition.objects.descendant_of(self)).order_by("date"):
            editions[edition.path[: -edition.steplen]] = edition
        context["fact_sheets"] = [(sheet, editions.get(sheet.path)) for sheet in sheets]
        return context


class FactSheetPage(BasePage):
    """A fact sheet under one lasting address, which always shows its current edition."""

    template = "relations/fact_sheet_page.html"
    parent_page_types = ["relations.FactSheetIndexPage"]
    subpage_types = ["relations.FactSheetEdition"]
    type_name = _("Fact sheet")
    search_kind = SearchKind.FACT_SHEETS

    class Meta:
        verbose_name = _("fact sheet")
        verbose_name_plural = _("fact sheets")

    def editions(self) -> models.QuerySet:
        """Give the published editions, the latest first."""
        return editions_below(self.path)

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the current edition and the ones before it."""
        context = super().get_context(request, *args, **kwargs)
        editions = list(self.editions())
        look_up(*editions[:1])
        context["edition"] = editions[0] if editions else None
        context["editions"] = editions
        context["facts"] = editions[0].facts if editions else []
        return context


def editions_below(path: str) -> models.QuerySet:
    """Give the published editions of the fact sheet at a tree path, the latest first."""
    editions = FactSheetEdition.objects.filter(path__startswith=path)
    return open_to_all(editions).order_by("-date", "-pk")


class FactSheetEditionForm(MissionPageForm):
    """Gives an edition its date as address, and keeps one edition a day."""

    def clean(self) -> dict:
        """Refuse a day to come, and a second edition of the same date."""
        cleaned = super().clean()
        site = self.mission_site()
        if cleaned.get("date") and cleaned["date"] > today_of(site and site.pk):
            self.add_error("date", DAY_TO_COME)
        parent = self.parent_page or self.instance.get_parent()
        if cleaned.get("date") and parent is not None:
            same = FactSheetEdition.objects.child_of(parent).filter(date=cleaned["date"])
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("date", _("There is an edition of this date. Edit that one."))
        return cleaned


class FactSheetEdition(BodyMixin, SourcesMixin, BasePage):
    """One dated edition of a fact sheet; stays at its address when a newer one appears."""

    template = "relations/fact_sheet_page.html"
    parent_page_types = ["relations.FactSheetPage"]
    subpage_types: list[str] = []
    type_name = _("Fact sheet")
    search_kind = SearchKind.FACT_SHEETS
    base_form_class = FactSheetEditionForm

    bureau = models.CharField(_("bureau"), max_length=160, help_text=_("Who issued it."))
    date = models.DateField(_("date"), help_text=_("As printed on it."))
    further_sources = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("further sources it lists"),
        blank=True,
        help_text=_(
            "What it lists for reading on. Without a known address it is named and not linked."
        ),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("bureau"),
        FieldPanel("date"),
        *BodyMixin.body_panels,
        FieldPanel("further_sources"),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.body_search_fields,
        index.SearchField("bureau"),
        index.SearchField("further_sources"),
    ]

    class Meta:
        verbose_name = _("edition of a fact sheet")
        verbose_name_plural = _("editions of fact sheets")

    @property
    def dated(self):
        """The edition's date."""
        return self.date

    @property
    def facts(self) -> list[dict]:
        """Who issued it and when, for the head of the page."""
        return [
            {"label": gettext("Issued by"), "value": self.bureau},
            {
                "label": gettext("Date"),
                "value": formats.date_format(self.date, "DATE_FORMAT"),
                "date": self.date.isoformat(),
            },
        ]

    def clean(self) -> None:
        """Make the address from the date, once."""
        if self.date and not self.pk:
            self.slug = slugify(self.date.isoformat())
        super().clean()
        if not self.date:
            raise ValidationError({"date": _("Give the date printed on the fact sheet.")})

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the fact sheet it belongs to, and whether a newer edition exists."""
        context = super().get_context(request, *args, **kwargs)
        editions = list(editions_below(self.path[: -self.steplen]))
        context["edition"] = self
        context["editions"] = editions
        context["facts"] = self.facts
        context["newer"] = editions[0] if editions and editions[0].pk != self.pk else None
        return context
