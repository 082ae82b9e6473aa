"""Takes an account's factors away for somebody who has lost them."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import notices
from embassy.models import User


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
