"""Offices of a mission and the officials who hold its posts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SectionsConfig(AppConfig):
    """Sections & offices, officials."""

    name = "sections"
    verbose_name = _("Sections & offices")
