"""Roles that one administrator gives and takes alone; nobody gives any to themself.

Grave roles are kept if they are held and named, and taken if they are not; giving one is asked for
(`accounts.asking`).
"""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.keepers import BY_NAME, require_apart, require_keeper, require_roles
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.models import User

ROLES_SET = "accounts.roles_set"
audit.name_action(ROLES_SET, gettext_lazy("Changed the roles of an account"))


def set_roles(by: User, account: User, groups: list[Group], at: datetime) -> bool:
    """Give an account just these roles, beside those asked for by name; whether any changed."""
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=account.pk)
        require_keeper(by, account)
        if account == by:
            raise Refused(_("Nobody changes their own roles."))
        held = set(account.groups.all())
        require_roles(by, set(groups) - held)
        kept = set(account.groups.filter(mission_role__role__in=BY_NAME))
        wanted = kept | set(groups)
        if wanted == held:
            return False
        require_apart(wanted - held, wanted & held)
        account.groups.set(wanted)
        details = {
            "given": sorted(group.name for group in wanted - held),
            "taken": sorted(group.name for group in held - wanted),
        }
        audit.record(ROLES_SET, by=by, of=account, at=at, details=details)
        return True
