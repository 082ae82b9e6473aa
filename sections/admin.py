"""Ways in to offices and officials from the Django admin."""

from django.contrib import admin

from embassy.admin import PageListAdmin
from sections.models import OfficePage, OfficialPage


@admin.register(OfficePage)
class OfficeList(PageListAdmin):
    """Offices."""

    list_display = ["title_in_editor", "kind", "live", "last_published_at"]
    list_filter = ["kind", "live"]
    search_fields = ["title__unaccent", "also_known_as__unaccent", "summary__unaccent"]


@admin.register(OfficialPage)
class OfficialList(PageListAdmin):
    """Officials."""
