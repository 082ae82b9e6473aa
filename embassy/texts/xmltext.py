"""Texts that can stand in XML: without the characters that XML 1.0 forbids, escaped or not."""

import re

FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Give a text without what no XML can hold; every line ends the same way."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
