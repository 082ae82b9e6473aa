"""Ways in to fact sheets and news from the Django admin."""

from django.contrib import admin

from embassy.admin import PageListAdmin
from relations.models import FactSheetEdition, NewsPage


@admin.register(FactSheetEdition)
class FactSheetList(PageListAdmin):
    """Editions of fact sheets."""

    list_display = ["title_in_editor", "bureau", "date", "live"]
    list_filter = ["bureau", "live"]
    date_hierarchy = "date"


@admin.register(NewsPage)
class NewsList(PageListAdmin):
    """News."""

    list_display = ["title_in_editor", "kind", "date", "live"]
    list_filter = ["kind", "live"]
