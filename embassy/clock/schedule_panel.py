"""The dialog in which a page is told when to go out and when to end."""

from wagtail.admin.panels import PublishingPanel
from wagtail.admin.widgets import AdminDateTimeInput

from embassy.clock.clock_forms import ClockPanel
from embassy.clock.pickers import MomentInput


class SchedulePanel(PublishingPanel):
    """Wagtail's dialog, with times on the mission's clock that stay as they are typed."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.children = [on_clock(field) for field in self.children]


def on_clock(field) -> ClockPanel:
    """Give a time of Wagtail's dialog as one that says its clock; other fields as they are."""
    made = getattr(field, "widget", None)
    if not isinstance(made, AdminDateTimeInput):
        return field
    overlay = made.js_overlay_parent_selector
    widget = MomentInput(attrs=made.attrs, js_overlay_parent_selector=overlay)
    return ClockPanel(field.field_name, widget=widget)
