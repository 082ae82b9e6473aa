"""The channels of this app: webhooks, tests of webhooks, and mail to approvers."""

from django.utils.translation import gettext_lazy as _

from advisories import mail, webhooks
from advisories.outbox import Channel, register

register(Channel("webhook", _("Webhook"), webhooks.owed, webhooks.send, webhooks.named, at_once=8))
register(
    Channel(
        "webhook_test", _("Test of a webhook"), webhooks.owed_tests, webhooks.send, webhooks.named
    )
)
register(Channel("mail_approvers", _("Mail to approvers"), mail.owed, mail.send, mail.named))
