"""Which levels of travel advisories a headline names, by number or in words."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from advisories.vocabulary import Level

NUMBER = "0"
LANGUAGE_OF_THE_DEPARTMENT = "en"


def levels_named(headline: str, language: str) -> set[int]:
    """Give the numbers of all levels that a headline names in its language or in English."""
    text = " ".join(headline.split()).casefold()
    found: set[int] = set()
    for code in {language, LANGUAGE_OF_THE_DEPARTMENT}:
        with override(code):
            numbered = " ".join((_("Level %(level)s") % {"level": NUMBER}).split()).casefold()
            names = {level.value: str(level.label).casefold() for level in Level}
        pattern = rf"\b{re.escape(numbered)}".replace(NUMBER, "([0-9]+)")
        found |= {int(number) for number in re.findall(pattern, text)}
        found |= {level for level, name in names.items() if name in text}
    return found
