"""Reference data of warnings, and ways in to them, in the Django admin."""

from django.contrib import admin

from advisories.models import AlertKind, AlertPage, CountryInfoPage, Indicator, TravelAdvisoryPage
from embassy.admin import PageListAdmin


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    """Risk indicators."""

    list_display = ["code", "name", "in_use_since", "sort_order"]


@admin.register(AlertKind)
class AlertKindAdmin(admin.ModelAdmin):
    """Kinds of alert."""

    list_display = ["code", "name", "category", "in_use", "used_from_to"]
    list_filter = ["in_use", "category"]
    search_fields = ["code"]


@admin.register(TravelAdvisoryPage)
class AdvisoryList(PageListAdmin):
    """Travel advisories."""

    list_display = ["title_in_editor", "level", "reviewed_on", "changed_on", "live"]
    list_filter = ["level", "live"]


@admin.register(AlertPage)
class AlertList(PageListAdmin):
    """Alerts."""

    list_display = ["title_in_editor", "kind", "effective", "expires", "is_historic", "live"]
    list_filter = ["kind", "is_historic", "live"]


@admin.register(CountryInfoPage)
class CountryInfoList(PageListAdmin):
    """Country information."""
