"""Wagtail's letters about comments leave once the save is over, so that none can undo it."""

from functools import partial

from django.db import transaction
from wagtail.admin.mail import send_notification
from wagtail.admin.views.pages import edit


def send_afterwards(recipients: list, notification: str, context: dict) -> None:
    """Send after the commit; a mail server that is gone is written into the log."""
    sending = partial(send_notification, recipients, notification, context)
    transaction.on_commit(sending, robust=True)


edit.send_notification = send_afterwards
