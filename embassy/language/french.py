"""What French asks beyond the catalog: « d’Abidjan », « 1er juin », « 8 h », « 115 Ko »."""

import re
import unicodedata

from django.utils.dateformat import DateFormat, TimeFormat
from django.utils.translation import get_language

MUTE_H = ("Hébron", "Helsinki", "Hermosillo", "Honolulu")
"""Names in h before which a word is elided; the others, like Harare or Hong Kong, are not."""

SPOKEN_AS_CONSONANT = re.compile(r"oua|y[aeiou]", re.IGNORECASE)
"""Beginnings that are written with a vowel and not spoken with one: Ouagadougou, Yaoundé."""


def of(name: str) -> str:
    """Put “de” before a name: « de Bamako », « d’Abidjan », « du Caire », « des Comores »."""
    article, _space, rest = name.partition(" ")
    if article.lower() == "le":
        return f"du {rest}"
    if article.lower() == "les":
        return f"des {rest}"
    return f"d’{name}" if elides(name) else f"de {name}"


def elides(name: str) -> bool:
    """Whether “de” loses its vowel before a name."""
    if name.startswith(MUTE_H):
        return True
    plain = unicodedata.normalize("NFD", name)[:1].lower()
    return plain in "aeiouyœæ" and not SPOKEN_AS_CONSONANT.match(name)


def inside(text: str) -> str:
    """Begin a text small, as French does within a sentence, where it begins with a word."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == "’" else text


def file_size(text: str) -> str:
    """Write a size that an English source states: « 115 Ko » of 115KB; any other text as it is."""
    return re.sub(r"^([\d.,]+)\s?([KMG])B$", in_octets, text)


def in_octets(found: re.Match) -> str:
    """Write a number and its unit."""
    number = found[1].replace(".", ",")
    return f"{number}\N{NO-BREAK SPACE}{found[2]}o"


english_suffix = DateFormat.S


def suffix_of_day(format: DateFormat) -> str:
    """Give what follows the number of a day: « er » after the first in French, else nothing."""
    if not (get_language() or "").startswith("fr"):
        return english_suffix(format)
    return "er" if format.data.day == 1 else ""


english_hour = TimeFormat.f


def hour_of_day(format: TimeFormat) -> str:
    """Give the hour of a time, in French « 8 h » and « 23 h 58 », held together by U+00A0."""
    if not (get_language() or "").startswith("fr"):
        return english_hour(format)
    hour, minute = format.data.hour, format.data.minute
    return f"{hour}\N{NO-BREAK SPACE}h" + (f"\N{NO-BREAK SPACE}{minute:02}" if minute else "")


def write_dates_and_hours() -> None:
    """Let the letters S and f speak French: formats reach every page, and have no other door."""
    DateFormat.S = suffix_of_day
    TimeFormat.f = hour_of_day
