"""Where to report a weakness of the site, as RFC 9116 wants it said: there is always an answer."""

from datetime import UTC, datetime, timedelta

from embassy.facts import facts_of
from embassy.models import MissionSettings
from embassy.texts.numbers import e164_of
from embassy.vocabulary import Channel, Purpose

GOOD_FOR = timedelta(days=180)  # the RFC wants less than a year
# Whose mail may be read by somebody who can pass a report on; never a line for emergencies.
PASS_IT_ON = (Purpose.SWITCHBOARD, Purpose.CONSULAR, Purpose.MEDIA, Purpose.VISAS)


def lines_of(mission: MissionSettings, host: str, path: str, at: datetime) -> list[str]:
    """Give the lines of a mission's file, which stands at a host and path, as of a moment.

    Addresses begin with https, as the RFC wants; on one day the lines are the same.
    """
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        f"Contact: {contact_of(mission) or f'https://{host}/'}",
        f"Expires: {(midnight + GOOD_FOR).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"Preferred-Languages: {', '.join(mission.languages or [mission.first_language])}",
        f"Canonical: https://{host}{path}",
    ]


def contact_of(mission: MissionSettings) -> str:
    """Give whom to tell: the contact named for it, else a general mail, else the switchboard."""
    if mission.security_contact:
        return mission.security_contact
    in_use = [c for c in facts_of(mission).contacts.values() if c.value and not c.retired]
    for purpose in PASS_IT_ON:
        for contact in in_use:
            if contact.purpose == purpose and contact.channel == Channel.MAIL:
                return f"mailto:{contact.value}"
    for contact in in_use:
        if contact.purpose == Purpose.SWITCHBOARD and contact.channel == Channel.PHONE:
            return f"tel:{e164_of(contact.value)}"
    return ""
