"""Addresses as QR codes: on paper, where nobody can tap."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def qr_code(address: str, name: str = "qr", title: str = "", error: str = "m") -> SafeString:
    """Draw an address as a QR code; `name` is its class, `title` what it is to who sees it not.

    `error` is how much of it may be worn off and it is still read: "m" 15 %, "q" 25 % at least.
    """
    code = segno.make(address, error=error, micro=False)
    about = {"title": title} if title else {}
    return mark_safe(
        code.svg_inline(omitsize=True, border=2, svgclass=name, lineclass=None, **about)
    )
