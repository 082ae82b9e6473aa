"""Lines that several faces of a warning are made of."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def block_text(blocks: Iterable[dict], *names: str) -> str:
    """Give the texts of blocks in this order."""
    texts = {block["name"]: block["text"] for block in blocks}
    return "\n\n".join(texts[name] for name in names if texts.get(name))


def contact_line(contact: dict) -> str:
    """Give a contact point in one line."""
    number = " ".join(filter(None, [contact["display"], contact["extension"]]))
    return labeled(contact["label"], number) if number else contact["label"]


def labeled(label: str, text: str) -> str:
    """Give a label and what it says, in one line, with the colon of the active language."""
    return f"{label}{_(':')} {text}"
