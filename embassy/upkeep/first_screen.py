"""The first screen of the staff pages as one: what is owed, or a sentence that nothing is."""

from django.forms import Media
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from embassy.mission.permissions import own


class OwingPanel(Component):
    """All the panels of what is owed, in their order; where all are empty, it says so."""

    name = "owing"
    order = 10

    def __init__(self, panels: list):
        self.panels = sorted(panels, key=lambda panel: panel.order)

    @property
    def media(self) -> Media:
        """Give what its panels need."""
        return sum((panel.media for panel in self.panels), Media())

    def render_html(self, parent_context) -> str:
        """Give its panels, each asked once."""
        shown = [panel.render_html(parent_context) for panel in self.panels]
        if not any(html.strip() for html in shown):
            return render_to_string("embassy/upkeep/nothing.html")
        return mark_safe("".join(shown))


def gather(request, panels: list) -> None:
    """Put all panels but Wagtail's own into one, before Wagtail's."""
    ours = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]
    panels[:] = [OwingPanel(ours), *(panel for panel in panels if panel not in ours)]


class OwnPagesItem(PagesSummaryItem):
    """How many pages there are of the missions that somebody works for, not of all."""

    def get_context_data(self, parent_context) -> dict:
        """Count them."""
        context = super().get_context_data(parent_context)
        pages = own(Page.objects.filter(depth__gt=1), self.request.user)
        return context | {"total_pages": pages.count()}


def count_own_pages(request, items: list) -> None:
    """Put the count of own pages in the place of Wagtail's."""
    items[:] = [OwnPagesItem(request) if type(item) is PagesSummaryItem else item for item in items]
