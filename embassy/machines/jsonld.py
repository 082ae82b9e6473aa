"""What machines read of the embassy: schema.org data, from facts only.

An `Embassy` is a place and a `GovernmentOffice` an organization that keeps one: it takes both to
have an address and contact points. Phone numbers are written as E.164 has them.
"""

import json
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from embassy.clock import hours
from embassy.facts import facts_of
from embassy.machines.postal import postal_parts
from embassy.models import ContactPoint, MissionSettings
from embassy.texts.numbers import e164_of
from embassy.vocabulary import CallableFrom, Channel

ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def embassy_data(mission: MissionSettings, request: HttpRequest) -> dict:
    """Give the embassy as a schema.org Embassy and GovernmentOffice."""
    contacts = [c for c in facts_of(mission).emergency_contacts if c.value]
    data = {
        "@context": "https://schema.org",
        "@type": ["Embassy", "GovernmentOffice"],
        "@id": request.build_absolute_uri("/#embassy"),
        "name": str(mission.formal_name or mission.name),
        "alternateName": str(mission.name) if mission.formal_name else "",
        "url": request.build_absolute_uri(request.path),
        "address": address_data(mission),
        "contactPoint": [contact_data(c, mission, timezone.now()) for c in contacts],
        "geo": geo_data(mission),
        "sameAs": [page.url for page in facts_of(mission).social_pages if page.url],
    }
    return known(data)


def known(data: dict) -> dict:
    """Leave out what is empty."""
    return {name: value for name, value in data.items() if value}


def address_data(mission: MissionSettings) -> dict:
    """Give the address, each line in the property it belongs to and in no other."""
    parts = postal_parts(mission.address_lines, mission.city.values(), mission.host_state.values())
    return known(
        {
            "@type": "PostalAddress",
            "streetAddress": parts.get("street"),
            "postOfficeBoxNumber": parts.get("box"),
            "postalCode": parts.get("code"),
            "addressLocality": str(mission.city),
            "addressCountry": mission.host_state_code,
        }
    )


def geo_data(mission: MissionSettings) -> dict:
    """Give where the embassy stands, if that is known."""
    if mission.latitude is None or mission.longitude is None:
        return {}
    return {
        "@type": "GeoCoordinates",
        "latitude": float(mission.latitude),
        "longitude": float(mission.longitude),
    }


def contact_data(contact: ContactPoint, mission: MissionSettings, at: datetime) -> dict:
    """Give a contact point: how, from where and when; no fact says who speaks which language."""
    reach = {
        Channel.PHONE: {"telephone": e164_of(contact.value)},
        Channel.MAIL: {"email": contact.value},
        Channel.WEB: {"url": contact.value},
    }
    country = {
        CallableFrom.HOST: mission.host_state_code,
        CallableFrom.SENDING: mission.sending_state_code,
    }
    toll_free = contact.callable_from == CallableFrom.SENDING
    schedule = facts_of(mission).schedules.get(contact.schedule_id)
    return known(
        {
            "@type": "ContactPoint",
            "contactType": str(contact.label),
            **reach.get(contact.channel, {}),
            "areaServed": country.get(contact.callable_from),
            "contactOption": "https://schema.org/TollFree" if toll_free else "",
            "hoursAvailable": hours_data(schedule, mission, at) if schedule else [],
        }
    )


def hours_data(schedule: hours.Schedule, mission: MissionSettings, at: datetime) -> list[dict]:
    """Give weekly hours, on the place's clock; those of another clock with its offset of today."""
    if schedule.always:
        return [opening(DAYS, "00:00:00", "23:59:59")]
    own = schedule.time_zone == mission.time_zone
    offset = "" if own else at.astimezone(ZoneInfo(schedule.time_zone)).isoformat()[-6:]

    def clock(period: hours.OpenPeriod) -> tuple[str, str]:
        """Give when a period begins and ends; the whole day as schema.org has it."""
        ends = "23:59:59" if period.whole_day else period.closes.isoformat("seconds")
        return f"{period.opens.isoformat('seconds')}{offset}", f"{ends}{offset}"

    periods = sorted(schedule.periods, key=lambda p: (clock(p), p.weekday))
    return [
        opening([DAYS[period.weekday] for period in alike], *times)
        for times, alike in groupby(periods, key=clock)
    ]


def opening(days, opens: str, closes: str) -> dict:
    """Give the days on which the same hours are kept."""
    names = [f"https://schema.org/{day}" for day in days]
    kind = "OpeningHoursSpecification"
    return {"@type": kind, "dayOfWeek": names, "opens": opens, "closes": closes}


def script(data: dict) -> SafeString:
    """Give data as a JSON-LD element, safe inside HTML."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
