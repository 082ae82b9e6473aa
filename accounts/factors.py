"""Takes an account's factors away for somebody who has lost them."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import invitations, notices
from accounts.models import Invitation
from embassy import audit
from embassy.approval import Refused
from embassy.models import User

RESET = "accounts.factors_reset"
audit.name_action(RESET, gettext_lazy("Took the second factors of an account away"))


def reset_by(by: User, account: User, reason: str, at: datetime) -> Invitation:
    """Take factors and password of a colleague away, and mail a letter to set up new ones.

    Nothing but the letter opens the account then: whoever knows the password alone, or asked for
    this in another's name, gets nowhere. Safe to repeat: the last letter is the good one.
    """
    with transaction.atomic():
        account = invitations.locked(by, account)
        if not account.is_active:
            raise Refused(_("This account is closed. Send an invitation instead."))
        account.set_unusable_password()
        account.save(update_fields=["password"])
        count, _by_model = Authenticator.objects.filter(user=account).delete()
        account.sign_out_everywhere()
        details = {"reason": reason, "factors": count}
        audit.record(RESET, by=by, of=account, at=at, details=details)
        return invitations.issue(by, account, Invitation.Why.FACTORS, at)[0]


def reset(user: User) -> int:
    """Remove every factor, end every session and tell the account; gives how many there were.

    The password alone then opens the page on which a new factor is set up, and nothing else. Safe
    to repeat. Whoever calls this has made sure who is asking, and writes down who did it.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        count, _by_model = Authenticator.objects.filter(user=user).delete()
        user.sign_out_everywhere()
    if count:
        notices.tell(user, notices.RESET)
    return count
