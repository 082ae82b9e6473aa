"""Alerts: what happens where and when, what to do, whom to call; once, with texts per language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Site

from advisories.models.issued import Issued
from advisories.models.quoting import contact_contents, place_content, source_contents
from advisories.models.reference import AlertKind
from advisories.models.warnings import WarningPage, WarningText, urls_in_all_languages
from advisories.vocabulary import (
    ALERT_BLOCKS,
    Category,
    Certainty,
    ResponseType,
    Severity,
    Urgency,
)
from embassy import clocks
from embassy.clock_forms import ClockPanel
from embassy.maps import MALI_REGIONS_NOTE, Map, geodata, region_map
from embassy.maps import Place as MapPlace
from embassy.models import MissionSettings, Place
from embassy.pages import BasePage, InAllLanguages, PageContact, SourcesMixin, contact_panel


class AlertIndexPage(InAllLanguages, BasePage):
    """The alerts in force, and the ones that are over."""

    template = "advisories/alert_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["advisories.AlertPage"]
    max_count_per_parent = 1
    type_name = _("Alerts")

    content_panels = [*BasePage.content_panels, *InAllLanguages.titles_panels]
    search_fields = [*BasePage.search_fields, *InAllLanguages.titles_search_fields]

    class Meta:
        verbose_name = _("list of alerts")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the alerts in force and those that are over, each once, in the reader's language."""
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        rows = Issued.objects.for_site(Site.find_for_request(request)).alerts().current()
        rows = rows.select_related("page")
        context["in_force"] = once_each(rows.in_force(now), get_language())
        context["over"] = once_each(rows.over(now), get_language())
        context["now"] = now
        return context

    def get_sitemap_urls(self, request=None) -> list[dict]:
        """Give the address in each of the mission's languages."""
        return urls_in_all_languages(self, super().get_sitemap_urls(request), request)


def once_each(rows, language: str) -> list[Issued]:
    """Keep one row per warning: the one in a language, or else the first there is."""
    chosen: dict[int, Issued] = {}
    for row in rows:
        if row.page_id not in chosen or row.language == language:
            chosen[row.page_id] = row
    return list(chosen.values())


class AlertPage(SourcesMixin, WarningPage):
    """A warning of something that happens, with its places, times and texts."""

    template = "advisories/alert_page.html"
    parent_page_types = ["advisories.AlertIndexPage"]
    subpage_types: list[str] = []
    type_name = _("Alert")
    issued_kind = Issued.Kind.ALERT

    kind = models.ForeignKey(AlertKind, verbose_name=_("kind"), on_delete=models.PROTECT)
    effective = models.DateTimeField(_("in force from"))
    expires = models.DateTimeField(
        _("in force until"),
        null=True,
        blank=True,
        help_text=_("Every alert ends by itself at this time. Extend it with an update."),
    )
    is_historic = models.BooleanField(
        _("record of the past"),
        default=False,
        help_text=_("A message of former years, kept to be read; it is never shown as in force."),
    )
    issued_by_whom = models.CharField(
        _("issued by"), max_length=160, blank=True, help_text=_("As printed on it.")
    )
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency.choices)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    response_type = models.CharField(
        _("what people should do"), max_length=10, choices=ResponseType.choices
    )
    places = ParentalManyToManyField(Place, verbose_name=_("places"), blank=True)

    content_panels = [
        *WarningPage.content_panels[:1],
        FieldPanel("kind"),
        FieldRowPanel([ClockPanel("effective"), ClockPanel("expires")]),
        FieldRowPanel([FieldPanel("is_historic"), FieldPanel("issued_by_whom")]),
        FieldPanel("places", widget=forms.CheckboxSelectMultiple),
        InlinePanel("texts", heading=_("Texts"), label=_("text in one language"), min_num=1),
        contact_panel(_("Whom to call")),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("urgency"),
                FieldPanel("severity"),
                FieldPanel("certainty"),
                FieldPanel("response_type"),
            ],
            heading=_("For machines"),
        ),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    @property
    def dated(self):
        """When it came into force."""
        return self.effective

    def clean(self) -> None:
        """Every alert ends, and not before it begins; a record of the past has no end to give."""
        super().clean()
        if self.is_historic:
            return
        if not self.expires:
            raise ValidationError({"expires": _("Say until when the alert is in force.")})
        if self.effective and self.expires <= self.effective:
            raise ValidationError({"expires": _("Choose an end after the beginning.")})

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the times and the map of the issued row."""
        context = super().get_context(request, *args, **kwargs)
        warning = context["warning"]
        mission = MissionSettings.for_request(request)
        context["in_force"] = warning.is_in_force(context["now"])
        context["facts"] = facts_of(warning, mission.time_zone)
        context["map"] = map_of_places(warning, mission)
        return context

    def times(self, at) -> dict:
        """Give when it holds, for the issued row."""
        return {
            "effective": self.effective,
            "expires": self.expires,
            "is_historic": self.is_historic,
        }

    def content_in(self, text) -> dict:
        """Give what an alert says in one language, as plain text and facts."""
        blocks = [
            {"name": name, "heading": str(heading), "text": getattr(text, name)}
            for name, heading in ALERT_BLOCKS
            if getattr(text, name).strip()
        ]
        return {
            "title": text.title,
            "kind": {"code": self.kind.code, "name": str(self.kind.name)},
            "issued_by": self.issued_by_whom,
            "effective": self.effective.isoformat(),
            "expires": self.expires.isoformat() if self.expires else None,
            "blocks": blocks,
            "areas": [place_content(place) for place in self.places.all()],
            "contacts": contact_contents(self),
            "cap": {
                "category": self.category,
                "urgency": self.urgency,
                "severity": self.severity,
                "certainty": self.certainty,
                "responseType": self.response_type,
            },
            "sources": source_contents(self),
            "words": [block["text"] for block in blocks],
        }


def facts_of(warning: Issued, zone: str) -> list[dict]:
    """Give who issued an alert and when it holds, on the mission's clock."""
    if warning.is_historic:
        day = clocks.wall_time(warning.effective, zone).date()
        words = formats.date_format(day, "DATE_FORMAT")
        facts = [{"label": gettext("Issued"), "value": words, "date": day.isoformat()}]
    else:
        facts = [timed_fact(gettext("In force from"), warning.effective, zone)]
    if warning.expires:
        facts.append(timed_fact(gettext("Until"), warning.expires, zone))
    if warning.content.get("issued_by"):
        facts.append({"label": gettext("Issued by"), "value": warning.content["issued_by"]})
    return facts


def timed_fact(label: str, moment: datetime, zone: str) -> dict:
    """Give a moment on a clock for the head of a page."""
    date = moment.astimezone(ZoneInfo(zone)).isoformat()
    return {"label": label, "value": clocks.in_words(moment, zone), "date": date}


def map_of_places(warning: Issued, mission: MissionSettings) -> Map | None:
    """Draw the places of an alert on the map of the country, where there is one."""
    areas = warning.content["areas"]
    if not areas or mission.host_state_code != "ML":
        return None
    places = [MapPlace(a["name"], a["latitude"], a["longitude"]) for a in areas]
    return region_map(
        geodata("mali-regions"),
        prefix="places",
        title=gettext("Places this message names"),
        places=places,
        note=str(MALI_REGIONS_NOTE),
    )


class AlertText(WarningText):
    """The alert in one language, in its four blocks."""

    page = ParentalKey(AlertPage, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("headline"), max_length=160)
    location = models.TextField(_("location"), help_text=_("Where it holds."))
    event = models.TextField(_("event"), help_text=_("What happened or is expected."))
    actions = models.TextField(
        _("actions to take"), help_text=_("One action a line, each beginning with “- ” and a verb.")
    )
    assistance = models.TextField(
        _("assistance"),
        blank=True,
        help_text=_(
            "What helps. Numbers come from the contact points chosen below, not from here."
        ),
    )

    panels = [
        FieldPanel("language", widget=forms.Select(choices=settings.LANGUAGES)),
        FieldPanel("title"),
        FieldPanel("location"),
        FieldPanel("event"),
        FieldPanel("actions"),
        FieldPanel("assistance"),
    ]

    class Meta(WarningText.Meta):
        verbose_name = _("text of an alert")


class AlertContact(PageContact):
    """Whom readers of the alert can call."""

    page = ParentalKey(AlertPage, on_delete=models.CASCADE, related_name="contact_rows")
