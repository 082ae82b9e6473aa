"""An alert as a text message, and how many messages it takes to send it (GSM 03.38, UCS-2)."""

from dataclasses import dataclass

from django.utils.translation import override

from advisories.faces.ends import blocks_said, named_end
from advisories.faces.lines import block_text, labeled
from advisories.models.issued import Issued

BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = set("^{}\\[~]|€\f")  # each takes two units
SIZES = {"GSM-7": (160, 153), "UCS-2": (70, 67)}  # one message; each of several
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True)
class TextForm:
    """A text message: its words, the alphabet it needs, its length in units, its messages."""

    text: str
    alphabet: str
    units: int
    messages: int


def measured(text: str) -> TextForm:
    """Measure a text: typographic marks become plain ones, as every phone shows them."""
    text = text.translate(PLAIN)
    if all(c in BASIC or c in EXTENDED for c in text):
        alphabet, units = "GSM-7", sum(2 if c in EXTENDED else 1 for c in text)
    else:
        alphabet, units = "UCS-2", len(text.encode("utf-16-be")) // 2
    one, each = SIZES[alphabet]
    messages = 1 if units <= one else -(-units // each)
    return TextForm(text, alphabet, units, messages)


def text_form(row: Issued, address: str = "") -> TextForm:
    """Give an alert as a text message: kind, headline, what to do, where to read more."""
    content = row.content
    note = content.get("note", "")
    actions = block_text(blocks_said(row.issue, row), "actions")
    actions = " ".join(line.lstrip("-• ").strip() for line in actions.splitlines())
    with override(row.language):
        drill = labeled(row.issue.get_status_display().upper(), "") if row.is_drill else ""
        title = labeled(content["kind"]["name"], content["title"])
        first = f"{drill}{named_end(row.issue)}{title}."
    code = "" if row.is_drill else row.issue.code  # of drills no public page tells
    told = "" if note else actions
    parts = (first, note, told, address, code)
    return measured(" ".join(part for part in parts if part))
