"""The mailbox of `make run`: mail is kept in files instead of being sent, and staff can read it.

Only where the settings name a folder, MAILBOX; on a public server there is no such page. A mail
knows no mission: whose it is, its addresses tell. Letters open accounts, so nobody reads those of
another mission.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from embassy.mission.belonging import sites_of
from embassy.models import ContactPoint, User
from embassy.vocabulary import Channel

SHOWN = 100


class Mailbox(BaseEmailBackend):
    """Keeps each mail in a file of its own, as it would have been sent."""

    def send_messages(self, email_messages) -> int:
        """Write the mails; a file is whole or not there."""
        folder = Path(settings.MAILBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            stamp = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
            file = folder / f"{stamp}-{uuid.uuid4().hex[:8]}"
            file.write_bytes(message.message().as_bytes())
            file.rename(file.with_suffix(".eml"))
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """A mail as the page shows it."""

    subject: str
    to: str
    at: datetime
    text: str


def mails() -> Iterator[Mail]:
    """Give all mails, the newest first."""
    files = sorted(Path(settings.MAILBOX).glob("*.eml"), key=lambda file: file.name)
    return map(mail_in, reversed(files))


def mails_for(user: User) -> list[Mail]:
    """Give the latest mails to the missions somebody works for."""
    ours = addresses_of(user)
    return list(islice((mail for mail in mails() if recipients(mail) & ours), SHOWN))


def recipients(mail: Mail) -> set[str]:
    """Give the addresses a mail went to, in lower case."""
    return {address.lower() for _name, address in getaddresses([mail.to])}


def addresses_of(user: User) -> set[str]:
    """Give the addresses of somebody's missions: their accounts, invited ones too, and contacts.

    An address of a mission at which somebody of another one signs in stays with that account.
    """
    sites = sites_of(user)
    works = Q(mission__in=sites) | Q(groups__mission_role__site__in=sites)
    ours = set(User.objects.filter(works).values_list("email", flat=True))
    others = set(User.objects.values_list("email", flat=True)) - ours
    contacts = ContactPoint.objects.filter(site__in=sites, channel=Channel.MAIL)
    return ours | {value.lower() for value in contacts.values_list("value", flat=True)} - others


def mail_in(file: Path) -> Mail:
    """Read a file; what is no mail is shown as far as it can be read."""
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    at = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
    return Mail(str(message["Subject"] or ""), str(message["To"] or ""), at, text_of(message))


def text_of(message: EmailMessage) -> str:
    """Give the plain text of a mail; letters of an unknown alphabet are marked."""
    body = message.get_body(preferencelist=("plain",))
    if body is None:
        return ""
    try:
        return body.get_content()
    except LookupError:
        return body.get_payload(decode=True).decode("ascii", errors="replace")


@require_safe
def mailbox_of_administrators(request: HttpRequest) -> HttpResponse:
    """Show the same to those who invite people and edit no content."""
    if settings.MAILBOX is None:
        raise Http404
    context = admin.site.each_context(request) | {"title": _("Mailbox")}
    found = {"mails": mails_for(request.user)}
    return TemplateResponse(request, "embassy/mailbox_of_administrators.html", context | found)


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show what was sent to the reader's missions, where mail is kept at all."""
    if settings.MAILBOX is None:
        raise Http404
    return TemplateResponse(request, "embassy/mailbox.html", {"mails": mails_for(request.user)})
