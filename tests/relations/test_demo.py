"""The demo mission's relations page, fact sheet and news carry every figure of their sources."""

import re
from datetime import date
from decimal import Decimal

import pytest

from embassy.demo import under
from relations.models import EventPage, FactSheetEdition, NewsPage
from tests.reading import words_of

pytestmark = pytest.mark.django_db

AS_OF = "October 15, 2015"

PRESENT_TENSE = re.compile(
    r"\b(?:is|are) (?:also )?(?:one of|an? member|members|part)\b|\bbelongs? to\b", re.IGNORECASE
)

INITIATIVES = ["WPS", "TSTCP", "SGI", "GCC", "FTF", "Resilience", "PMI", "PEPFAR", "GHSA", "EPCMD"]

SHARED = ["United Nations", "International Monetary Fund", "World Bank", "World Trade Organization"]

FURTHER_SOURCES = [
    "Department of State Mali Page",
    "Department of State Key Officers List",
    "CIA World Factbook Mali Page",
    "U.S. Embassy: Mali",
    "USAID Mali Page",
    "History of U.S. Relations With Mali",
    "Human Rights Reports",
    "International Religious Freedom Reports",
    "Trafficking in Persons Reports",
    "Narcotics Control Reports",
    "Investment Climate Statements",
    "Office of the U.S. Trade Representative Countries Page",
    "U.S. Census Bureau Foreign Trade Statistics International Offices Page",
    "Millennium Challenge Corporation",
    "Library of Congress Country Studies",
    "Travel and Business Information",
]


@pytest.fixture
def relations(home):
    """The relations page."""
    return under("relations")


@pytest.fixture
def edition(home) -> FactSheetEdition:
    """The fact sheet's edition of October 15, 2015."""
    return FactSheetEdition.objects.descendant_of(home).get()


def blocks_of(page, kind: str) -> list:
    """Give the values of a page's blocks of one kind."""
    return [block.value for block in page.body if block.block_type == kind]


def figures_of(page) -> dict[str, str]:
    """Give a page's single figures: as printed, and what they count."""
    return {value["display"]: value["what"] for value in blocks_of(page, "figure")}


def bars_of(page) -> dict[str, list]:
    """Give a page's charts by their date, as (value, as printed) a bar."""
    return {
        value["dated"]: [(row["value"], row["display"]) for row in value["rows"]]
        for value in blocks_of(page, "chart")
    }


def test_timeline_has_the_dated_events(relations):
    (timeline,) = blocks_of(relations, "timeline")
    assert [event["dated"] for event in timeline["events"]] == [
        "1960",
        "1992",
        "2008",
        "March 2012",
        "January 2013",
        "July and August 2013",
        "June 20, 2015",
        "October 9, 2015",
        "October 30, 2025",
        "January 9, 2026",
    ]
    assert all(event["source"] for event in timeline["events"])
    photograph = timeline["events"][2]["text"]
    assert "Amadou Toumani Touré" in photograph and "George W. Bush, 2008" in photograph
    assert not blocks_of(relations, "picture")


def test_polls_are_shown_as_printed(relations):
    charts = bars_of(relations)
    assert charts["2007"] == [(79, "79%")]
    assert charts["2012"] == [(87, "87%"), (10, "10%"), (4, "4%")]
    poll = next(value for value in blocks_of(relations, "chart") if value["dated"] == "2012")
    assert "101" in poll["remark"] and "second-highest" in poll["remark"]
    assert "U.S. Global Leadership Report" in poll["source"]
    assert poll["maximum"] == 100


@pytest.mark.parametrize("page", ["relations", "edition"])
def test_money_is_exact(page, request):
    page = request.getfixturevalue(page)
    assert bars_of(page)[AS_OF] == [
        (Decimal("135.4"), "more than $135.4 million"),
        (130, "$130 million"),
    ]
    assert "FY 2016–2020" in figures_of(page)["$690 million"]


@pytest.mark.parametrize("page", ["relations", "edition"])
def test_counts_of_members_are_dated(page, request):
    page = request.getfixturevalue(page)
    figures = figures_of(page)
    assert "ECOWAS" in figures["15"] and "CILSS" in figures["12"]
    assert {value["dated"] for value in blocks_of(page, "figure")} == {AS_OF}


@pytest.mark.parametrize("page", ["relations", "edition"])
def test_no_membership_in_the_present_tense(page, request):
    page = request.getfixturevalue(page)
    assert PRESENT_TENSE.findall(words_of(page)) == []


def test_present_tense_would_be_found():
    assert PRESENT_TENSE.search("Mali is also one of 15 member countries of ECOWAS")
    assert PRESENT_TENSE.search("Mali and the United States belong to the United Nations")
    assert PRESENT_TENSE.search("Mali is a member of the World Bank")


def test_memberships_and_the_other_mission_are_as_of_a_date(relations):
    assert [block.value for block in relations.memberships] == SHARED
    assert relations.memberships_as_of == relations.other_mission_as_of == AS_OF
    assert relations.other_mission_lines == [
        "Embassy of Mali",
        "2130 R Street NW",
        "Washington, DC 20008",
    ]
    assert relations.other_mission_contact.display.endswith("202-332-2249")


def test_edition_keeps_its_date_as_address(edition):
    assert edition.date == date(2015, 10, 15)
    assert edition.url.endswith("/fact-sheets/us-relations-with-mali/2015-10-15/")
    assert edition.title == edition.get_parent().title == "U.S. Relations With Mali"
    assert edition.bureau == "Bureau of African Affairs, U.S. Department of State"


def test_edition_has_the_sections_of_the_source(edition):
    assert [value["text"] for value in blocks_of(edition, "heading")] == [
        "Background",
        "U.S. assistance to Mali",
        "Bilateral economic relations",
        "Membership in international organizations",
        "Bilateral representation",
    ]
    assert len(edition.in_list_of_contents()) == 5


@pytest.mark.parametrize(
    "fact",
    [
        "1960",
        "1992",
        "March 2012",
        "northern two-thirds",
        "January 2013",
        "MINUSMA (United Nations Multidimensional Integrated Stabilization Mission in Mali)",
        "July and August 2013",
        "Accord for Peace and Reconciliation was fully signed on June 20, 2015",
        "joint security patrols",
        "Human Development Index",
        "October 9, 2015",
        "5-year Country Development Cooperation Strategy",
        "Malians secure a democratic, resilient, and prosperous future",
        "Gao, Timbuktu and Kidal",
        "Peace Corps",
        "Centers for Disease Control (CDC)",
        "NIH",
        "Department of Defense (DOD)",
        "Paul A. Folmsbee",
        "Key Officers List",
        "2130 R Street NW, Washington, DC 20008",
        *SHARED,
        *INITIATIVES,
    ],
)
def test_edition_has_every_fact_of_the_source(edition, fact):
    assert fact in words_of(edition)


def test_edition_counts_goals_and_objectives_as_the_source_does(edition):
    lists = [str(value) for value in blocks_of(edition, "paragraph") if "<ol>" in str(value)]
    assert [text.count("<li>") for text in lists] == [5, 4]


def test_edition_quotes_the_other_embassy_as_a_contact_point(edition):
    (value,) = blocks_of(edition, "contacts")
    assert [point.value for point in value["contacts"]] == ["+1 202 332 2249"]


def test_further_sources_are_all_named_and_no_address_is_called_verified(edition):
    values = [block.value for block in edition.further_sources]
    assert [value["words"] for value in values] == FURTHER_SOURCES
    linked = [value for value in values if value["address"]]
    assert linked and all(value["unverified"] for value in linked)
    assert all(re.fullmatch(r"https://[a-z.]+\.gov/", value["address"]) for value in linked)


def test_news_is_only_what_a_source_carries(home):
    news = NewsPage.objects.descendant_of(home).latest_first()
    assert [(page.date, page.kind) for page in news] == [
        (date(2026, 1, 9), NewsPage.Kind.ANNOUNCEMENT),
        (date(2015, 10, 9), NewsPage.Kind.ANNOUNCEMENT),
    ]
    assert "October 30, 2025" in words_of(news[0])
    assert all(page.sources for page in news)
    assert not EventPage.objects.descendant_of(home).exists()


def test_journalists_find_a_contact(home):
    assert [row.contact.label["en"] for row in under("news").contact_rows.all()] == [
        "Embassy switchboard"
    ]
