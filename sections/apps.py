"""Offices of a mission and the officials who hold its posts."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SectionsConfig(AppConfig):
    """Sections & offices, officials."""

    name = "sections"
    verbose_name = _("Sections & offices")

    def ready(self) -> None:
        """Load what forwards questions to offices."""
        import_module("sections.question_mail")
