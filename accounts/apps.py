"""The app of sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """How staff prove who they are, and for how long that holds."""

    name = "accounts"
    verbose_name = _("Sign-in")

    def ready(self) -> None:
        """Listen for the beginning of sessions and the end of factors."""
        from accounts import signals  # noqa: F401
