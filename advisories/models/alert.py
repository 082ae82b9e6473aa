"""Alerts: what happens where and when, what to do, whom to call; once, with texts per language."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from advisories.faces.outcome import end_in_words
from advisories.faces.page import ended, ending_of, facts_of, map_of_places
from advisories.models.incident import Incident
from advisories.models.issued import Issued
from advisories.models.quoting import contact_contents, place_content, source_contents
from advisories.models.reference import AlertKind
from advisories.models.warning_texts import AlertForm
from advisories.models.warnings import WarningPage
from advisories.readiness import checks_of_alert
from advisories.vocabulary import (
    ALERT_BLOCKS,
    Category,
    Certainty,
    ResponseType,
    Severity,
    Status,
    ToldStaff,
    Urgency,
)
from embassy.clock.clock_forms import ClockPanel
from embassy.models import MissionSettings, Place
from embassy.pages import SourcesMixin, contact_panel
from embassy.roles import whom_to_ask_lazy
from embassy.search.kinds import SearchKind


class AlertPage(SourcesMixin, WarningPage):
    """A warning of something that happens, with its places, times and texts."""

    template = "advisories/alert_page.html"
    parent_page_types = ["advisories.AlertIndexPage"]
    subpage_types: list[str] = []
    type_name = _("Alert")
    search_kind = SearchKind.WARNINGS
    base_form_class = AlertForm
    issued_kind = Issued.Kind.ALERT

    kind = models.ForeignKey(
        AlertKind,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        help_text=_("What readers know it as. It stands before the headline everywhere."),
    )
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
    category = models.CharField(
        _("category"),
        max_length=10,
        choices=Category.choices,
        help_text=_("Whose business it is: fire, health, security. Other programs sort by it."),
    )
    urgency = models.CharField(
        _("urgency"),
        max_length=10,
        choices=Urgency.choices,
        help_text=_("How soon people must act."),
    )
    severity = models.CharField(
        _("severity"),
        max_length=10,
        choices=Severity.choices,
        help_text=_("How bad it can get for people and property."),
    )
    certainty = models.CharField(
        _("certainty"),
        max_length=10,
        choices=Certainty.choices,
        help_text=_("How sure it is. What has been seen to happen is observed."),
    )
    response_type = models.CharField(
        _("what people should do"),
        max_length=10,
        choices=ResponseType.choices,
        help_text=_("The one thing the text asks for above all."),
    )
    places = ParentalManyToManyField(
        Place,
        verbose_name=_("places"),
        blank=True,
        help_text=_(
            "Tick where it holds. A place that is missing is made under Mission facts, Places."
        ),
    )
    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What several alerts are about; they share one page that tells them in order."),
    )
    status = models.CharField(
        _("is it real?"),
        max_length=10,
        choices=Status.choices,
        default=Status.ACTUAL,
        help_text=_("Exercises and tests go the whole way, and no reader ever sees them."),
    )
    told_staff = models.CharField(
        _("what was mission staff told of this threat?"),
        max_length=10,
        choices=ToldStaff.choices,
        blank=True,
        help_text=_("No double standard: what staff are told, the public is told."),
    )

    content_panels = [
        *WarningPage.composer_panels,
        FieldPanel("kind"),
        FieldRowPanel([ClockPanel("effective"), ClockPanel("expires")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("told_staff")]),
        FieldRowPanel([FieldPanel("incident"), FieldPanel("issued_by_whom")]),
        FieldPanel(
            "places",
            widget=forms.CheckboxSelectMultiple,
            help_text=format_lazy("{} {}", places.help_text, whom_to_ask_lazy("embassy.place")),
        ),
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
        """Add the times and the map of the issued row, and what became of the alert."""
        context = super().get_context(request, *args, **kwargs)
        warning, last, now = context["warning"], context["last"], context["now"]
        mission = MissionSettings.for_request(request)
        context["in_force"] = last.is_in_force(now)
        context["is_upcoming"] = last.is_upcoming(now)
        context["ended"] = ended(last, mission.time_zone)
        context["ending"] = ending_of(last, now, mission.time_zone)
        context["facts"] = facts_of(warning, mission.time_zone, context["first_language"])
        context["map"] = map_of_places(warning, mission)
        opening = context["opening_shown"] or self.summary_in(get_language())
        words = [*self.lasting_words(context), opening or context["language_notice"]]
        context["opening_shown"] = " ".join(words)
        return context

    def lasting_words(self, context: dict) -> Iterator[str]:
        """Say what became of it for descriptions, which others keep: only what stays as it is."""
        if context["replaced"]:
            yield f"{context['replaced']}."
        zone = MissionSettings.for_request(context["request"]).time_zone
        end = end_in_words(context["last"], zone)
        if end and not context["in_force"] and not context["is_upcoming"]:
            yield f"{end}."

    def checks(self, at):
        """Give the checklist before an approver reads it."""
        return checks_of_alert(self, at)

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
            "incident": self.incident_id,
            "incident_name": str(self.incident.name) if self.incident else "",
            "incident_names": dict(self.incident.name) if self.incident else {},
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
