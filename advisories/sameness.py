"""What two texts have in common that a reader would call the same: their words and figures.

Capitals, spaces and the look of marks (quotes, dashes, dots) make no other text. A letter, a digit,
an accent or a mark more or less does, and so does the order of words.
"""

import re
import unicodedata

from bs4 import BeautifulSoup

from embassy.texts.invisible import without_invisible

LOOKS = str.maketrans(
    dict.fromkeys("’‘‛ʼ′‹›", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "\u00ad": ""}
)
BEFORE_MARK = re.compile(r"\s+([:;!?%»)\]]|[.,](?!\d))")
AFTER_MARK = re.compile(r"([«(\[])\s+")
BLOCKS = ["p", "li", "h2", "h3", "h4"]


def plain(text: str) -> str:
    """Give a text as far as it has substance."""
    text = without_invisible(unicodedata.normalize("NFC", text))
    text = AFTER_MARK.sub(r"\1", BEFORE_MARK.sub(r"\1", text))
    return " ".join(text.translate(LOOKS).split()).casefold()


def paragraphs(html: str) -> list[str]:
    """Give the paragraphs and list items of rich text, each in one line, each word once."""
    soup = BeautifulSoup(html, "html.parser")
    for mark in soup.find_all("br"):
        mark.replace_with(" ")
    lines: dict[int, str] = {}
    last = None
    for words in soup.find_all(string=True):
        block = id(words.find_parent(BLOCKS) or soup)
        gap = "" if block == last else " "  # where a list within an item was passed over
        lines[block] = lines.get(block, "") + gap + words
        last = block
    return [line for line in (" ".join(line.split()) for line in lines.values()) if line]


def targets(html: str) -> list[str]:
    """Give where the links of rich text lead, in their order."""
    return [link["href"] for link in BeautifulSoup(html, "html.parser").find_all("a", href=True)]
