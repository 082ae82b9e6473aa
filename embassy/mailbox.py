"""The mailbox of `make run`: mail is kept in files instead of being sent, and staff can read it.

Only where the settings name a folder, MAILBOX; on a public server there is no such page.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

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


def mails() -> list[Mail]:
    """Give the latest mails, the newest first."""
    files = sorted(Path(settings.MAILBOX).glob("*.eml"), key=lambda file: file.name)
    return [mail_in(file) for file in reversed(files[-SHOWN:])]


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
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show what was sent, where mail is kept at all."""
    if settings.MAILBOX is None:
        raise Http404
    return TemplateResponse(request, "embassy/mailbox.html", {"mails": mails(), "shown": SHOWN})
