"""The emergency card: small, alone, true at the moment it is read."""

import gzip
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from advisories import lifecycle
from advisories.demo.closure import closure
from advisories.models import AlertPage
from advisories.vocabulary import Act
from tests.advisories.factories import alert, draft

pytestmark = pytest.mark.django_db
LIMIT = 14 * 1024


@pytest.fixture
def now():
    return timezone.now()


def text_of(client, address="/emergency/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_card_says_whom_to_call_where_and_what(client, now):
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    card = text_of(client)
    assert 'href="tel:+22366752860"' in card and "Rue 243, Porte 297" in card
    assert "Roads closed" in card and "Level 4: Do Not Travel" in card
    assert card.count("<h1") == 1


@pytest.mark.parametrize("address", ["/emergency/", "/fr/emergency/"])
def test_the_card_asks_for_nothing_else_to_be_shown(client, address):
    card = text_of(client, address)
    assert "<img" not in card and "url(" not in card
    assert " src=" not in card and card.count("<script>") == 1
    loaded = [found for found in re.findall(r'<link rel="(\w+)"', card) if found != "alternate"]
    assert loaded == ["icon"] and '<link rel="icon" href="data:,">' in card


@pytest.mark.parametrize(
    ("element", "name", "directive"),
    [("style", "card.css", "style-src"), ("script", "js/card.js", "script-src")],
)
def test_the_policy_allows_what_stands_in_the_card_and_nothing_else(
    client, element, name, directive
):
    from advisories.emergency import inside, known_by

    answer = client.get("/emergency/")
    policy = answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert f"<{element}>{inside(name)}</{element}>" in answer.content.decode()
    assert f"{directive} 'self' {known_by(inside(name))}" in policy
    assert policy.count("sha256-") == 2


def test_without_a_worker_the_card_has_no_script(client, settings):
    settings.OFFLINE = False
    assert "<script" not in text_of(client)


def test_the_card_is_small_with_fifty_alerts(client, now):
    for number in range(50):
        alert(
            now - timedelta(hours=1),
            now + timedelta(hours=number + 1),
            f"Demonstration number {number} near the {number}th bridge over the river",
        )
    card = text_of(client)
    assert card.count("Demonstration number") == 50
    assert len(gzip.compress(card.encode(), 6)) <= LIMIT


def test_the_card_asks_the_database_as_often_with_many_alerts(
    client, now, django_assert_max_num_queries
):
    for number in range(10):
        alert(now - timedelta(hours=1), now + timedelta(hours=1), f"Alert {number}")
    client.get("/emergency/")
    with django_assert_max_num_queries(6):
        client.get("/emergency/")


def test_what_is_over_not_yet_begun_or_a_drill_is_not_on_the_card(client, now, staff):
    alert(now - timedelta(hours=2), now - timedelta(seconds=1), "Over by now")
    alert(now + timedelta(hours=1), now + timedelta(hours=2), "Not yet begun")
    page = draft(
        now, now + timedelta(hours=1), staff["consular"], "Only a drill", status="Exercise"
    )
    read = lifecycle.submit(page, staff["consular"], now).reading
    page = AlertPage.objects.get(pk=page.pk)
    lifecycle.approve(page, staff["approver"], now, read)
    card = text_of(client)
    assert not re.search("Over by now|Not yet begun|Only a drill", card)


def test_an_all_clear_leaves_the_card_at_once(client, now, staff):
    page = alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    assert "Roads closed" in text_of(client)
    clearance = lifecycle.end(page, staff["consular"], now, Act.ALL_CLEAR, note())
    lifecycle.approve(page, staff["approver"], now, clearance.reading)
    assert "Roads closed" not in text_of(client)


def note():
    from embassy.fields import Texts

    return Texts(en="The roads are open again.")


def test_the_code_on_the_card_leads_back_to_it(client, site):
    from embassy.drawing.qr import qr_code

    card = text_of(client)
    assert str(qr_code(f"{site.root_url}/emergency/", "card__qr", error="q")) in card
    assert str(qr_code(f"{site.root_url}/fr/emergency/", "card__qr", error="q")) not in card


def test_the_card_of_a_mission_is_its_own(client, nairobi, now):
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    answer = client.get("/emergency/", headers={"host": nairobi.hostname})
    assert answer.status_code == 200
    assert "Roads closed" not in answer.content.decode()


def test_the_card_is_kept_no_longer_than_it_is_true(client, now, settings):
    settings.SHARED_CACHE_SECONDS = 60
    alert(now - timedelta(hours=1), timezone.now() + timedelta(seconds=5), "Roads closed")
    found = re.search(r"s-maxage=(\d+)", client.get("/emergency/")["Cache-Control"])
    assert int(found[1]) <= 5


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_card_is_only_read(client, method):
    assert getattr(client, method)("/emergency/").status_code == 405


def test_the_banner_is_quiet_for_minor_messages_and_loud_for_alerts(client, now):
    assert closure() == 1
    assert "standing--quiet" in client.get("/officials/").content.decode()
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    assert "standing--quiet" not in client.get("/officials/").content.decode()


@pytest.mark.parametrize("path", ["emergency", "offline"])
def test_what_stands_alone_leads_to_itself_in_the_other_language(client, site, path):
    addresses = {"en": f"/{path}/", "fr": f"/fr/{path}/"}
    for code, other in (("en", "fr"), ("fr", "en")):
        page = BeautifulSoup(text_of(client, addresses[code]), "html.parser")
        assert (page.html["lang"], page.html["dir"]) == (code, "ltr")
        told = page.select("head link[hreflang]")
        assert {link["hreflang"]: link["href"] for link in told} == {
            one: f"http://testserver{address}" for one, address in addresses.items()
        }
        [switch] = page.select("body a[hreflang]")
        assert (switch["hreflang"], switch["href"]) == (other, addresses[other])


def test_a_mission_of_one_language_has_no_switch_on_its_card(client, nairobi):
    answer = client.get("/emergency/", HTTP_HOST=nairobi.hostname)
    assert "hreflang" not in answer.content.decode()


def test_the_sitemap_names_the_card_in_each_language_of_the_mission(client, site, dakar):
    found = client.get("/sitemap.xml", HTTP_HOST="localhost").content.decode()
    for path in ("/emergency/", "/fr/emergency/"):
        assert f"<loc>http://localhost{path}</loc>" in found
    other = client.get("/sitemap.xml", HTTP_HOST=dakar.hostname).content.decode()
    assert "/fr/emergency/<" in other and other.count("/emergency/<") == 1
