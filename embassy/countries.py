"""The states and territories of the world by their codes in ISO 3166-1, named as readers do."""

import json
from pathlib import Path

from django.utils.translation import get_language

# Made by static/src/geo/make_countries.mjs. XK is in use for Kosovo, for which ISO has no code.
COUNTRIES: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "geodata" / "countries.json").read_text(encoding="utf-8")
)


def country_name(code: str) -> str:
    """Give a country's name in the active language, or else in English."""
    names = COUNTRIES[code]
    return names.get((get_language() or "en").split("-")[0]) or names["en"]
