"""What waits for a second administrator in words, and the mail to those who may confirm it."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.keepers import administrators_of
from accounts.models import RoleRequest
from embassy.mission.roots import root_of
from embassy.models import MissionSettings
from embassy.roles import ROLES

logger = logging.getLogger(__name__)


def tell_others(request: RoleRequest) -> None:
    """Mail everybody who may confirm a request; a mail that does not leave stops nothing."""
    concerned = [request.asked_by_id, request.account_id]
    subject, body = words(request)
    for keeper in administrators_of(request.site).exclude(pk__in=concerned):
        try:
            send_mail(subject, body, None, [keeper.email])
        except (OSError, SMTPException) as error:
            kind = type(error).__name__
            logger.error("A mail on request %s was not sent: %s.", request.pk, kind)


def words(request: RoleRequest) -> tuple[str, str]:
    """Give subject and text in the mission's first language."""
    with override(MissionSettings.for_site(request.site).first_language):
        address = root_of(request.site) + reverse("admin:index")
        paragraphs = [
            sentence_of(request),
            _("Reason: %(reason)s") % {"reason": request.reason},
            _("Confirm or decline it in the Django admin: %(address)s") % {"address": address},
        ]
        return _("Something waits for a second administrator"), "\n\n".join(paragraphs)


def what_of(request: RoleRequest) -> str:
    """Say in a few words what is asked for: a role by its name, else the act."""
    return str(ROLES[request.role.role].name if request.role else request.get_act_display())


def sentence_of(request: RoleRequest) -> str:
    """Say who asks for what, by the addresses of those concerned: names can be changed."""
    facts = {
        "asker": request.asked_by.email,
        "who": request.account.email,
        "role": what_of(request),
    }
    if request.act == RoleRequest.Act.FACTORS:
        return _("%(asker)s asks to reset the second factor of %(who)s.") % facts
    if request.act == RoleRequest.Act.LETTER:
        return _("%(asker)s asks to send %(who)s another invitation.") % facts
    return _("%(asker)s asks to give %(who)s the role “%(role)s”.") % facts
