"""Mails to an account's own address when what protects it changes."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy.models import User

logger = logging.getLogger(__name__)

PASSWORD = "accounts/password"
LOCKED = "accounts/locked"
SIGNED_OUT = "accounts/signed_out"
SENTENCES = {  # the first five by the names that allauth has for them
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy(
        "New recovery codes were made; those of before are no longer good."
    ),
    PASSWORD: gettext_lazy("The password was changed."),
    LOCKED: gettext_lazy(
        "The right password was given, then too many wrong codes. Somebody may know your "
        "password: change it."
    ),
    SIGNED_OUT: gettext_lazy("The account was signed out everywhere."),
}


def tell(user: User, what: str) -> None:
    """Mail an account what has changed; a mail that does not leave stops nothing."""
    if what not in SENTENCES:
        return
    words = [
        _("About your account at Chancery"),
        "",
        str(SENTENCES[what]),
        "",
        _("If that was you, there is nothing to do. If not, tell an administrator at once."),
    ]
    try:
        send_mail(words[0], "\n".join(words[2:]), None, [user.email])
    except (OSError, SMTPException):
        logger.exception("A notice on account %s could not be mailed.", user.pk)
