"""Mail to staff: to every approver when one officer issues a warning alone, their letters, and
what readers sent to an office.
"""

import smtplib
from collections.abc import Iterable
from datetime import datetime
from email.utils import formatdate

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.faces import mail_body
from advisories.models import Delivery, Issue, Issued
from advisories.outbox import Undeliverable
from advisories.vocabulary import Right, Why
from embassy import approval
from embassy.clock import clocks
from embassy.mail import forwarded, letters
from embassy.mission.roots import root_of
from embassy.models import MissionSettings, User


def owed(issue: Issue) -> list[str]:
    """Give the accounts that must hear of an issue by one officer alone: all other approvers."""
    if not issue.broke_glass:
        return []
    people = approval.people_with(Right.APPROVE, "advisories", issue.site)
    keys = people.exclude(email="").exclude(pk=issue.approver_id).values_list("pk", flat=True)
    return [str(key) for key in keys]


def named(targets: Iterable[str]) -> dict[str, str]:
    """Give the names of accounts."""
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in=list(targets))}


def send(delivery: Delivery, at: datetime) -> None:
    """Send one approver the mail, at the address the account has now."""
    user = reader_of(delivery)
    if user is None:
        raise Undeliverable(Why.NO_ACCOUNT, final=True)
    post(delivery, user.email, *words_of(delivery.issue))


def send_letter(delivery: Delivery, at: datetime) -> None:
    """Send one of the staff what waits for them or came back.

    Nothing leaves when all of it is answered by now, or the account is closed.
    """
    user = reader_of(delivery)
    words = letters.letter(user, delivery.event, at) if user else None
    if words:
        post(delivery, user.email, *words)


def send_forwarded(delivery: Delivery, at: datetime) -> None:
    """Bring an address of the mission what a reader sent; nothing when it is of no more use."""
    mail = forwarded.mail_of(delivery.target)
    if mail is not None:
        post(delivery, mail.to, mail.subject, mail.text, mail.reply_to)


def reader_of(delivery: Delivery) -> User | None:
    """Find the account a mail is for, if it is open and has an address."""
    return User.objects.filter(pk=delivery.target, is_active=True).exclude(email="").first()


def post(delivery: Delivery, to: str, subject: str, body: str, reply_to: str = "") -> None:
    """Hand a mail to the server, or say why it does not take it."""
    headers = {
        "Message-ID": f"<{delivery.event}@{delivery.site.hostname}>",  # the same at every try
        "Date": formatdate(delivery.owed_at.timestamp()),
        "Auto-Submitted": "auto-generated",
    }
    answers = [reply_to] if reply_to else []
    try:
        EmailMessage(subject, body, to=[to], headers=headers, reply_to=answers).send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise Undeliverable(Why.MAIL_REFUSED, code) from None
    except smtplib.SMTPResponseException as refused:
        raise Undeliverable(Why.MAIL_REFUSED, refused.smtp_code) from None
    except (OSError, smtplib.SMTPException):
        raise Undeliverable(Why.MAIL_SERVER) from None


def words_of(issue: Issue) -> tuple[str, str]:
    """Give subject and text in the mission's first language: who, when, why, what, where."""
    mission = MissionSettings.for_site(issue.site)
    language = mission.first_language
    rows = list(Issued.objects.filter(issue=issue).select_related("issue").order_by("pk"))
    row = next((row for row in rows if row.language == language), rows[0])
    with override(language):
        when = clocks.in_words(issue.sent, row.zone_or(mission.time_zone))
        desk = root_of(issue.site) + reverse("warnings_desk", args=[issue.page_id])
        paragraphs = [
            _("%(who)s issued a warning alone, without a second person, on %(when)s.")
            % {"who": issue.approver, "when": when},
            _("Reason: %(reason)s") % {"reason": issue.reason},
            mail_body.subject(row),
            _("Read it, then confirm it or correct it: %(address)s") % {"address": desk},
        ]
        if not issue.is_drill:  # of drills no public page tells
            paragraphs.append(_("Verification code: %(code)s") % {"code": issue.code})
        subject = _("Issued by one officer alone: %(headline)s")
        return subject % {"headline": mail_body.subject(row)}, "\n\n".join(paragraphs) + "\n"
