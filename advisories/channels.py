"""The channels of this app: webhooks and their tests, mail to approvers, staff and offices."""

from django.utils.translation import gettext_lazy as _

from advisories import letters as of_warnings  # noqa: F401 - registers itself
from advisories import mail, webhooks
from advisories.outbox import FORWARDED, LETTERS, Channel, owe_forwarded, owe_letter, register
from embassy.mail import forwarded, letters

register(Channel("webhook", _("Webhook"), webhooks.owed, webhooks.send, webhooks.named, at_once=8))
register(
    Channel(
        "webhook_test", _("Test of a webhook"), webhooks.owed_tests, webhooks.send, webhooks.named
    )
)
register(Channel("mail_approvers", _("Mail to approvers"), mail.owed, mail.send, mail.named))
register(Channel(LETTERS, _("Letter to staff"), lambda _issue: (), mail.send_letter, mail.named))
register(
    Channel(
        FORWARDED,
        _("Mail to an office"),
        lambda _issue: (),
        mail.send_forwarded,
        forwarded.named,
    )
)
letters.carried_by(owe_letter)
forwarded.carried_by(owe_forwarded)
