"""The panel of the editor with hints on the draft, renewed each time the draft is stored."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from embassy.texts.writing import remarks_in_editor


class WritingPanel(Panel):
    """Hints on what was stored last, or what was sent and could not be stored."""

    def __init__(self, **kwargs):
        kwargs.setdefault("heading", _("Before you publish"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel on a form."""

        template_name = "embassy/writing.html"

        def is_shown(self) -> bool:
            """Show it for every page whose own row readers see."""
            return super().is_shown() and self.instance.is_shown_as_stored

        def get_context_data(self, parent_context=None) -> dict:
            """Give the hints to the template."""
            remarks = remarks_in_editor(self.instance)
            return super().get_context_data(parent_context) | {"remarks": remarks}
