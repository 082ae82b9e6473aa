"""What must hold of accounts on a public server."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.db import DatabaseError
from wagtail.models import Site

from accounts.keepers import left_alone
from embassy.approval import of_both
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


@register(deploy=True)
def administrators_hold_no_other_role(app_configs, **kwargs) -> list[Error]:
    """Refuse accounts that let people in and write or approve as well."""
    return none_open(
        {"pk__in": of_both().values("pk")},
        False,
        "There are accounts here ({count}) that are administrator and hold another role.",
        "Have another administrator take one away: the first page of the Django admin names them. "
        "Until then these accounts approve nothing.",
        "accounts.E002",
    )


@register(deploy=True)
def nobody_is_administrator_alone(app_configs, **kwargs) -> list[Warning]:
    """Name the missions that one administrator is left in."""
    try:
        found = [
            (site, words) for site in Site.objects.order_by("pk") for words in left_alone(site)
        ]
    except DatabaseError:  # not migrated yet, or away: another check's business
        return []
    return [Warning(f"{site.hostname}: {words}", id="accounts.W001") for site, words in found]
