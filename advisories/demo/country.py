"""Country information of the demo mission: judicial assistance, of which little has reached us."""

from advisories.models import CountryContact, CountryInfoPage
from embassy.demo import fill_once, page_once, part_of_demo, quoting
from embassy.demo.contacts import CONSULAR_MAIL, DUTY, SWITCHBOARD
from embassy.demo.sources import JUDICIAL_PAGE, listed
from embassy.demo.words import heading, link, links, prose, text

DISCLAIMER = prose(
    "This is general information only, and in a specific case it may not be fully accurate. Take "
    "questions about what the law of another country means to the authorities of that country, or "
    "to a lawyer there."
)

BODY = [
    heading("What is known here"),
    text(
        "The Department of State keeps a page of judicial assistance information for Mali, among "
        "the legal resources of travel.state.gov. Its text did not reach this site: of it we have "
        "the title, the disclaimer, and how to reach the embassy. Nothing has been filled in from "
        "elsewhere.",
    ),
    heading("What to ask whom"),
    text(
        [
            "What Malian law means in your case: the competent Malian authorities, or a lawyer in "
            "Mali.",
            "What the embassy can do: the Consular Section, at the contact points of this page.",
            "The full text: the Department of State’s website.",
        ]
    ),
    links("", link("travel.state.gov, Department of State", "https://travel.state.gov/")),
]


INDEX = "country-information"
INDEX_WORDS = {"summary": "What is good to know about Mali beyond warnings, topic by topic."}


@part_of_demo(74, "country information")
def country_information() -> int:
    """Make the page on judicial assistance."""
    made = fill_once(INDEX, INDEX_WORDS.copy)
    return made + page_once(
        INDEX, CountryInfoPage, "judicial-assistance", "Judicial assistance", words
    )


def words() -> dict:
    """Give what the page holds."""
    return {
        "summary": (
            "Mali Judicial Assistance Information: what our source holds of it, under its "
            "disclaimer, and whom to ask."
        ),
        "disclaimer": DISCLAIMER,
        "body": BODY,
        "contact_rows": quoting(CountryContact, SWITCHBOARD, DUTY, CONSULAR_MAIL),
        "sources": listed(JUDICIAL_PAGE),
    }
