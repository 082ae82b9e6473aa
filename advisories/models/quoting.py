"""How a frozen row quotes what it refers to: as text, so that later changes do not reach it."""


def place_content(place) -> dict:
    """Give a place as a warning quotes it; rings are longitude before latitude."""
    return {
        "code": place.code,
        "iso_code": place.iso_code,
        "name": str(place.name),
        "latitude": float(place.latitude),
        "longitude": float(place.longitude),
        "rings": place.rings,
    }


def contact_contents(page) -> list[dict]:
    """Give the contact points as text, so that a later change does not reach into the past."""
    return [contact_content(row.contact) for row in page.contact_rows.all()]


def contact_content(contact) -> dict:
    """Give a contact point as a warning quotes it in the active language."""
    return {
        "id": contact.pk,
        "label": str(contact.label),
        "display": contact.display,
        "href": contact.href,
        "extension": contact.extension,
        "callable_from_text": str(contact.callable_from_text),
        "through": str(contact.through),
        "hours_text": contact.hours_text,
        "source": str(contact.source),
        "is_phone": contact.is_phone,
    }


def source_contents(page) -> list[dict]:
    """Give the sources by name, publisher and date; the language of a title where it is told."""
    names = ("title", "publisher", "dated", "address", "unverified")
    return [
        {name: block.value[name] for name in names}
        | ({"language": block.value["language"]} if block.value.get("language") else {})
        for block in page.sources
    ]
