"""Date and time fields of the staff pages: what was typed stays, even where it is no date.

Wagtail's picker replaces what it cannot read by today as soon as the field is left, so a slip of
the finger became a date that nobody meant. Here it stays, and the form refuses it in a sentence.
"""

from wagtail.admin import widgets
from wagtail.admin.panels import PublishingPanel


class AsTyped:
    """Mixin for Wagtail's pickers: leaves alone what it cannot read."""

    def get_config(self) -> dict:
        """Switch off what rewrites the field when it is left."""
        return {**super().get_config(), "validateOnBlur": False}


class DayInput(AsTyped, widgets.AdminDateInput):
    """A day."""


class TimeInput(AsTyped, widgets.AdminTimeInput):
    """A time of day."""


class MomentInput(AsTyped, widgets.AdminDateTimeInput):
    """A day and a time."""


class SchedulePanel(PublishingPanel):
    """Wagtail's panel of when a page goes out and ends, with fields that keep what was typed."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for field in self.children:
            made = getattr(field, "widget", None)
            if isinstance(made, widgets.AdminDateTimeInput):
                field.widget = MomentInput(
                    attrs=made.attrs, js_overlay_parent_selector=made.js_overlay_parent_selector
                )
