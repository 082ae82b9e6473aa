"""Fixtures of the tests about warnings."""

import pytest

from tests.receivers import web_receiver


@pytest.fixture
def receiver(settings):
    """Somebody who listens for webhooks on this machine, where settings allow it."""
    settings.WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = True
    with web_receiver() as found:
        yield found
