"""Fixtures of the tests about warnings."""

import pytest

from advisories import outbox
from advisories.models import Delivery
from advisories.outbox import Undeliverable
from advisories.vocabulary import Why
from tests.advisories.factories import new_issue, webhook
from tests.advisories.sending import take
from tests.receivers import web_receiver


@pytest.fixture
def receiver(settings):
    """Somebody who listens for webhooks on this machine, where settings allow it."""
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = True
    with web_receiver() as found:
        yield found


@pytest.fixture
def owed(site, staff) -> Delivery:
    """A message that is due."""
    hook = webhook(site, "https://9.9.9.9/")
    return Delivery.objects.get(issue=new_issue(staff), target=str(hook.pk))


@pytest.fixture
def dead(owed) -> Delivery:
    """A message that was given up."""
    [taken] = take(owed.next_at)
    outbox.failed(taken, owed.next_at, Undeliverable(Why.STATUS, 410, final=True))
    return Delivery.objects.get(pk=owed.pk)
