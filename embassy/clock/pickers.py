"""Date and time fields of the staff pages: what was typed stays, even where it is no date.

Wagtail's picker replaces what it cannot read by today as soon as the field is left, so a slip of
the finger became a date that nobody meant. Here it stays, and the form refuses it in a sentence.
"""

from wagtail.admin import widgets


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
