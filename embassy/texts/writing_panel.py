"""The panel of the editor with hints on the draft; it is not there when there are none."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from embassy.mission.belonging import site_of
from embassy.models.mission import MissionSettings
from embassy.texts.writing import Remark, remarks_on


class WritingPanel(Panel):
    """Hints on what was stored last, or what was sent and could not be stored."""

    def __init__(self, **kwargs):
        kwargs.setdefault("heading", _("Before you publish"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel on a form."""

        template_name = "embassy/writing.html"

        def is_shown(self) -> bool:
            """Show it for a page that is there, when there is anything to say."""
            return super().is_shown() and bool(self.remarks)

        @cached_property
        def remarks(self) -> list[Remark]:
            """The hints."""
            page = self.instance
            if page.pk is None or not page.is_shown_as_stored:
                return []
            site = site_of(page)
            return remarks_on(page, MissionSettings.for_site(site) if site else None)

        def get_context_data(self, parent_context=None) -> dict:
            """Give the hints to the template."""
            return super().get_context_data(parent_context) | {"remarks": self.remarks}
