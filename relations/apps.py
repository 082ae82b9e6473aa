"""Relations with the host state: overview, figures, fact sheets, news and events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    """Relations, fact sheets, news."""

    name = "relations"
    verbose_name = _("Relations")
