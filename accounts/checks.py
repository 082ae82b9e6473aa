"""What must hold of accounts on a public server."""

from django.conf import settings
from django.core.checks import Error, register
from django.db import DatabaseError


@register(deploy=True)
def no_superusers(app_configs, **kwargs) -> list[Error]:
    """Refuse accounts that may do everything, alone and in every mission."""
    from embassy.models import User

    if settings.SUPERUSERS:
        return []
    try:
        count = User.objects.filter(is_superuser=True, is_active=True).count()
    except DatabaseError:  # not migrated yet, or away: another check's business
        return []
    if not count:
        return []
    return [
        Error(
            f"There are superusers here ({count}); nobody can sign in with such an account.",
            hint="Make each inactive: manage.py close_superusers. Administrators come from "
            "manage.py first_administrators.",
            id="accounts.E001",
        )
    ]
