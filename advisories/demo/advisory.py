"""The travel advisory of January 9, 2026, in both languages of the demo mission."""

from collections.abc import Callable
from datetime import date
from types import ModuleType

from advisories.demo import advisory_in_english, advisory_in_french
from advisories.demo.record import put_on_record
from advisories.models import AdvisoryContact, AdvisoryText, Indicator, TravelAdvisoryPage
from advisories.vocabulary import Level
from embassy.demo import page_once, part_of_demo, place_after, quoting
from embassy.demo.contacts import CONSULAR_MAIL, DUTY, SWITCHBOARD
from embassy.demo.sources import ADVISORY_PAGE, listed
from embassy.demo.words import french
from embassy.fields import Texts

SLUG = "travel-advisory"
DATE = date(2026, 1, 9)
INDICATORS = "CTKUH"
SUMMARY = (
    "Level 4: Do Not Travel. Whatever the reason, do not travel to Mali, because of crime, "
    "terrorism, kidnapping, unrest and health."
)


@part_of_demo(70, "travel advisory")
def advisory() -> int:
    """Make the advisory and put it first in the menu."""
    title = advisory_in_english.TITLE
    made = page_once("", TravelAdvisoryPage, SLUG, title, words, go_public=put_on_record)
    if made:
        place_after(SLUG)
    return made


def words() -> dict:
    """Give what the advisory holds."""
    return {
        "summary": SUMMARY,
        "titles": Texts(en="Travel advisory", fr="Avis aux voyageurs"),
        "summaries": Texts(en=SUMMARY),
        "show_in_menus": True,
        "level": Level.DO_NOT,
        "indicators": list(Indicator.objects.filter(code__in=INDICATORS)),
        "reviewed_on": DATE,
        "changed_on": DATE,
        "texts": [
            text_in("en", advisory_in_english, str),
            text_in("fr", advisory_in_french, french),
        ],
        "contact_rows": quoting(AdvisoryContact, SWITCHBOARD, DUTY, CONSULAR_MAIL),
        "sources": listed(ADVISORY_PAGE),
    }


def text_in(language: str, words: ModuleType, typeset: Callable[[str], str]) -> AdvisoryText:
    """Give the advisory's text in one language from the module that holds its words."""
    advice = [
        ("advice", {"heading": heading, "text": typeset(text)}) for heading, text in words.ADVICE
    ]
    return AdvisoryText(
        language=language,
        title=words.TITLE,
        summary=typeset(words.SUMMARY),
        posture=typeset(words.POSTURE),
        staff_rules=typeset(words.STAFF),
        advice=advice,
    )
