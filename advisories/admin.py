"""Reference data of warnings, and ways in to them, in the Django admin."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from advisories.desk import sites_at_desk
from advisories.models import (
    AlertKind,
    AlertPage,
    AlertPreset,
    CountryInfoPage,
    Indicator,
    TravelAdvisoryPage,
)
from embassy.admin import PageListAdmin, ReadHere, ScopedAdmin
from embassy.clock.clocks import in_words
from embassy.fields import TextsField
from embassy.language.languages import language_name


class NamedHere(ReadHere, admin.ModelAdmin):
    """Rows to be read, with a name in each language: a list shows the one for whoever reads it."""

    @admin.display(description=_("name"))
    def named(self, row) -> str:
        """Give the name."""
        return str(row.name)

    def get_fields(self, request, obj=None) -> list:
        """Show all that a row says, texts in each of their languages."""
        fields = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        return [shown(field) if isinstance(field, TextsField) else field.name for field in fields]

    def get_readonly_fields(self, request, obj=None) -> list:
        """Leave none of it to be typed."""
        return self.get_fields(request, obj)


def shown(field: TextsField) -> Callable[[Model], str]:
    """Give what shows a text in each of its languages."""

    @admin.display(description=field.verbose_name)
    def texts(row: Model) -> str:
        """Give a line for each language."""
        lines = [(text, language_name(code)) for code, text in getattr(row, field.name).items()]
        return format_html_join(mark_safe("<br>"), "{} ({})", lines)

    return texts


@admin.register(Indicator)
class IndicatorAdmin(NamedHere):
    """Risk indicators."""

    list_display = ["code", "named", "in_use_since", "sort_order"]


@admin.register(AlertKind)
class AlertKindAdmin(NamedHere):
    """Kinds of alert."""

    list_display = ["code", "named", "category", "in_use", "used_from_to"]
    list_filter = ["in_use", "category"]
    search_fields = ["code"]


@admin.register(AlertPreset)
class AlertPresetAdmin(NamedHere, ScopedAdmin):
    """What alerts start out as, to be read: two people change it in the staff pages."""

    list_display = ["named", "kind", "hours", "site"]
    list_filter = ["kind"]


class WarningList(PageListAdmin):
    """Warnings, for those with a right to them; each row opens its desk, which leads on."""

    def get_queryset(self, request):
        """Show the warnings of missions at whose desk the user works."""
        roots = [site.root_page.path for site in sites_at_desk(request.user)]
        here = reduce(or_, (Q(path__startswith=path) for path in roots), Q(pk=None))
        return super(PageListAdmin, self).get_queryset(request).filter(here)

    def has_view_permission(self, request, obj=None) -> bool:
        """Whoever works at the desk of a mission sees the list."""
        may_enter = request.user.has_perm("wagtailadmin.access_admin")
        return may_enter and bool(sites_at_desk(request.user))

    def address_of(self, page_id: int | str) -> str:
        """Give the warning's desk."""
        return reverse("warnings_desk", args=[page_id])


@admin.register(TravelAdvisoryPage)
class AdvisoryList(WarningList):
    """Travel advisories."""

    list_display = ["title_in_editor", "level", "reviewed_on", "changed_on", "live"]
    list_filter = ["level", "live"]


@admin.register(AlertPage)
class AlertList(WarningList):
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
