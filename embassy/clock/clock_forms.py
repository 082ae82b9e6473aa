"""Times in the editor: shown and read on one clock, whatever clock their editor lives by.

A page with a time zone of its own (`time_zone`) is edited on that clock, any other on the clock of
its mission, and so is when any page goes out and ends. A time that was stored is kept as it is
unless its editor changes what the form shows: seconds that no form shows are not lost, nor the
second of two hours alike.
"""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from embassy.clock import clocks
from embassy.mission.belonging import site_of
from embassy.models.mission import MissionSettings
from embassy.vocabulary import TIME_ZONES

SCHEDULE = ("go_live_at", "expire_at")
"""Read on the mission's clock on a page with a clock of its own, too."""
AS_TYPED = timezone.get_fixed_timezone(0)
"""Marks a time that was typed without an offset, before it is read on the field's clock."""


class ClockField(forms.DateTimeField):
    """A moment, typed and shown as the time on a clock; the form says which."""

    zone = "UTC"
    stored: datetime | None = None

    def prepare_value(self, value):
        """Give the time on the clock; text that was typed stays as it is."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            return clocks.wall_time(value, self.zone)
        return value

    def to_python(self, value) -> datetime | None:
        """Read a time on the clock as a moment in UTC; a skipped one is refused."""
        with timezone.override(AS_TYPED):
            typed = super().to_python(value)
        if typed is None or typed.tzinfo is not AS_TYPED:
            return typed and typed.astimezone(UTC)
        wall = typed.replace(tzinfo=None)
        if self.stored and wall in self.shown(self.stored):
            return self.stored
        try:
            return clocks.moment_of(wall, self.zone)
        except clocks.SkippedTimeError as error:
            raise ValidationError(skipped(wall, self.zone), code="skipped") from error

    def shown(self, moment: datetime) -> tuple[datetime, datetime]:
        """Give the time on the clock at a moment, whole and as a widget shows it."""
        wall = clocks.wall_time(moment, self.zone)
        return wall, wall.replace(second=0, microsecond=0)

    def has_changed(self, initial, data) -> bool:
        """Compare with what is stored, not with what the widget can show of it."""
        return super().has_changed(self.stored or initial, data)


class ClockForm:
    """Mixin for forms that know their `mission_site`: puts each `ClockField` on one clock."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        timed = self.clock_fields()
        if timed and self.has_own_clock and not self.instance.pk and not self.is_bound:
            self.initial["time_zone"] = self.mission_zone()
        for name, field in timed.items():
            is_own = self.has_own_clock and name not in SCHEDULE
            zone = self.own_zone() if is_own else self.mission_zone()
            field.zone, field.stored = zone, self.initial.get(name)
            twice = "" if self.is_bound else which_of_two(field.stored, zone)
            said = [clock_help(zone, is_own), field.help_text, twice]
            field.help_text = " ".join(str(sentence) for sentence in said if sentence)

    def clock_fields(self) -> dict[str, ClockField]:
        """Give the times of the form."""
        return {name: f for name, f in self.fields.items() if isinstance(f, ClockField)}

    def clean(self) -> dict:
        """Compare nothing with a time that could not be read, nor with the one it replaces."""
        cleaned = super().clean()
        for name in self.clock_fields():
            if name in self.errors:
                setattr(self.instance, name, None)
        return cleaned

    @property
    def has_own_clock(self) -> bool:
        """Whether the clock is chosen in this form."""
        return "time_zone" in self.fields

    def own_zone(self) -> str:
        """Give the zone that was sent with the form, or else the page's."""
        sent = self.data.get(self.add_prefix("time_zone")) if self.is_bound else None
        return sent if sent in dict(TIME_ZONES) else self.initial["time_zone"]

    def mission_zone(self) -> str:
        """Give the zone of the mission whose page is edited."""
        site = self.mission_site()
        return MissionSettings.for_site(site).time_zone if site else "UTC"


def clock_help(zone: str, is_own: bool) -> str:
    """Say beside a time on which clock it is read."""
    if is_own:  # which may be another one by the time the form is sent
        return _("On the clock of the time zone chosen above.")
    return _("On this clock: %(clock)s.") % {"clock": clocks.clock_of(zone)}


class ClockPanel(FieldPanel):
    """The panel of a moment that is edited on the clock of its page."""

    def get_form_options(self) -> dict:
        """Ask for a `ClockField`."""
        return {**super().get_form_options(), "field_classes": {self.field_name: ClockField}}

    def get_comparison_class(self) -> type:
        """Compare what the clock showed."""
        return ClockComparison


class ClockComparison(FieldComparison):
    """A moment in two versions of a page, each on the clock of its version."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.words = [
            clocks.in_words(value, zone_of(page, field.name)) if value else ""
            for value, page in ((self.val_a, obj_a), (self.val_b, obj_b))
        ]

    def htmldiff(self) -> str:
        """Give one time, or the old and the new."""
        before, after = self.words
        if not self.has_changed():
            return escape(after)
        changes = [("deletion", before), ("addition", after)]
        return TextDiff([(mark, words) for mark, words in changes if words]).to_html()


def zone_of(page: Page, name: str) -> str:
    """Give the zone on whose clock a time of a page in the tree is edited."""
    own = "" if name in SCHEDULE else getattr(page, "time_zone", "")
    return own or MissionSettings.for_site(site_of(page)).time_zone


def times_on_clocks(page: Page) -> list[tuple[datetime, str]]:
    """Give the moments that are edited on a clock, each with its zone."""
    fields = page.get_edit_handler().get_form_class().base_fields
    names = [name for name, field in fields.items() if isinstance(field, ClockField)]
    return [(moment, zone_of(page, name)) for name in names if (moment := getattr(page, name))]


def day_and_time(wall: datetime, zone: str) -> dict[str, str]:
    """Give what a sentence says of a time: its day, its hour and its clock."""
    return {
        "day": formats.date_format(wall, "DATE_FORMAT"),
        "time": formats.time_format(wall, "TIME_FORMAT"),
        "clock": clocks.clock_of(zone),
    }


def skipped(wall: datetime, zone: str) -> str:
    """Say that a clock never shows a time."""
    return _(
        "There is no %(time)s on %(day)s (%(clock)s): clocks are put forward then."
        " Choose another time."
    ) % day_and_time(wall, zone)


def which_of_two(moment: datetime | None, zone: str) -> str:
    """Say which of two hours alike a moment is; nothing where there is one only."""
    if moment is None or not clocks.comes_twice(moment, zone):
        return ""
    wall = clocks.wall_time(moment, zone)
    words = day_and_time(wall, zone)
    if clocks.moment_of(wall, zone) == moment:
        return _("%(time)s comes twice on %(day)s (%(clock)s): the first is meant.") % words
    return _("%(time)s comes twice on %(day)s (%(clock)s): the second is meant.") % words
