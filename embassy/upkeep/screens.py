"""What needs looking after, on the first screen of the staff pages and in a report of its own."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.ui.components import Component

from embassy.mission.belonging import sites_of
from embassy.upkeep import parts_for


class UpkeepPanel(Component):
    """The first of each kind, after everything that is more pressing."""

    name = "upkeep"
    order = 100
    template_name = "embassy/upkeep/panel.html"

    def get_context_data(self, parent_context) -> dict:
        """Give what whoever looks can do something about."""
        return {"parts": parts_for(parent_context["request"].user, timezone.now())}


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """List all of it."""
    if not sites_of(request.user):
        raise PermissionDenied
    parts = parts_for(request.user, timezone.now())
    return TemplateResponse(request, "embassy/upkeep/report.html", {"parts": parts})
