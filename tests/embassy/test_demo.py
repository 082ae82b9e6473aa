"""The demo mission: its facts, its plain pages, and that making it again changes nothing."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision

from embassy.demo import HOSTNAME, parts, sign_ins, under
from embassy.models import ContactPoint, MissionRole, MissionSettings, Place, PromotedResult, User
from embassy.search.view import search_site
from tests.reading import check_blocks, words_of

pytestmark = pytest.mark.django_db

NUMBERS = [
    ("Emergencies after hours", "+223 6675 2860", "", False),
    ("Embassy switchboard", "+223 2070 2300", "", False),
    ("Consular Section, by mail", "ConsularBamako@state.gov", "", False),
    ("Senior Defense Official / Defense Attaché", "+223 2070 2300", "2570", False),
    ("Operations Coordinator", "+223 2070 2300", "2572", False),
    ("Chief, Office of Security Cooperation", "+223 2070 2300", "2585", False),
    ("Safety information, toll-free in the United States", "+1 888 407 4747", "", False),
    ("Safety information, from other countries", "+1 202 501 4444", "", False),
    ("Consular Section (2012)", "+223 20 70 25 05", "", True),
    ("Embassy duty officer (2012)", "+223 20 70 23 01", "", True),
    ("Embassy duty officer, second line (2012)", "+223 20 70 23 02", "", True),
    ("Embassy of Mali in Washington, D.C. (2015)", "+1 202 332 2249", "", False),
]


@pytest.fixture
def pages(home) -> list[Page]:
    """Every page of the demo mission."""
    return list(home.get_descendants(inclusive=True).specific())


def amounts() -> list[int]:
    """Count what a second run could make again."""
    return [
        model.objects.count()
        for model in (Page, Revision, ContactPoint, Place, PromotedResult, User)
    ]


def test_second_run_makes_nothing(home):
    before = amounts()
    output = StringIO()
    call_command("demo_content", timeless=True, stdout=output)
    assert amounts() == before
    made = re.findall(r": (\d+) made", output.getvalue())
    assert len(made) == len(parts(of_today=False)) > 10
    assert set(made) == {"0"}


def test_second_run_keeps_what_staff_changed(home):
    page = under("visas")
    page.summary = "Changed by staff."
    page.save_revision().publish()
    call_command("demo_content", stdout=StringIO())
    assert under("visas").summary == "Changed by staff."


def test_every_page_has_a_summary_and_is_published(pages):
    assert len(pages) > 40
    assert [page.url_path for page in pages if not page.summary] == []
    assert [page.url_path for page in pages if not page.live] == []


def test_editor_would_accept_every_block(pages):
    for page in pages:
        check_blocks(page)


@pytest.mark.parametrize(("label", "value", "extension", "retired"), NUMBERS)
def test_contact_points_are_those_of_the_sources(site, label, value, extension, retired):
    point = ContactPoint.objects.for_site(site).get(label__en=label)
    assert (point.value, point.extension, point.retired) == (value, extension, retired)
    assert point.label["fr"] and point.source
    point.full_clean()


def test_there_are_no_other_contact_points(site):
    assert ContactPoint.objects.for_site(site).count() == len(NUMBERS)


def test_safety_lines_keep_eastern_hours_and_us_holidays(site):
    for label in NUMBERS[6][0], NUMBERS[7][0]:
        schedule = ContactPoint.objects.get(label__en=label).schedule
        hours = {(p.weekday, p.opens.hour, p.closes.hour) for p in schedule.periods.all()}
        assert hours == {(day, 8, 20) for day in range(5)}
        assert schedule.time_zone == "America/New_York"
        assert schedule.holiday_calendars == ["US"]


def test_duty_officer_of_2012_is_reached_through_the_marine_guard(site):
    for label in NUMBERS[9][0], NUMBERS[10][0]:
        assert "Marine Guard" in ContactPoint.objects.get(label__en=label).through["en"]


def test_no_page_types_a_number(site, pages):
    points = ContactPoint.objects.for_site(site)
    endings = {re.sub(r"\D", "", point.value)[-7:] for point in points if point.is_phone}
    extensions = {point.extension for point in points if point.extension}
    assert len(endings) == 8 and len(extensions) == 3
    for page in pages:
        words = words_of(page)
        digits = re.sub(r"(?<=\d)[ ().-]+(?=\d)", "", words)
        assert [ending for ending in endings if ending in digits] == [], page.url_path
        assert [e for e in extensions if re.search(rf"\b{e}\b", words)] == [], page.url_path
        assert "ConsularBamako" not in words, page.url_path


def test_misprint_is_nowhere(pages):
    text = "\n".join(words_of(page) for page in pages)
    assert "MUNISMA" not in text
    assert "MINUSMA" in text


def test_mission_has_its_facts(site):
    mission = MissionSettings.objects.get(site=site)
    assert mission.address_lines == ["ACI 2000", "Rue 243, Porte 297", "Bamako"]
    assert mission.time_zone == "Africa/Bamako"
    assert mission.name == {
        "en": "U.S. Embassy in Bamako",
        "fr": "Ambassade des États-Unis à Bamako",
    }
    elsewhere = mission.social_pages.all()
    assert [page.url for page in elsewhere] == ["", ""]
    assert [page.name["fr"] for page in elsewhere] == [
        "Twitter (ambassade)",
        "Facebook (Bureau des affaires consulaires)",
    ]
    assert site.hostname == HOSTNAME


def test_menu_begins_with_what_people_come_for(home):
    menu = list(home.get_children().in_menu().values_list("slug", flat=True))
    assert menu[:4] == ["travel-advisory", "alerts", "visas", "citizen-services"]


def test_tiles_lead_to_published_pages(home):
    tiles = [block.value for block in home.tiles]
    assert [tile["title"] for tile in tiles] == [
        "Alerts",
        "Visas",
        "U.S. citizen services",
        "Sections & offices",
        "Officials",
        "U.S.–Mali relations",
        "Fact sheet",
        "News",
    ]
    assert all(tile["link"]["page"].live for tile in tiles)


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("visas", ["non-immigrant visas", "Consular Section"]),
        (
            "citizen-services",
            [
                "full range of services for U.S. citizens",
                "Smart Traveler Enrollment Program (STEP)",
                "Friends and family",
                "phone number and the e-mail address",
                "U.S. federal holidays",
                "https://mytravel.state.gov/s/step",
            ],
        ),
        ("contact", ["call the switchboard", "U.S. federal holidays"]),
        ("privacy", ["No cookie"]),
        ("accessibility", ["2.2", "Section 508"]),
    ],
)
def test_plain_pages_say_what_the_sources_say(home, slug, facts):
    words = words_of(under(slug))
    assert [fact for fact in facts if fact not in words] == []


def test_contact_page_quotes_the_address_of_the_mission(client, db):
    html = client.get("/contact/", HTTP_HOST="localhost").content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    assert "ACI 2000<br>" in main and "Rue 243, Porte 297<br>" in main


def test_contact_page_quotes_every_number_of_today(home, site):
    quoted = {
        point.pk
        for block in under("contact").body
        if block.block_type == "contacts"
        for point in block.value["contacts"]
    }
    ours = ContactPoint.objects.for_site(site).in_use().exclude(label__en=NUMBERS[-1][0])
    assert quoted == set(ours.values_list("pk", flat=True))


def test_there_is_a_sign_in_for_every_role(site, client):
    roles = set(MissionRole.objects.filter(site=site).values_list("role", flat=True))
    assert {role for role, _email, _password in sign_ins()} == roles
    assert all(
        client.login(username=email, password=password) for _r, email, password in sign_ins()
    )


@pytest.mark.parametrize(
    ("language", "asked", "address"),
    [
        ("en", "student visa", "/visas/"),
        ("en", "stolen bag", "/citizen-services/"),
        ("en", "travel ban", "/travel-advisory/"),
        ("fr", "carte verte", "/fr/visas/"),
        ("fr", "passeport", "/fr/citizen-services/"),
        ("fr", "itinéraire", "/fr/contact/"),
    ],
)
def test_search_leads_to_the_page_that_answers(site, language, asked, address):
    assert [one.url for one in search_site(site, language, asked)["first"]] == [address]
