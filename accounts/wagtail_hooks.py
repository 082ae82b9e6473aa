"""The way from the content editor to an account's own factors."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("register_account_menu_item")
def way_to_security(request) -> dict[str, str]:
    """Put the way into the account's own screen."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Sign-in and security"),
        "help_text": _("Passkeys, app, recovery codes, password, sign out everywhere."),
    }
