"""Single items of the Department’s feed: which are refused, and why."""

import re
from datetime import date

import pytest

from advisories.importing.judgment import Doubt, Known, read_day, read_title
from advisories.importing.names import ALSO_CALLED, code_of, key_of
from embassy.countries import COUNTRIES as KNOWN_COUNTRIES
from tests.advisories.importing.feeds import entry
from tests.advisories.importing.judging import HERE, judged, reasons

# Single items


def test_an_item_is_read_whole():
    [item] = judged(entry("Mali", 4)).items
    assert (item.key, item.code, item.name, item.level) == ("ML", "ML", "Mali", 4)
    assert item.published_on == date(2026, 6, 8)
    assert item.link == HERE
    assert item.other_level == ""


@pytest.mark.parametrize(
    "title",
    [
        "Mali",
        "Mali - Do Not Travel",
        "Mali – Level 4: Do Not Travel",
        "Mali- Level 4: Do Not Travel",
        "Mali - Level 4 Do Not Travel",
        "Mali - Level 4 : Do Not Travel",
        "Mali - Level4: Do Not Travel",
        "Mali - level 4: Do Not Travel",
        "Mali - Level IV: Do Not Travel",
        "- Level 4: Do Not Travel",
        "... - Level 4: Do Not Travel",
        "Worldwide Caution",
        "Ma\u202eli - Level 4: Do Not Travel",
        "Mali\u00a0- Level 4: Do Not Travel",
        "Mali - Level ٤: Do Not Travel",
        f"{'M' * 190} - Level 4: Do Not Travel",
        "",
    ],
)
def test_a_title_that_is_not_exactly_one_is_refused(title):
    assert reasons(entry(title=title), entry("Chad")) == ["title"]


@pytest.mark.parametrize(
    "title",
    [
        "Mali - Level 3: Do Not Travel",
        "Mali - Level 4: Do not travel",
        "Mali - Level 4: Do Not Travel!",
        "Mali - Level 4:  Do Not Travel",
        "Mali - Level 0: Do Not Travel",
        "Mali - Level 5: Do Not Travel",
        "Mali - Level 44: Do Not Travel",
        "Mali - Level 04: Exercise Caution",
    ],
)
def test_a_level_whose_number_and_name_disagree_is_refused(title):
    assert reasons(entry(title=title), entry("Chad")) == ["level"]


def test_a_country_may_have_hyphens_and_a_blank_too_many():
    assert read_title("Guinea-Bissau - Level 3: Reconsider Travel") == ("Guinea-Bissau", 3)
    assert read_title("Kenya  - Level 2: Exercise Increased Caution") == ("Kenya", 2)


@pytest.mark.parametrize(
    "body",
    ["", " ", "<p></p>", "<p>&nbsp;</p>", "<p> \n<br /></p><ul><li></li></ul>", "<!-- x -->"],
)
def test_an_empty_body_is_refused(body):
    assert reasons(entry(body=body), entry("Chad")) == ["empty"]


def test_one_country_twice_is_refused_unless_it_is_the_same_word_for_word():
    found = judged(entry("Mali"), entry("Mali"), entry("Chad"))
    assert [item.name for item in found.items] == ["Mali", "Chad"]
    assert (found.repeated, found.refusals) == (1, [])
    for other in (
        entry("Mali", 3),
        entry("Mali", published="Tue, 09 Jun 2026"),
        entry("Mali", more="Really."),
        entry("Mali", body=""),
    ):
        found = judged(entry("Mali"), other, entry("Chad"))
        assert [item.name for item in found.items] == ["Chad"]
        assert [refusal.reason for refusal in found.refusals] == ["duplicate", "duplicate"]


def test_one_country_under_two_names_is_a_duplicate():
    assert reasons(entry("Burma"), entry("Myanmar (Burma)"), entry("Chad")) == ["duplicate"] * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fri, 09 Jan 2026", date(2026, 1, 9)),
        ("09 Jan 2026", date(2026, 1, 9)),
        ("Fri, 09 Jan 2026 00:00:00 GMT", date(2026, 1, 9)),
        ("Fri, 09 Jan 2026 00:00:00 -0500", date(2026, 1, 9)),
        ("2026-01-09T00:00:00-05:00", date(2026, 1, 9)),
        ("2026-01-08T19:00:00-05:00", date(2026, 1, 9)),
        ("2026-01-09", date(2026, 1, 9)),
    ],
)
def test_days_are_read_as_they_are_written(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "Fri, 32 Jan 2026", "9 January", "2026-13-01", "01/09/2026"),
        *("0001-01-01T00:00:00+14:00", "Fri, 09 Jan 1926", "9" * 50),
    ],
)
def test_days_that_cannot_be_read_are_refused(text):
    with pytest.raises(Doubt, match="date"):
        read_day(text)


def test_an_item_of_tomorrow_is_in_time_and_one_of_the_day_after_is_not():
    assert reasons(entry(published="Wed, 10 Jun 2026")) == []
    assert reasons(entry(published="Thu, 11 Jun 2026"), entry("Chad")) == ["future"]


def test_an_item_older_than_the_copy_is_refused_and_one_of_the_same_day_is_not():
    known = {"ML": Known("Mali", 4, date(2026, 6, 8), True)}
    assert reasons(entry(published="Sun, 07 Jun 2026"), entry("Chad"), known=known) == ["older"]
    assert reasons(entry(published="Mon, 08 Jun 2026"), entry("Chad"), known=known) == []


def test_a_text_of_five_megabytes_is_refused_and_one_at_the_limit_is_not(settings):
    long = "<p>" + "a" * 5_000_000 + "</p>"
    assert reasons(entry(body=long), entry("Chad")) == ["long"]
    limit = settings.ADVISORY_FEED["characters"]
    body = "<p>" + "a" * (limit - 7) + "</p>"
    assert len(body) == limit and reasons(entry(body=body)) == []
    assert reasons(entry(body=body + "b"), entry("Chad")) == ["long"]


def test_every_reason_is_a_sentence():
    for entries in (
        (entry(title="x"), entry(body=""), entry("Chad", published="x")),
        (entry("Chad", body="a" * 300_000), entry(body="<svg>x")),
    ):
        for refusal in judged(*entries).refusals:
            assert re.fullmatch(r"[A-Z].+\.", refusal.sentence), refusal


@pytest.mark.parametrize(
    ("country", "level", "body", "found"),
    [
        (
            *("Guinea", 2, "<p>Reconsider travel</p><p>to <b>Guinea-Bissau</b>.</p>"),
            "Reconsider Travel",
        ),
        (
            *("Rwanda", 3, "<p>Exercise increased caution in **Rwanda **.</p>"),
            "Exercise Increased Caution",
        ),
        ("Mali", 4, "<p>Do not travel to Mali.</p>", ""),
        ("Chad", 2, "<p>Caution.</p><p><b>Areas</b></p><p>Do not travel to Chad’s north.</p>", ""),
        ("Niger", 2, "<p>Caution.</p><ul><li>Do not travel to: Niger delta</li></ul>", ""),
    ],
)
def test_a_text_that_gives_another_level_than_its_title_is_pointed_out(country, level, body, found):
    [item] = judged(entry(country, level, body=body)).items
    assert item.level == level
    assert item.other_level == found


# Names


def test_countries_are_known_by_the_names_the_department_gives_them():
    for name, code in {
        "Mali": "ML",
        "Cote d Ivoire": "CI",
        "Curaçao": "CW",
        "The Bahamas": "BS",
        "The Kyrgyz Republic": "KG",
        "Antigua and Barbuda": "AG",
        "Saint Lucia": "LC",
        "Turkey": "TR",
        "Türkiye": "TR",
        "Niger": "NE",
        "Nigeria": "NG",
        "Guinea": "GN",
        "Guinea-Bissau": "GW",
        "Republic of the Congo": "CG",
        "Democratic Republic of the Congo": "CD",
        "South Korea": "KR",
        "French West Indies": "",
        "Mainland China, Hong Kong & Macau - See Summaries": "",
    }.items():
        assert code_of(name) == code, name
    assert set(ALSO_CALLED.values()) <= set(KNOWN_COUNTRIES)
    assert key_of("French West Indies") == "french west indies"
