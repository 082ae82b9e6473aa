"""The demo mission's warnings: complete, dated, under their own names, in both languages."""

import re
from datetime import UTC, date, datetime

import pytest

from advisories.models import AlertKind, AlertPage, CountryInfoPage, Indicator, Issued
from advisories.models import TravelAdvisoryPage as Advisory
from embassy.demo import under
from tests.reading import check_blocks, words_of

pytestmark = pytest.mark.django_db

KINDS_OF_TODAY = {
    "security-alert",
    "demonstration-alert",
    "health-alert",
    "weather-alert",
    "natural-disaster-alert",
    "worldwide-caution",
    "message-for-us-citizens",
}

ITEMS = [3, 7, 0, 0, 0, 0, 5, 23]
"""How many listed items each part of the advisory has, in its order."""

FACTS_OF_2012 = [
    "February 1",
    "February 2",
    "businesses, residences and cars",
    "National Movement for Liberation of the Azawad (MNLA)",
    "November 24",
    "two French nationals",
    "Hombori",
    "November 25",
    "German national was killed",
    "one Dutch, one South African and one Swedish national were kidnapped",
    "Timbuktu",
    "Travel Warning of October 4, 2011",
    "Smart Traveler Enrollment Program (STEP)",
    "friends and family",
    "Worldwide Caution",
    "Twitter",
    "Facebook",
    "Smart Traveler app for iPhone",
    "ACI 2000, Rue 243, Porte 297",
    "Marine Guard",
]

FACTS_OF_2012_IN_FRENCH = [
    "1er février",
    "2 février",
    "MNLA",
    "24 novembre",
    "25 novembre",
    "Hombori",
    "Tombouctou",
    "4 octobre 2011",
    "STEP",
    "garde des Marines",
]


@pytest.fixture
def advisory(home) -> Advisory:
    """The travel advisory."""
    return under("travel-advisory")


@pytest.fixture
def message(home) -> AlertPage:
    """The message of 2012."""
    return AlertPage.objects.descendant_of(home).get(is_historic=True)


def text_of(page, language: str):
    """Give a warning's text in a language."""
    return next(text for text in page.texts.all() if text.language == language)


def test_indicators_are_reference_data_with_their_years(db):
    codes = list(Indicator.objects.values_list("code", flat=True))
    assert sorted(codes) == sorted("CTUHNEKDO")
    assert Indicator.objects.get(code="K").in_use_since == "April 9, 2019"
    assert Indicator.objects.get(code="D").in_use_since == "2022"
    assert all(indicator.name["fr"] for indicator in Indicator.objects.all())


def test_kinds_of_the_past_are_not_in_use(db):
    in_use = AlertKind.objects.filter(in_use=True)
    past = AlertKind.objects.filter(in_use=False)
    assert set(in_use.values_list("code", flat=True)) == KINDS_OF_TODAY
    assert set(past.values_list("code", flat=True)) == {"emergency-message", "security-message"}
    assert set(past.values_list("used_from_to", flat=True)) == {"2012–2017"}
    assert all(kind.name["fr"] for kind in AlertKind.objects.all())


def test_advisory_has_level_indicators_and_two_dates(advisory):
    assert advisory.level == 4
    assert {indicator.code for indicator in advisory.indicators.all()} == set("CTKUH")
    assert advisory.reviewed_on == advisory.changed_on == date(2026, 1, 9)
    assert advisory.show_in_menus


@pytest.mark.parametrize("language", ["en", "fr"])
def test_advisory_has_every_part_and_every_item(advisory, language):
    text = text_of(advisory, language)
    check_blocks(text)
    items = [str(block.value["text"]).count("<li>") for block in text.advice]
    assert items == ITEMS
    assert text.staff_rules.count("<li>") == 2
    assert all(date in text.posture for date in ("30", "2025", "9", "2026"))


def test_advisory_names_its_parts(advisory):
    assert [block.value["heading"] for block in text_of(advisory, "en").advice] == [
        "Crime",
        "Terrorism",
        "Kidnapping",
        "Unrest",
        "Armed conflict",
        "Air travel",
        "Health",
        "Advice for U.S. citizens in Mali",
    ]


def test_advisory_leads_to_the_same_addresses_in_both_languages(advisory):
    found = [
        re.findall(r'href="([^"]+)"', str(block.value["text"]))
        for language in ("en", "fr")
        for block in text_of(advisory, language).advice
    ]
    assert found[:8] == found[8:]
    assert "https://mytravel.state.gov/s/step" in found[7]


def test_advisory_is_issued_in_both_languages_with_its_contacts(advisory):
    rows = Issued.objects.current_of(advisory)
    assert {row.language for row in rows} == {"en", "fr"}
    for row in rows:
        assert row.content["level"] == 4
        assert "".join(i["code"] for i in row.content["indicators"]) == "CTKUH"
        assert [c["display"] for c in row.content["contacts"]] == [
            "+223 20 70 23 00",
            "+223 66 75 28 60",
            "ConsularBamako@state.gov",
        ]


def test_message_keeps_its_name_and_its_day(message):
    assert message.kind.code == "emergency-message"
    assert message.effective == datetime(2012, 2, 2, tzinfo=UTC)
    assert message.expires is None and message.is_historic
    english = text_of(message, "en").title
    assert english == "Emergency Message for U.S. Citizens: Civil Unrest in Bamako Area"
    assert message.title == english
    places = {place.code for place in message.places.all()}
    assert places == {"bamako", "kati", "segou", "sikasso", "koulikoro", "gao"}


@pytest.mark.parametrize(
    ("language", "facts"), [("en", FACTS_OF_2012), ("fr", FACTS_OF_2012_IN_FRENCH)]
)
def test_message_has_every_fact_of_its_source(message, language, facts):
    text = text_of(message, language)
    words = "\n".join([text.location, text.event, text.actions, text.assistance])
    assert [fact for fact in facts if fact not in words] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_message_gives_no_year_to_the_kidnappings(message, language):
    event = text_of(message, language).event
    assert re.findall(r"\b\d{4}\b", event) == ["2011"]
    assert re.search(r"October 4, 2011|4 octobre 2011", event)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_message_lists_its_actions_one_a_line(message, language):
    actions = text_of(message, language).actions.split("\n")
    assert len(actions) == 9
    assert all(action.startswith("- ") for action in actions)


def test_message_quotes_the_numbers_of_its_time(message):
    for row in Issued.objects.current_of(message):
        assert [contact["display"] for contact in row.content["contacts"]] == [
            "+1 888-407-4747",
            "+1 202-501-4444",
            "+223 20 70 25 05",
            "+223 20 70 23 01",
            "+223 20 70 23 02",
        ]


def test_message_is_over(message, site):
    now = datetime(2026, 11, 21, tzinfo=UTC)
    alerts = Issued.objects.for_site(site).alerts().current().filter(page=message)
    assert not alerts.in_force(now).exists()
    assert not alerts.in_force(datetime(2012, 2, 2, 12, tzinfo=UTC)).exists()
    assert {row.page_id for row in alerts.over(now)} == {message.pk}


def test_judicial_assistance_stands_under_its_disclaimer(home):
    page = CountryInfoPage.objects.descendant_of(home).get()
    assert page.slug == "judicial-assistance"
    assert "general information" in page.disclaimer and "lawyer" in page.disclaimer
    assert "did not reach this site" in words_of(page)
    assert page.contact_rows.count() == 3
