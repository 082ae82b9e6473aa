"""The mail that tells administrators that one of them was closed, and what it leaves them with."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from accounts.keepers import administrators_of, left_alone
from embassy.models import MissionSettings, User

logger = logging.getLogger(__name__)


def tell_all(by: User | None, account: User, site: Site, reason: str) -> None:
    """Mail the other administrators of a mission, and the one whose account was closed.

    A thief could have closed it. A mail that does not leave stops nothing.
    """
    subject, body = words(by, account, site, reason)
    others = administrators_of(site).exclude(pk=by.pk if by else None)
    for address in [account.email, *others.values_list("email", flat=True).order_by("email")]:
        try:
            send_mail(subject, body, None, [address])
        except (OSError, SMTPException):
            logger.exception("A mail that account %s was closed was not sent.", account.pk)


def words(by: User | None, account: User, site: Site, reason: str) -> tuple[str, str]:
    """Give subject and text in the mission's first language, people by their addresses."""
    with override(MissionSettings.for_site(site).first_language):
        facts = {"by": by.email if by else _("The server"), "who": account.email}
        paragraphs = [
            _("%(by)s closed the account of the administrator %(who)s.") % facts,
            _("Reason: %(reason)s") % {"reason": reason or "–"},
            *left_alone(site),
            _("If you do not know why, call whoever runs the server at once."),
        ]
        return _("The account of an administrator was closed"), "\n\n".join(paragraphs)
