"""The app of sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """How staff prove who they are, and for how long that holds."""

    name = "accounts"
    verbose_name = _("Sign-in")

    def ready(self) -> None:
        """Listen for sessions and factors, register checks, and name the acts of the command."""
        from accounts import checks, first, signals  # noqa: F401
