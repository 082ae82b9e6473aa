"""The demo mission's offices and officials say what their sources say, and no more."""

from datetime import date
from html import unescape

import pytest

from embassy.demo import under
from embassy.demo.sources import FACT_SHEET, IN_FRENCH, in_each_language
from sections.models import OfficePage, Post, Term
from tests.reading import words_of

pytestmark = pytest.mark.django_db

TREE = {
    "Department of State": None,
    "Consular Section": "Department of State",
    "Management Section": "Department of State",
    "Political and Economic Section": "Department of State",
    "Political Section": "Political and Economic Section",
    "Economic and Commercial Section": "Political and Economic Section",
    "Public Affairs Section": "Department of State",
    "Press Office": "Public Affairs Section",
    "Cultural and Exchange Office": "Public Affairs Section",
    "American Center Bamako (ACB)": "Public Affairs Section",
    "Regional Security Office": "Department of State",
    "Department of Defense": None,
    "Defense Attaché Office": "Department of Defense",
}

FACTS = {
    "Consular Section": ["full range", "non-immigrant visas"],
    "Management Section": [
        "300-plus employees",
        "personnel",
        "building maintenance",
        "fiscal management",
        "transportation",
        "information systems",
        "communications",
    ],
    "Political and Economic Section": [
        "counter-terrorism",
        "democratization",
        "trafficking in persons",
        "environment",
        "science and technology",
        "organized labor",
        "Department of Commerce",
    ],
    "Political Section": ["human rights", "elections", "party politics"],
    "Economic and Commercial Section": [
        "agriculture",
        "tourism",
        "mining and industrial development",
        "civil aviation",
        "Ambassador’s Special Self Help Fund",
    ],
    "Public Affairs Section": ["American Cultural Center", "English language training"],
    "Press Office": [
        "Washington File",
        "electronic journals",
        "press releases",
        "Press conferences and interviews",
        "American Embassy Television",
        "digital video conference",
    ],
    "Cultural and Exchange Office": ["Workshops, lectures and presentations"],
    "American Center Bamako (ACB)": [
        "open to the public",
        "High-speed internet",
        "Word processing",
        "in English and French",
    ],
    "Regional Security Office": ["law enforcement and security agencies"],
    "Defense Attaché Office": [
        "USDAO",
        "Secretary of Defense",
        "Secretaries of the Military Services",
        "Joint Chiefs of Staff",
        "Chiefs of the U.S. Military Services",
        "U.S. Africa Command",
    ],
}

NINE = {
    "Gillian Milovanovic": "Ambassador",
    "Peter Barlerin": "Deputy Chief of Mission",
    "Rebecca Black": "Director, USAID Mission",
    "Michael Simsik": "Director, Peace Corps",
    "Kate Kaetzer-Hodson": "Public Affairs Officer",
    "Matthew Cook": "Management Officer",
    "Peter Newman": "Political/Economic Officer",
    "Rebecca Drame": "Consular Officer",
    "Eric Dalton": "Defense Attaché",
}


@pytest.fixture
def offices(home) -> dict[str, OfficePage]:
    """The demo mission's offices by title."""
    return {page.title: page for page in OfficePage.objects.descendant_of(home)}


def contacts_of(office: OfficePage) -> list:
    """Give the contact points an office quotes that are in use."""
    return [row.contact for row in office.contact_rows.all() if not row.contact.retired]


def test_offices_stand_under_their_agencies(offices):
    found = {title: page.get_parent().title for title, page in offices.items()}
    index = under("sections-offices").title
    assert found == {title: parent or index for title, parent in TREE.items()}
    agencies = {title for title, page in offices.items() if page.kind == OfficePage.Kind.AGENCY}
    assert agencies == {title for title, parent in TREE.items() if parent is None}


@pytest.mark.parametrize("title", FACTS)
def test_offices_say_what_they_do(offices, title):
    words = words_of(offices[title])
    assert [fact for fact in FACTS[title] if fact not in words] == []


def test_every_office_can_be_reached_and_names_its_source(offices):
    assert len(offices) == len(TREE)
    assert [title for title, page in offices.items() if not contacts_of(page)] == []
    assert [title for title, page in offices.items() if not page.sources] == []


def test_defense_attache_office_has_extensions_and_an_address_of_its_own(offices):
    office = offices["Defense Attaché Office"]
    assert [contact.extension for contact in contacts_of(office)] == ["2570", "2572", "2585"]
    assert office.address_lines == [
        "American Embassy Bamako",
        "Defense Attaché Office",
        "Rue 243 Porte 297 ACI 2000",
        "B.P. 34",
        "Bamako",
    ]
    assert office.head.title["en"] == "Defense Attaché"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Defense Attaché Office", ">Address<"),
        ("American Center Bamako (ACB)", ">Address of the mission<"),
    ],
)
def test_an_address_says_whose_it_is(client, offices, title, heading):
    said = client.get(offices[title].url, HTTP_HOST="localhost").content.decode()
    assert heading in said


def test_no_other_office_has_a_head_or_an_address(offices):
    others = [page for title, page in offices.items() if title != "Defense Attaché Office"]
    assert [page.title for page in others if page.head or page.address] == []


def test_form_of_the_self_help_fund_is_held_elsewhere(offices):
    row = offices["Economic and Commercial Section"].document_rows.get()
    assert row.is_elsewhere
    assert (row.title, row.type_name, row.stated_size) == (
        "Self Help Fund Application Form",
        "PDF",
        "115KB",
    )


def test_american_center_tells_what_it_holds_and_how_to_ask(offices):
    center = offices["American Center Bamako (ACB)"]
    assert [block.value for block in center.ways_to_ask] == [
        "By telephone",
        "By e-mail",
        "In person, during working hours",
    ]
    collections = " ".join(block.value for block in center.collections)
    for kind in ("Books", "Magazines", "periodicals", "journals", "English and French"):
        assert kind in collections
    assert len(center.services) == 4


def test_no_term_begins_or_ends(home):
    terms = Term.objects.filter(official__in=under("officials").get_children())
    assert terms.count() == 10
    assert not terms.exclude(begins=None, ends=None, still=False).exists()
    assert not terms.filter(source={}).exists()


def test_nine_officials_are_named_without_a_date(home):
    terms = Term.objects.filter(seen_on=None, official__locale__language_code="en").select_related(
        "official", "post"
    )
    assert {term.official.title: term.post.title["en"] for term in terms} == NINE
    assert {term.official.title: term.official.rank for term in terms if term.official.rank} == {
        "Eric Dalton": "LTC"
    }


def test_ambassador_of_2015_is_known_for_one_day_only(home):
    day = date(2015, 10, 15)
    term = Term.objects.filter(official__locale=home.locale).holding_post_on(day).get()
    assert term.official.title == "Paul A. Folmsbee"
    assert str(term.source) == FACT_SHEET
    assert not Term.objects.holding_post_on(date(2015, 10, 16)).exists()
    assert not Term.objects.holding_post_on(date(2015, 10, 14)).exists()


@pytest.mark.parametrize("path", ["/fr/contact/", "/fr/officials/", "/fr/citizen-services/"])
def test_readers_of_french_are_told_in_french_who_says_so(client, path):
    page = unescape(client.get(path, HTTP_HOST="localhost").content.decode())
    told = [in_each_language(source) for source in IN_FRENCH]
    assert [text["en"] for text in told if text["en"] in page] == []
    assert any(text["fr"] in page for text in told)


def test_posts_have_both_languages_and_one_heads_the_mission(site):
    posts = Post.objects.for_site(site)
    assert [post.title["en"] for post in posts] == list(NINE.values())
    assert all(post.title["fr"] for post in posts)
    assert [post.title["en"] for post in posts if post.is_chief_of_mission] == ["Ambassador"]


def test_list_of_officials_says_what_is_lost(home):
    assert "eighteen previous U.S. ambassadors" in under("officials").chiefs_note


def test_nobody_gets_an_invented_life(home):
    officials = under("officials").get_children().specific()
    assert [page.title for page in officials if page.biography or page.portrait_id] == []
