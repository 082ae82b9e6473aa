"""The relations of Mali and the United States: events, opinion polls, assistance."""

from embassy.demo import contact, fill_once, part_of_demo
from embassy.demo.contacts import MALI_IN_WASHINGTON
from embassy.demo.sources import (
    ADVISORY,
    ADVISORY_PAGE,
    FACT_SHEET,
    FACT_SHEET_PAGE,
    RELATIONS,
    RELATIONS_PAGE,
    listed,
)
from embassy.demo.words import bar, chart, heading, lines, text, timeline
from relations.demo.figures import (
    AS_OF,
    ASSISTANCE,
    CILSS,
    ECOWAS,
    EMBASSY_OF_MALI,
    SHARED_MEMBERSHIPS,
    STRATEGY,
)

SUMMARY = (
    "How Mali and the United States have dealt with each other since 1960: a timeline, opinion "
    "polls, assistance, and where the two embassies are."
)

OVERVIEW = text(
    "Relations between the two countries began in 1960 and were friendly for decades. The coup of "
    "March 2012, which removed Mali’s democratic government, changed them radically: until then "
    "Mali had been a strong partner against violent extremism.",
    "One source describes the work of U.S. programs before and around the coup: USAID, the Peace "
    "Corps and others supported economic and social development; until March 2012, USAID also "
    "helped to strengthen the peace process in northern Mali and to draw the region into the "
    "country’s economy and politics. In the Global War on Terrorism, Mali was a partner within its "
    "region. It also served as a place to test new anti-malaria medicines for U.S. travelers, and "
    "for research of use to all of Africa.",
)

EVENTS = [
    (
        "1960",
        "Diplomatic relations begin",
        "The United States establishes relations after Mali’s independence from France.",
        FACT_SHEET,
    ),
    (
        "1992",
        "Mali becomes a multiparty democracy",
        "Until then it had been a one-party state.",
        FACT_SHEET,
    ),
    (
        "2008",
        "The two presidents are photographed",
        "Amadou Toumani Touré, President of Mali, with U.S. President George W. Bush, 2008. Only "
        "what the caption says is kept here, not the photograph.",
        RELATIONS,
    ),
    (
        "March 2012",
        "A military coup removes Mali’s elected government",
        "The United States officially suspends military relations, and all U.S. aid is cut off. An "
        "interim administration follows. Violent extremist groups take the northern two-thirds of "
        "the country that year.",
        f"{RELATIONS}; {FACT_SHEET}",
    ),
    (
        "January 2013",
        "French-led forces intervene",
        "The United Nations Multidimensional Integrated Stabilization Mission in Mali (MINUSMA) "
        "follows; both help to restore the country’s territorial integrity.",
        FACT_SHEET,
    ),
    (
        "July and August 2013",
        "Mali elects a president and a legislature",
        "",
        FACT_SHEET,
    ),
    (
        "June 20, 2015",
        "The Accord for Peace and Reconciliation is fully signed",
        "Long and difficult negotiations come before it. It calls for measures that build "
        "confidence, such as joint security patrols throughout the country.",
        FACT_SHEET,
    ),
    (
        "October 9, 2015",
        "USAID and Mali sign an agreement on a 5-year strategy",
        "The two governments agree to implement USAID/Mali’s new Country Development Cooperation "
        "Strategy.",
        FACT_SHEET,
    ),
    (
        "October 30, 2025",
        "Non-emergency employees of the embassy are ordered to leave",
        "Because of safety risks, the Department of State orders non-emergency employees and "
        "family members out of Mali.",
        ADVISORY,
    ),
    (
        "January 9, 2026",
        "The order to leave is lifted",
        "Operations at the embassy are normal again. The travel advisory still says: Do Not "
        "Travel.",
        ADVISORY,
    ),
]

POLL_2007 = chart(
    "Malians’ view of the United States, 2007",
    bar("Favorable", "79", "79%"),
    unit="%",
    maximum=100,
    dated="2007",
    source=f"A global opinion poll of 2007, which the source does not name: {RELATIONS}",
)

POLL_2012 = chart(
    "Malians’ view of U.S. leadership, 2012",
    bar("Approve", "87", "87%"),
    bar("Disapprove", "10", "10%"),
    bar("Uncertain", "4", "4%"),
    unit="%",
    maximum=100,
    dated="2012",
    source=f"U.S. Global Leadership Report, 2012: {RELATIONS}",
    remark=(
        "Shown as printed: the three figures add up to 101. The source calls this the "
        "second-highest rating of the United States for any surveyed country in Africa."
    ),
)

BODY = [
    OVERVIEW,
    heading("Timeline"),
    timeline("", *EVENTS),
    heading("What Malians thought of the United States"),
    POLL_2007,
    POLL_2012,
    heading("U.S. assistance"),
    ASSISTANCE,
    STRATEGY,
    heading("Mali in West African organizations"),
    ECOWAS,
    CILSS,
]


@part_of_demo(60, "relations")
def relations() -> int:
    """Fill the relations page."""
    return fill_once("relations", words)


def words() -> dict:
    """Give what the relations page holds."""
    return {
        "title": "U.S.–Mali relations",
        "summary": SUMMARY,
        "body": BODY,
        "memberships": lines("organization", SHARED_MEMBERSHIPS),
        "memberships_as_of": AS_OF,
        "other_mission": EMBASSY_OF_MALI,
        "other_mission_contact": contact(MALI_IN_WASHINGTON),
        "other_mission_as_of": AS_OF,
        "sources": listed(RELATIONS_PAGE, FACT_SHEET_PAGE, ADVISORY_PAGE),
    }
