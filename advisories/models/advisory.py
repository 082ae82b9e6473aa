"""The travel advisory of the mission's country: level, indicators, and texts per language."""

from calendar import monthrange
from datetime import date
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from advisories.models.frozen_text import freeze_html
from advisories.models.issued import Issued
from advisories.models.quoting import contact_contents, source_contents
from advisories.models.reference import Indicator
from advisories.models.warnings import WarningPage, WarningText
from advisories.vocabulary import Level
from embassy.blocks import PROSE
from embassy.models import MissionSettings
from embassy.pages import InAllLanguages, PageContact, SourcesMixin, contact_panel


class AdviceBlock(blocks.StructBlock):
    """What an advisory says under one heading."""

    heading = blocks.CharBlock(max_length=120, label=_("heading"))
    text = blocks.RichTextBlock(features=PROSE, label=_("text"))

    class Meta:
        icon = "warning"
        label = _("Advice")
        preview_value = {"heading": "Crime", "text": "<p>Stay alert.</p>"}


class TravelAdvisoryPage(InAllLanguages, SourcesMixin, WarningPage):
    """The advisory for travelers to the mission's country."""

    template = "advisories/travel_advisory_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    type_name = _("Travel advisory")
    issued_kind = Issued.Kind.ADVISORY

    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    indicators = ParentalManyToManyField(
        Indicator,
        verbose_name=_("risk indicators"),
        blank=True,
        help_text=_("Those the advisory itself gives; other headings are not indicators."),
    )
    reviewed_on = models.DateField(_("reviewed on"), help_text=_("When it was last looked at."))
    changed_on = models.DateField(_("changed on"), help_text=_("When its content last changed."))

    content_panels = [
        *WarningPage.content_panels[:1],
        *InAllLanguages.titles_panels,
        FieldPanel("level"),
        FieldPanel("indicators", widget=forms.CheckboxSelectMultiple),
        FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("changed_on")]),
        InlinePanel("texts", heading=_("Texts"), label=_("text in one language"), min_num=1),
        contact_panel(_("Whom to call")),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]

    search_fields = [*WarningPage.search_fields, *InAllLanguages.titles_search_fields]

    class Meta:
        verbose_name = _("travel advisory")
        verbose_name_plural = _("travel advisories")

    @property
    def dated(self) -> date:
        """The day it was last looked at."""
        return self.reviewed_on

    def clean(self) -> None:
        """A change is a review too, so it cannot be later than the review."""
        super().clean()
        if self.reviewed_on and self.changed_on and self.changed_on > self.reviewed_on:
            raise ValidationError({"reviewed_on": _("Choose a day on or after the last change.")})

    def summary_in(self, language: str) -> str:
        """Give the summary in a language, or else how the issued text begins."""
        return self.summaries.get(language) or WarningPage.summary_in(self, language)

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the dates of the issued row, its sections, and whether its review is overdue."""
        context = super().get_context(request, *args, **kwargs)
        content = context["warning"].content
        reviewed = date.fromisoformat(content["reviewed_on"])
        changed = date.fromisoformat(content["changed_on"])
        context["reviewed_on"] = reviewed
        clock = ZoneInfo(MissionSettings.for_request(request).time_zone)
        today = context["now"].astimezone(clock).date()
        context["review_due"] = overdue_since(content["level"], reviewed, today)
        context["facts"] = [
            dated_fact(gettext("Reviewed"), reviewed),
            dated_fact(gettext("Last changed"), changed),
        ]
        context["sections"] = [
            {"title": advice["heading"], "anchor": f"advice-{number}"}
            for number, advice in enumerate(content["advice"], start=1)
        ]
        return context

    def times(self, at) -> dict:
        """Give when it holds: from its issue until the next one."""
        return {"effective": at}

    def content_in(self, text) -> dict:
        """Give what an advisory says in one language, rich text as HTML without signed links."""
        advice = [
            {"heading": block.value["heading"], "html": freeze_html(block.value["text"].source)}
            for block in text.advice
        ]
        prose = [text.summary, text.posture, *(block.value["text"].source for block in text.advice)]
        return {
            "title": text.title,
            "level": self.level,
            "level_name": str(Level(self.level).label),
            "indicators": [{"code": i.code, "name": str(i.name)} for i in self.indicators.all()],
            "reviewed_on": self.reviewed_on.isoformat(),
            "changed_on": self.changed_on.isoformat(),
            "summary": freeze_html(text.summary),
            "posture": freeze_html(text.posture),
            "advice": advice,
            "contacts": contact_contents(self),
            "sources": source_contents(self),
            "words": [get_text_for_indexing(html) for html in prose]
            + [item["heading"] for item in advice],
        }


def overdue_since(level: int, reviewed: date, today: date) -> date | None:
    """Give the day by which an advisory should have been reviewed, if that is past."""
    due = review_due(level, reviewed)
    return due if today > due else None


def review_due(level: int, reviewed: date) -> date:
    """Give the last day on which the next review is in time."""
    months = settings.ADVISORY_REVIEW_MONTHS[level]
    years, month = divmod(reviewed.month - 1 + months, 12)
    last_day = monthrange(reviewed.year + years, month + 1)[1]
    return date(reviewed.year + years, month + 1, min(reviewed.day, last_day))


def dated_fact(label: str, day: date) -> dict:
    """Give a date for the head of a page."""
    return {
        "label": label,
        "value": formats.date_format(day, "DATE_FORMAT"),
        "date": day.isoformat(),
    }


class AdvisoryText(WarningText):
    """The advisory in one language."""

    page = ParentalKey(TravelAdvisoryPage, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=200)
    summary = RichTextField(_("summary"), features=PROSE)
    posture = RichTextField(
        _("changes of posture"),
        blank=True,
        features=PROSE,
        help_text=_("Ordered departure and its end, with their dates."),
    )
    advice = StreamField([("advice", AdviceBlock())], verbose_name=_("advice"), blank=True)

    panels = [
        FieldPanel("language", widget=forms.Select(choices=settings.LANGUAGES)),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("posture"),
        FieldPanel("advice"),
    ]

    class Meta(WarningText.Meta):
        verbose_name = _("text of a travel advisory")


class AdvisoryContact(PageContact):
    """Whom readers of the advisory can call."""

    page = ParentalKey(TravelAdvisoryPage, on_delete=models.CASCADE, related_name="contact_rows")
