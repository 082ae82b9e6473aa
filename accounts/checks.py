"""What must hold of accounts on a public server."""

from django.conf import settings
from django.core.checks import Error, register

from embassy.checks import none_open


@register(deploy=True)
def no_superusers(app_configs, **kwargs) -> list[Error]:
    """Refuse accounts that may do everything, alone and in every mission."""
    return none_open(
        {"is_superuser": True},
        settings.SUPERUSERS,
        "There are superusers here ({count}); nobody can sign in with such an account.",
        "Make each inactive: manage.py close_superusers. Administrators come from "
        "manage.py first_administrators.",
        "accounts.E001",
    )
