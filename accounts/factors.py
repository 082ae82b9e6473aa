"""Takes an account's factors away for somebody who has lost them; a letter opens it then."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import invitations
from accounts.keepers import require_alone
from accounts.models import Invitation
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.models import User

RESET = "accounts.factors_reset"
audit.name_action(RESET, gettext_lazy("Took the second factors of an account away"))


def reset_by(by: User | None, account: User, reason: str, at: datetime) -> tuple[Invitation, str]:
    """Take factors and password of somebody away, as one administrator may alone.

    Nobody at all is the command on the server: whoever runs it has made sure who is asking.
    """
    with transaction.atomic():
        require_alone(by, invitations.locked(by, account))
        return take_away(by, account, reason, at)


def take_away(by: User | None, account: User, reason: str, at: datetime) -> tuple[Invitation, str]:
    """Take factors and password away, and mail a letter to set up new ones.

    Nothing but the letter opens the account then: whoever knows the password alone, or asked for
    this in another's name, gets nowhere. Safe to repeat: the last letter is the good one.
    """
    with transaction.atomic():
        account = invitations.locked(by, account)
        refuse_closed(account)
        account.set_unusable_password()
        account.save(update_fields=["password"])
        count, _by_model = Authenticator.objects.filter(user=account).delete()
        account.sign_out_everywhere()
        details = {"reason": reason, "factors": count}
        audit.record(RESET, by=by, of=account, at=at, details=details)
        return invitations.issue(by, account, Invitation.Why.FACTORS, at)


def refuse_closed(account: User) -> None:
    """Refuse to reset what nobody signs in with."""
    if not account.is_active:
        raise Refused(_("This account is closed. Send an invitation instead."))
