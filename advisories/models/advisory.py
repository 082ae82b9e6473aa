"""The travel advisory of the mission's country: level, indicators, and texts per language."""

from datetime import date
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT
from django.utils import formats
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from advisories.faces.levels import map_of_levels
from advisories.models.frozen_text import freeze_html
from advisories.models.issue import Issue
from advisories.models.issued import Issued, with_zones
from advisories.models.quoting import contact_contents, place_content, source_contents
from advisories.models.reference import Indicator
from advisories.models.warning_texts import WarningForm
from advisories.models.warnings import WarningPage
from advisories.readiness import checks_of_advisory
from advisories.reviews import overdue_from, review_due
from advisories.vocabulary import Level
from embassy.language.multilingual import InAllLanguages
from embassy.models import MissionSettings
from embassy.pages import SourcesMixin, contact_panel, site_of
from embassy.search.kinds import SearchKind


class AdvisoryForm(WarningForm):
    """Asks for each area once, and for the summary in each language alone."""

    def is_valid(self) -> bool:
        """Look at the areas once all their rows have been read."""
        valid = super().is_valid()
        rows = self.formsets["area_rows"].forms if "area_rows" in self.formsets else []
        chosen = [row.cleaned_data for row in rows if getattr(row, "cleaned_data", None)]
        places = [one.get("place") for one in chosen if not one.get("DELETE")]
        if len(set(places)) != len(places):
            self.add_error(None, _("An area stands there twice. Keep one of its levels."))
        return valid and not self.errors

    def save(self, commit: bool = True):
        """Keep the page's own summary, which no field asks for, at that of its own language."""
        page = self.instance
        page.summary = page.summaries.get(page.locale.language_code, "")
        return super().save(commit=commit)


class TravelAdvisoryPage(InAllLanguages, SourcesMixin, WarningPage):
    """The advisory for travelers to the mission's country."""

    template = "advisories/travel_advisory_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    type_name = _("Travel advisory")
    search_kind = SearchKind.WARNINGS
    base_form_class = AdvisoryForm
    issued_kind = Issued.Kind.ADVISORY

    level = models.PositiveSmallIntegerField(
        _("level"),
        choices=Level.choices,
        help_text=_("Number and words together, as the Department gives them."),
    )
    indicators = ParentalManyToManyField(
        Indicator,
        verbose_name=_("risk indicators"),
        blank=True,
        help_text=_("Those the advisory itself gives; other headings are not indicators."),
    )
    reviewed_on = models.DateField(_("reviewed on"), help_text=_("When it was last looked at."))
    changed_on = models.DateField(_("changed on"), help_text=_("When its content last changed."))

    content_panels = [
        *WarningPage.composer_panels,
        *Page.content_panels,
        *InAllLanguages.titles_panels,
        FieldPanel("level"),
        FieldPanel("indicators", widget=forms.CheckboxSelectMultiple),
        InlinePanel(
            "area_rows",
            heading=_("Levels of areas"),
            label=_("area"),
            help_text=_("Only areas whose level is not that of the whole country."),
        ),
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

    @cached_property
    def record(self) -> list[Issue]:
        """Every issue of it, the latest first, each with the day of its review."""
        rows = Issued.objects.filter(issue=OuterRef("pk")).values(day=KT("content__reviewed_on"))
        return list(with_zones(Issue.objects.of(self)).annotate(day=Subquery(rows[:1])))

    @cached_property
    def issues_by_name(self) -> dict[str, Issue]:
        """Every version by the day of its review, the later ones of a day with a number."""
        found: dict[str, Issue] = {}
        for issue in reversed(self.record):
            count = len([name for name in found if name.startswith(issue.day)])
            found[f"{issue.day}-{count + 1}" if count else issue.day] = issue
        return found

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
        context["review_due"] = review_due(content["level"], reviewed)
        context["is_overdue"] = today > context["review_due"]
        context["overdue_from"] = overdue_from(content["level"], reviewed, clock)
        context["facts"] = [
            dated_fact(gettext("Reviewed"), reviewed),
            dated_fact(gettext("Last changed"), changed),
        ]
        context["map"] = map_of_levels(content, MissionSettings.for_request(request))
        said = Issued.objects.all().last_change_of(context["warning"]).content
        context["changes"] = said.get("changes") or {}
        context["changed_on"] = date.fromisoformat(said["changed_on"])
        context["sections"] = sections_of(content, context["changes"], bool(context["map"]))
        return context

    def begin_update(self, at) -> None:
        """An update is a change and a review of its day, unless its writer says otherwise."""
        words = self.get_latest_revision_as_object()
        clock = ZoneInfo(MissionSettings.for_site(site_of(self)).time_zone)
        words.reviewed_on = words.changed_on = at.astimezone(clock).date()
        words.save_issued_words()

    def checks(self, at):
        """Give the checklist before an approver reads it."""
        return checks_of_advisory(self, at)

    def times(self, at) -> dict:
        """Give when it holds: from its issue until the next one."""
        return {"effective": at}

    def content_in(self, text) -> dict:
        """Give what an advisory says in one language, rich text as HTML without signed links."""
        advice = [(block.value["heading"], block.value["text"].source) for block in text.advice]
        prose = [text.summary, text.posture, text.staff_rules, *(html for _heading, html in advice)]
        return {
            "title": text.title,
            "level": self.level,
            "level_name": str(Level(self.level).label),
            "indicators": [{"code": i.code, "name": str(i.name)} for i in self.indicators.all()],
            "areas": [area_content(row) for row in self.area_rows.all()],
            "reviewed_on": self.reviewed_on.isoformat(),
            "changed_on": self.changed_on.isoformat(),
            "summary": freeze_html(text.summary),
            "posture": freeze_html(text.posture),
            "staff_rules": freeze_html(text.staff_rules),
            "advice": [{"heading": one, "html": freeze_html(html)} for one, html in advice],
            "contacts": contact_contents(self),
            "sources": source_contents(self),
            "words": [get_text_for_indexing(html) for html in prose]
            + [heading for heading, _html in advice],
        }


def sections_of(content: dict, changes: dict, has_map: bool) -> list[dict]:
    """Give the sections of the page with their anchors, for the list of what is on it."""
    parts = [
        (changes.get("sentence"), gettext("What changed"), "changes"),
        (content.get("areas") or has_map, gettext("Levels by area"), "levels"),
        (content["posture"], gettext("Changes of the embassy’s posture"), "posture"),
        (content.get("staff_rules"), gettext("Rules for mission staff"), "staff-rules"),
    ]
    found = [{"title": title, "anchor": anchor} for there, title, anchor in parts if there]
    return found + [
        {"title": advice["heading"], "anchor": f"advice-{number}"}
        for number, advice in enumerate(content["advice"], start=1)
    ]


def area_content(row) -> dict:
    """Give an area with its level as an advisory quotes it."""
    level_name = str(Level(row.level).label)
    about = {"level": row.level, "level_name": level_name, "note": str(row.note)}
    return place_content(row.place) | about


def dated_fact(label: str, day: date) -> dict:
    """Give a date for the head of a page."""
    return {
        "label": label,
        "value": formats.date_format(day, "DATE_FORMAT"),
        "date": day.isoformat(),
    }
