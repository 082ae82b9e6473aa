"""Warnings: travel advisories and alerts, and information about the country."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AdvisoriesConfig(AppConfig):
    """Advisories and alerts."""

    name = "advisories"
    verbose_name = _("Advisories & alerts")

    def ready(self) -> None:
        """Load the channels of the outbox, and what keeps languages and warnings in place."""
        autodiscover_modules("channels")
        import_module("advisories.spoken")
        import_module("advisories.staying")
