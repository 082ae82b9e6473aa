"""How to reach the mission: contact points, their hours, closures, and the places it names."""

from collections.abc import Iterable

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from embassy import hours
from embassy.fields import ChoicesField, TextsField
from embassy.models.scoped import Scoped, ScopedQuerySet
from embassy.vocabulary import (
    CALENDARS,
    TIME_ZONES,
    CallableFrom,
    Channel,
    Purpose,
    Weekday,
)


class Schedule(Scoped, ClusterableModel):
    """Opening hours in their own time zone, with the holidays they keep."""

    name = TextsField(_("name"), help_text=_("What is open then, like “Consular phone line”."))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        choices=TIME_ZONES,
        help_text=_("The clock these hours are read on."),
    )
    holiday_calendars = ChoicesField(
        verbose_name=_("closed on holidays of"), choices_of=CALENDARS, blank=True
    )
    always = models.BooleanField(
        _("day and night"), default=False, help_text=_("Open at all times; leave the hours empty.")
    )
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Who says so, and when.")
    )

    panels = [
        FieldPanel("site"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("time_zone"), FieldPanel("always")]),
        FieldPanel("holiday_calendars"),
        InlinePanel("periods", label=_("open")),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return str(self.name)

    def in_words(self) -> str:
        """Say the weekly hours in one line, with the clock they are read on."""
        if self.always:
            return gettext("Day and night")
        rows = [row for row in hours.week(self.as_hours()) if row.periods]
        words = "; ".join(f"{row.days} {row.hours}" for row in rows)
        clock = gettext("%(city)s time") % {"city": hours.city_of(self.time_zone)}
        if self.holiday_calendars:
            names = [str(hours.CALENDARS[code]) for code in self.holiday_calendars]
            return gettext("%(hours)s (%(clock)s), not on: %(holidays)s") % {
                "hours": words,
                "clock": clock,
                "holidays": ", ".join(names),
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
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(
        _("closes"), help_text=_("Earlier than the opening means: after midnight, the next day.")
    )

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("open period")


class Closure(Scoped):
    """Days on which the mission, or one of its services, is closed beyond the holidays."""

    first = models.DateField(_("first day"))
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
        FieldPanel("site"),
        FieldRowPanel([FieldPanel("first"), FieldPanel("last")]),
        FieldPanel("reason"),
        FieldPanel("schedule"),
    ]

    class Meta:
        ordering = ["first"]
        verbose_name = _("closure")
        verbose_name_plural = _("closures")

    def __str__(self) -> str:
        return f"{self.first} – {self.last}: {self.reason}"

    def clean(self) -> None:
        """Refuse a last day before the first, and another mission's hours."""
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("Choose a last day on or after the first day.")})
        if self.schedule_id and self.site_id and self.schedule.site_id != self.site_id:
            raise ValidationError({"schedule": _("Choose hours of the same mission.")})


class ContactPointQuerySet(ScopedQuerySet):
    """Ways to reach a mission."""

    def in_use(self) -> "ContactPointQuerySet":
        """Leave out the retired ones."""
        return self.filter(retired=False)


class ContactPoint(Scoped, index.Indexed):
    """One way to reach an office: a number or an address, who may use it, and when."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    channel = models.CharField(
        _("kind"), max_length=10, choices=Channel.choices, default=Channel.PHONE
    )
    label = TextsField(_("label"), help_text=_("What readers see before the number."))
    value = models.CharField(
        _("number or address"),
        max_length=200,
        blank=True,
        help_text=_("Phone with the country code: +223 2070 2300. Never type it anywhere else."),
    )
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    callable_from = models.CharField(
        _("who may call"),
        max_length=12,
        choices=CallableFrom.choices,
        default=CallableFrom.ANYWHERE,
    )
    through = TextsField(
        _("through whom"), blank=True, help_text=_("Like “Ask the Marine Guard for the duty officer.”")
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("hours"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact_points",
    )
    last_verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    last_verified_by = models.CharField(_("last verified by"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=255, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer answered. Pages stop showing it; records that quote it keep it."),
    )

    objects = ContactPointQuerySet.as_manager()

    panels = [
        FieldPanel("site"),
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("channel")]),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("extension")]),
        FieldPanel("callable_from"),
        FieldPanel("through"),
        FieldPanel("schedule"),
        MultiFieldPanel(
            [
                FieldPanel("last_verified_on"),
                FieldPanel("last_verified_by"),
                FieldPanel("source"),
            ],
            heading=_("How we know"),
        ),
        FieldRowPanel([FieldPanel("sort_order"), FieldPanel("retired")]),
    ]
    search_fields = [index.SearchField("value"), index.FilterField("site")]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")

    def __str__(self) -> str:
        return " ".join(filter(None, [str(self.label), self.display]))

    def clean(self) -> None:
        """Check the number, and that the hours are the same mission's."""
        if self.channel == Channel.PHONE and self.value:
            self._clean_phone()
        if self.schedule_id and self.site_id and self.schedule.site_id != self.site_id:
            raise ValidationError({"schedule": _("Choose hours of the same mission.")})

    def _clean_phone(self) -> None:
        wrong = _("Write the number with + and the country code, like +223 2070 2300.")
        try:
            number = phonenumbers.parse(self.value)
        except phonenumbers.NumberParseException as error:
            raise ValidationError({"value": wrong}) from error
        if not phonenumbers.is_possible_number(number):
            raise ValidationError({"value": wrong})

    @property
    def is_phone(self) -> bool:
        """Whether it is called rather than written to."""
        return self.channel == Channel.PHONE

    @property
    def display(self) -> str:
        """The number as it is written internationally, or the address as typed."""
        return display_of(self.channel, self.value)

    @property
    def href(self) -> str:
        """The address a tap opens, or nothing for a place."""
        return href_of(self.channel, self.value, self.extension)

    @property
    def callable_from_text(self) -> str:
        """Who may call, when that is not everybody."""
        if self.callable_from == CallableFrom.ANYWHERE:
            return ""
        return self.get_callable_from_display()

    @property
    def hours_text(self) -> str:
        """The hours in one line with their clock, or nothing when none are known."""
        return self.schedule.in_words() if self.schedule_id else ""

    def verify(self, by: str, on=None) -> None:
        """Record that somebody tried it and it was answered."""
        self.last_verified_on = on or timezone.localdate()
        self.last_verified_by = by
        self.save(update_fields=["last_verified_on", "last_verified_by"])


def display_of(channel: str, value: str) -> str:
    """Write a phone number internationally; give anything else as it is."""
    if channel != Channel.PHONE or not value:
        return value
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def href_of(channel: str, value: str, extension: str = "") -> str:
    """Give the tel:, mailto: or web address of a contact, or nothing when it has none."""
    if not value or channel == Channel.POST:
        return ""
    if channel == Channel.MAIL:
        return f"mailto:{value}"
    if channel == Channel.WEB:
        return value
    digits = "".join(c for c in value if c.isdigit() or c == "+")
    return f"tel:{digits};ext={extension}" if extension else f"tel:{digits}"


class Place(Scoped):
    """A named place with its position, for maps and for saying where a warning holds."""

    name = TextsField(_("name"))
    code = models.SlugField(_("code"), max_length=60, help_text=_("Short and stable, like “segou”."))
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)
    geometry = models.JSONField(
        _("outline"), null=True, blank=True, help_text=_("GeoJSON, longitude before latitude.")
    )
    source = models.CharField(_("source"), max_length=255, blank=True)

    panels = [
        FieldPanel("site"),
        FieldPanel("name"),
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("source"),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="one_place_per_code_and_mission")
        ]

    def __str__(self) -> str:
        return str(self.name)
