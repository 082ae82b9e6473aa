"""Proof, asked again before a grave step, that whoever is signed in is who the account belongs to.

A wrong password is written into the log of the page it was given for. After a few of them the
account is asked to wait, whichever process answers, so that nobody guesses from an open browser.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from embassy.approval import Refused
from embassy.models import User

WRONG = "embassy.wrong_password"
TRIES = 5
WAIT = timedelta(minutes=15)


def prove(user, password: str, page, at: datetime) -> None:
    """Refuse unless this is the account's password, and for a while after too many wrong ones.

    Several tries at once are taken one after the other, and each wrong one stays written down.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        too_many = wrong_since(user, at - WAIT) >= TRIES
        proven = not too_many and user.check_password(password)
        if not proven and not too_many:
            log(instance=page, action=WRONG, user=user)
    if too_many:
        raise Refused(
            _("Too many wrong passwords. Nothing was issued; try again in %(minutes)s minutes.")
            % {"minutes": WAIT.seconds // 60}
        )
    if not proven:
        raise Refused(_("That is not your password. Nothing was issued."))


def wrong_since(user, since: datetime) -> int:
    """Count the wrong passwords an account gave after a moment."""
    return PageLogEntry.objects.filter(user=user, action=WRONG, timestamp__gt=since).count()
