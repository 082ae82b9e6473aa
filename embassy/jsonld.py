"""What machines read of the embassy: schema.org data, from facts only."""

import json

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from embassy.facts import facts_of
from embassy.models import MissionSettings

ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def embassy_data(mission: MissionSettings, request: HttpRequest) -> dict:
    """Give the embassy as a schema.org Embassy."""
    data = {
        "@context": "https://schema.org",
        "@type": "Embassy",
        "name": str(mission.formal_name or mission.name),
        "alternateName": str(mission.name),
        "url": request.build_absolute_uri("/"),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(mission.address_lines),
            "addressLocality": str(mission.city),
            "addressCountry": mission.host_state_code,
        },
        "contactPoint": [contact_data(contact) for contact in facts_of(mission).emergency_contacts],
    }
    if mission.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(mission.latitude),
            "longitude": float(mission.longitude),
        }
    links = [page.url for page in facts_of(mission).social_pages if page.url]
    return data | ({"sameAs": links} if links else {})


def contact_data(contact) -> dict:
    """Give a contact point as schema.org has it."""
    key = "telephone" if contact.is_phone else "email"
    return {"@type": "ContactPoint", "contactType": str(contact.label), key: contact.display}


def script(data: dict) -> SafeString:
    """Give data as a JSON-LD element, safe inside HTML."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
