"""The demo mission's news: only what a source carries; it names no event to come."""

from datetime import date

from embassy.demo import fill_once, page_once, part_of_demo, quoting, under
from embassy.demo.contacts import SWITCHBOARD
from embassy.demo.sources import ADVISORY_PAGE, FACT_SHEET_PAGE, listed
from embassy.demo.words import link_to, text
from relations.demo.figures import STRATEGY
from relations.models import NewsContact, NewsPage

INDEX = "news"
SUMMARY = "Announcements of the embassy, and whom journalists can call."


@part_of_demo(78, "news")
def news() -> int:
    """Make the two news items the sources carry."""
    made = fill_once(INDEX, words)
    for slug, title, fields in (
        (
            "2026-01-09-normal-operations-resume",
            "Normal operations resume at the embassy",
            normal_operations,
        ),
        (
            "2015-10-09-usaid-strategy-agreement",
            "USAID and Mali sign an agreement on a 5-year strategy",
            strategy_agreement,
        ),
    ):
        made += page_once(INDEX, NewsPage, slug, title, fields)
    return made


def words() -> dict:
    """Give what the list of news says."""
    return {"summary": SUMMARY, "contact_rows": quoting(NewsContact, SWITCHBOARD)}


def normal_operations() -> dict:
    """Give the announcement of January 9, 2026."""
    advisory = link_to(under("travel-advisory"), "travel advisory for Mali")
    return dict(
        kind=NewsPage.Kind.ANNOUNCEMENT,
        date=date(2026, 1, 9),
        summary=(
            "As of January 9, 2026, the order of October 30, 2025 is lifted: non-emergency "
            "employees and family members need not leave Mali any more."
        ),
        body=[
            text(
                "Since October 30, 2025, non-emergency employees of the embassy and family members "
                "had been under orders of the Department of State to leave Mali, because of risks "
                "to their safety. As of January 9, 2026, that order is lifted, and the embassy’s "
                "operations are normal again.",
                f"The {advisory} stays at Level 4: Do Not Travel. Those who work in Mali for the "
                "U.S. government may not travel beyond Bamako.",
            )
        ],
        sources=listed(ADVISORY_PAGE),
    )


def strategy_agreement() -> dict:
    """Give the item of October 9, 2015."""
    return dict(
        kind=NewsPage.Kind.ANNOUNCEMENT,
        date=date(2015, 10, 9),
        summary=(
            "By way of USAID, the U.S. government agreed with the Government of Mali on October 9, "
            "2015 to implement USAID/Mali’s Country Development Cooperation Strategy."
        ),
        body=[
            text(
                "The formal agreement concerned USAID/Mali’s new 5-year Country Development "
                "Cooperation Strategy. Its goal: “Malians secure a democratic, resilient, and "
                "prosperous future.”"
            ),
            STRATEGY,
        ],
        sources=listed(FACT_SHEET_PAGE),
    )
