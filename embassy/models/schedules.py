"""Opening hours in their own time zone, and the days on which the mission is closed."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from embassy.clock import clocks, hours
from embassy.fields import ChoicesField, TextsField
from embassy.models.scoped import Fact, FactForm, Scoped, SitePanel
from embassy.models.verification import refuse_days_to_come
from embassy.vocabulary import TIME_ZONES, Weekday, calendars


class ScheduleForm(FactForm):
    """Refuses hours that overlap, and hours beside “day and night”."""

    def is_valid(self) -> bool:
        """Look at the hours together once all their rows have been read."""
        valid = super().is_valid()
        rows = self.formsets.get("periods")
        if not valid or rows is None:
            return valid
        kept = [f.cleaned_data for f in rows.forms if f.cleaned_data.get("opens") is not None]
        periods = [
            hours.OpenPeriod(row["weekday"], row["opens"], row["closes"])
            for row in kept
            if not row.get("DELETE")
        ]
        wanted = hours.Schedule(
            periods=tuple(periods),
            time_zone=self.cleaned_data["time_zone"],
            holiday_calendars=tuple(self.cleaned_data.get("holiday_calendars") or ()),
            always=self.cleaned_data.get("always", False),
        )
        for problem in hours.problems(wanted):
            self.add_error(None, problem)
        return not self.errors


class Schedule(Fact, Scoped, ClusterableModel):
    """Opening hours in their own time zone, with the holidays they keep."""

    name = TextsField(_("name"), help_text=_("What is open then, like “Consular phone line”."))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        choices=TIME_ZONES,
        help_text=_("The clock these hours are read on."),
    )
    holiday_calendars = ChoicesField(
        verbose_name=_("closed on holidays of"),
        choices_of=calendars,
        blank=True,
        help_text=_("It is closed on the public holidays of these countries."),
    )
    always = models.BooleanField(
        _("day and night"), default=False, help_text=_("Open at all times; leave the hours empty.")
    )
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Who says so, and when.")
    )
    source_dated = models.DateField(
        _("date of the source"),
        null=True,
        blank=True,
        help_text=_("Readers see it beside the hours until somebody has verified them since."),
    )
    last_verified_on = models.DateField(
        _("last verified on"),
        null=True,
        blank=True,
        help_text=_("The day somebody made sure that these are the hours."),
    )

    panels = [
        SitePanel(),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("time_zone"), FieldPanel("always")]),
        FieldPanel("holiday_calendars"),
        InlinePanel("periods", label=_("open")),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("source_dated"), FieldPanel("last_verified_on")]),
        FieldPanel("why"),
    ]

    base_form_class = ScheduleForm

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse a verification that lies ahead."""
        refuse_days_to_come(self.last_verified_on, self.site_id)

    @property
    def is_doubtful(self) -> bool:
        """Whether the hours are those of a dated source that nobody has verified since."""
        if self.source_dated is None:
            return False
        return self.last_verified_on is None or self.last_verified_on < self.source_dated

    def in_words(self) -> str:
        """Say the weekly hours in one line, with the clock they are read on."""
        if self.always:
            return gettext("Day and night")
        rows = [row for row in hours.week(self.as_hours()) if row.periods]
        # Translators: stands between opening hours: "Monday 07:30–17:00; Friday 07:30–12:30".
        words = capfirst(gettext("; ").join(f"{row.days} {row.hours}" for row in rows))
        clock = clocks.clock_of(self.time_zone)
        if self.holiday_calendars:
            names = [str(hours.CALENDARS[code]) for code in self.holiday_calendars]
            return gettext("%(hours)s (%(clock)s), not on: %(holidays)s") % {
                "hours": words,
                "clock": clock,
                "holidays": get_text_list(names, gettext("and")),
            }
        return f"{words} ({clock})" if words else ""

    def as_hours(self, closures: "Iterable[Closure]" = ()) -> hours.Schedule:
        """Give these hours, with those of the closures that concern them, for `hours` to reckon."""
        concerned = [c for c in closures if c.schedule_id in (None, self.pk)]
        return hours.Schedule(
            periods=tuple(
                hours.OpenPeriod(p.weekday, p.opens, p.closes) for p in self.periods.all()
            ),
            time_zone=self.time_zone,
            holiday_calendars=tuple(self.holiday_calendars),
            closures=tuple(hours.Closure(c.first, c.last, str(c.reason)) for c in concerned),
            always=self.always,
        )


class SchedulePeriod(models.Model):
    """One stretch of a weekday during which it is open."""

    schedule = ParentalKey(Schedule, on_delete=models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField(
        _("day"),
        choices=Weekday.choices,
        help_text=_("One row for each stretch: two for a day with a break at noon."),
    )
    opens = models.TimeField(
        _("opens"), help_text=_("On the clock of the time zone above, like 07:30.")
    )
    closes = models.TimeField(
        _("closes"), help_text=_("Earlier than the opening means: after midnight, the next day.")
    )

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("open period")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens}–{self.closes}"


class Closure(Fact, Scoped):
    """Days on which the mission, or one of its services, is closed beyond the holidays."""

    first = models.DateField(
        _("first day"), help_text=_("The first day on which nobody is served.")
    )
    last = models.DateField(_("last day"), help_text=_("The same day for a single day."))
    reason = TextsField(_("reason"), help_text=_("As readers will see it, one short phrase."))
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("only for"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text=_("Leave empty when the whole mission is closed."),
    )

    panels = [
        SitePanel(),
        FieldRowPanel([FieldPanel("first"), FieldPanel("last")]),
        FieldPanel("reason"),
        FieldPanel("schedule"),
        FieldPanel("why"),
    ]

    class Meta:
        ordering = ["first"]
        verbose_name = _("closure")
        verbose_name_plural = _("closures")

    def __str__(self) -> str:
        first, last = (formats.date_format(day, "DATE_FORMAT") for day in (self.first, self.last))
        days = first if first == last else f"{first} – {last}"
        return gettext("%(label)s: %(text)s") % {"label": days, "text": self.reason}

    def clean(self) -> None:
        """Refuse a last day before the first, and another mission's hours."""
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("Choose a last day on or after the first day.")})
        if self.schedule_id and self.site_id and self.schedule.site_id != self.site_id:
            raise ValidationError({"schedule": _("Choose hours of the same mission.")})
