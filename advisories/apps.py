"""Warnings: travel advisories and alerts, and information about the country."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvisoriesConfig(AppConfig):
    """Advisories and alerts."""

    name = "advisories"
    verbose_name = _("Advisories & alerts")
