"""What the public reads at some addresses, asked for as a reader's browser does."""

import re

from django.test import Client
from wagtail.models import Site

OF_THE_MOMENT = re.compile(rb"<(time|script)\b.*?</\1>|nonce-[\w+/=-]+", re.DOTALL)
"""What differs between two looks although nothing has changed."""


def faces(site: Site, addresses: list[str]) -> dict[str, tuple[int, bytes]]:
    """Give (status, content) by address, whatever the scheme by which the mission answers."""
    reader = Client(HTTP_HOST=site.hostname, SERVER_PORT=str(site.port))
    found = {}
    for address in sorted(set(addresses)):
        answer = reader.get(address or "/", secure=True)
        content = b"".join(answer) if answer.streaming else answer.content
        found[address] = (answer.status_code, OF_THE_MOMENT.sub(b"", content))
    return found
