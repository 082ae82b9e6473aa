"""Reference data of warnings, and ways in to them, in the Django admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advisories.models import (
    AlertKind,
    AlertPage,
    AlertPreset,
    CountryInfoPage,
    Indicator,
    TravelAdvisoryPage,
)
from embassy.admin import PageListAdmin, ScopedAdmin
from embassy.clocks import in_words


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


@admin.register(AlertPreset)
class AlertPresetAdmin(ScopedAdmin):
    """What alerts of a mission start out as."""

    list_display = ["name", "kind", "hours", "site"]
    list_filter = ["kind"]


@admin.register(TravelAdvisoryPage)
class AdvisoryList(PageListAdmin):
    """Travel advisories."""

    list_display = ["title_in_editor", "level", "reviewed_on", "changed_on", "live"]
    list_filter = ["level", "live"]


@admin.register(AlertPage)
class AlertList(PageListAdmin):
    """Alerts of missions on different clocks: their times are given in UTC."""

    list_display = ["title_in_editor", "kind", "begins", "ends", "is_historic", "live"]
    list_filter = ["kind", "is_historic", "live"]

    @admin.display(description=_("in force from"), ordering="effective")
    def begins(self, page) -> str:
        """Say when an alert comes into force, and on which clock."""
        return in_words(page.effective, "UTC")

    @admin.display(description=_("in force until"), ordering="expires")
    def ends(self, page) -> str:
        """Say when an alert ends, and on which clock."""
        return in_words(page.expires, "UTC") if page.expires else ""


@admin.register(CountryInfoPage)
class CountryInfoList(PageListAdmin):
    """Country information."""
