"""The sources of the demo content: as pages list them, and in one line for a fact."""

from datetime import date

from embassy.demo.words import french
from embassy.fields import Texts

STATE = "U.S. Department of State"


def source(title: str, publisher: str = "", dated: str = "undated", address: str = "") -> dict:
    """Give a source as a page lists it; an address is a site's front page, nobody checked it."""
    return {
        "title": title,
        "publisher": publisher,
        "dated": dated,
        "address": address,
        "unverified": bool(address),
        "language": "en",
    }


def listed(*sources: dict) -> list[tuple[str, dict]]:
    """Give the sources of a page."""
    return [("source", dict(entry)) for entry in sources]


OFFICES_PAGE = source("Sections & Offices", "Embassy of the United States of America in Bamako")
RELATIONS_PAGE = source("Mali–United States relations")
FACT_SHEET_PAGE = source(
    "U.S. Relations With Mali", f"Bureau of African Affairs, {STATE}", "October 15, 2015"
)
ADVISORY_PAGE = source(
    "Mali – Level 4: Do Not Travel", STATE, "January 9, 2026", "https://travel.state.gov/"
)
JUDICIAL_PAGE = source(
    "Mali Judicial Assistance Information", STATE, "undated", "https://travel.state.gov/"
)
MESSAGE_PAGE = source(
    "Emergency Message for U.S. Citizens: Civil Unrest in Bamako Area",
    "U.S. Embassy Bamako, Mali",
    "February 2, 2012",
)

OFFICES = "Sections & Offices page of the embassy, undated"
RELATIONS = "Mali–United States relations, undated page"
FACT_SHEET = "U.S. Relations With Mali, Bureau of African Affairs, October 15, 2015"
ADVISORY = "Travel advisory for Mali, January 9, 2026"
MESSAGE = "Emergency Message, February 2, 2012"
DATE_OF_MESSAGE = date(2012, 2, 2)

IN_FRENCH = {
    OFFICES: "Page des sections et bureaux de l’ambassade, non datée",
    RELATIONS: "Page non datée sur les relations entre le Mali et les États-Unis",
    FACT_SHEET: "Fiche du Bureau des affaires africaines sur les relations avec le Mali, "
    "15 octobre 2015",
    ADVISORY: "Avis aux voyageurs pour le Mali, 9 janvier 2026",
    MESSAGE: "Message d’urgence du 2 février 2012",
}


def in_each_language(told: str) -> Texts:
    """Give the source of a fact as readers of each language are told it."""
    return Texts(en=told, fr=french(IN_FRENCH[told]))
