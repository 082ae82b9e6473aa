"""A postal address for machines: what its lines say, each thing once.

Lines are written as on an envelope. Those that only name the city, with or without a postal code,
and those with a post-office box are told apart from the street; what is left is the street.
"""

import re
from collections.abc import Iterable

BOX = re.compile(
    r"(?:p\.? ?o\.? ?box|b\.? ?p\.?|bo[iî]te postale|apartado|postfach|casilla)"
    r"[ .:]*(?:no?\.?|n°|nº)?[ :]*(?P<box>\w*\d[\w /-]*)",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s*,\s*|\s+[-–]\s+")
CODE = r"[\w-]{3,8}(?: [\w-]{1,4})?"
"""What may be a postal code, if it has a digit: 91094, D-10117, SW1A 2AA."""


def postal_parts(lines: Iterable[str], cities: Iterable[str], states: Iterable[str] = ()) -> dict:
    """Give `street`, `box` and `code`, as far as there are any; names in whatever language."""
    cities, states = list(filter(None, cities)), {s.casefold() for s in states}
    parts = [part for line in lines for part in BETWEEN.split(line.strip()) if part]
    found: dict[str, str] = {}
    street = []
    for part in parts:
        if box := BOX.fullmatch(part):
            found["box"] = box["box"]
        elif (code := code_beside(part, cities)) is not None:
            found |= {"code": code} if code else {}
        elif part.casefold() not in states:
            street.append(part)
    return found | ({"street": ", ".join(street)} if street else {})


def code_beside(part: str, cities: list[str]) -> str | None:
    """Give the postal code beside the name of a city, empty if there is none; else None."""
    names = "|".join(re.escape(city) for city in cities)
    pattern = rf"(?:(?P<before>{CODE}) )?(?:{names})(?: (?P<after>{CODE}))?"
    beside = re.fullmatch(pattern, part, re.IGNORECASE) if names else None
    code = (beside["before"] or beside["after"] or "") if beside else None
    return code if not code or re.search(r"\d", code) else None
