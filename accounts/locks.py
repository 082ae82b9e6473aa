"""The record of accounts that were locked: once for each lock, by the try that brought it about."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from accounts import throttling
from embassy.auditing import audit
from embassy.models import User

LOCKED = "accounts.locked"
audit.name_action(LOCKED, gettext_lazy("Locked an account after wrong tries"))


def note_lock(address: str, at: datetime) -> bool:
    """Put on record that an account has to wait after the try that was wrong just now; whether so.

    What was typed and is no account is not kept: people type passwords where an address belongs.
    """
    if not throttling.is_locked(address, at):
        return False
    account = User.objects.filter(email__iexact=address.strip()).first()
    if account is not None:
        audit.record(LOCKED, of=account, at=at)
    return True
