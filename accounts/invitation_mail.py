"""The letter of an invitation, in every language of the mission."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Invitation
from embassy.clock import clocks
from embassy.mission.roots import root_of
from embassy.models import MissionSettings

logger = logging.getLogger(__name__)


def address_of(invitation: Invitation, token: str) -> str:
    """Give the address that opens an invitation, at the mission's own host."""
    return root_of(invitation.site) + reverse("open_invitation", args=[token])


def send(invitation: Invitation, token: str) -> bool:
    """Send the letter; whether it left."""
    mission = MissionSettings.for_site(invitation.site)
    rest = [code for code in mission.languages if code != mission.first_language]
    letters = [words(invitation, token, mission, code) for code in (mission.first_language, *rest)]
    subject = letters[0][0]
    body = "\n\n* * *\n\n".join(text for _subject, text in letters)
    headers = {"Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, body, to=[invitation.account.email], headers=headers).send()
    except (OSError, SMTPException) as error:  # its text may quote the address
        kind = type(error).__name__
        logger.error("The letter of invitation %s was not mailed: %s.", invitation.pk, kind)
        return False
    return True


def words(
    invitation: Invitation, token: str, mission: MissionSettings, language: str
) -> tuple[str, str]:
    """Give subject and text in one language."""
    with override(language):
        name = {"mission": str(mission.name)}
        day = clocks.in_words(invitation.expires_at, mission.time_zone)
        paragraphs = [
            reason(invitation) % (name | {"who": str(invitation.invited_by or "")}),
            _("Open this address:"),
            address_of(invitation, token),
            _("It works once, until %(day)s. Pass it on to nobody.") % {"day": day},
            _("If you expected nothing of the kind, do nothing, and tell the mission."),
        ]
        return _("Your account for the website of %(mission)s") % name, "\n\n".join(paragraphs)


def reason(invitation: Invitation) -> str:
    """Say why somebody gets the letter."""
    if invitation.why == Invitation.Why.FACTORS:
        return _(
            "Your second factors for the website of %(mission)s were taken away, and all your "
            "sessions ended. Set up new ones."
        )
    if invitation.invited_by:
        return _("%(who)s invites you to work on the website of %(mission)s.")
    return _("You are invited to work on the website of %(mission)s.")
