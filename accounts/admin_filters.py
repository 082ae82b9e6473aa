"""How administrators narrow the list of accounts."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import people


class StandsAs(admin.SimpleListFilter):
    """Open, closed, or invited and not yet here."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin) -> list[tuple]:
        """Name the choices."""
        return [("open", _("opened")), ("invited", _("invited")), ("closed", _("closed"))]

    def queryset(self, request, queryset):
        """Keep the accounts that stand so."""
        if self.value() == "invited":
            return queryset.filter(people.invited())
        if self.value() in ("open", "closed"):
            return queryset.filter(is_active=self.value() == "open").exclude(people.invited())
        return queryset


class Away(admin.SimpleListFilter):
    """Open accounts that nobody used for long."""

    title = _("last sign-in")
    parameter_name = "away"

    def lookups(self, request, model_admin) -> list[tuple]:
        """Name the choice."""
        return [("long", _("long ago or never"))]

    def queryset(self, request, queryset):
        """Keep those that are stale."""
        return queryset.filter(people.away(timezone.now())) if self.value() else queryset
