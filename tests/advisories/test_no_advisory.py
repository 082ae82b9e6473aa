"""A mission that has issued no travel advisory says so at the address of one."""

import pytest
from wagtail.models import Page

from advisories.models import TravelAdvisoryPage
from embassy.models import MissionSettings

pytestmark = pytest.mark.django_db

ENGLISH = "This mission has issued no travel advisory for"
FRENCH = "Cette mission n’a encore publié aucun avis aux voyageurs"


def test_it_says_so_in_both_languages(client, nairobi, compiled):
    MissionSettings.objects.filter(site=nairobi).update(languages=["en", "fr"])
    for address, words in (("/travel-advisory/", ENGLISH), ("/fr/travel-advisory/", FRENCH)):
        answer = client.get(address, HTTP_HOST="nairobi.localhost")
        page = answer.content.decode()
        assert answer.status_code == 200 and words in page and "Kenya" in page
        assert page.count("<h1") == 1
        assert "s-maxage" in answer["Cache-Control"]


def test_it_is_not_in_the_sitemap(client, nairobi):
    text = client.get("/sitemap.xml", HTTP_HOST="nairobi.localhost").content.decode()
    assert "/alerts/" in text and "travel-advisory" not in text


def test_an_issued_advisory_has_its_page(client, site):
    page = client.get("/travel-advisory/", HTTP_HOST="localhost").content.decode()
    assert ENGLISH not in page and "Do Not Travel" in page


def test_it_can_only_be_read(client, nairobi):
    assert client.post("/travel-advisory/", HTTP_HOST="nairobi.localhost").status_code == 405


def test_other_addresses_that_are_not_there_are_not_found(client, nairobi):
    for address in ("/travel-advisory/more/", "/travel-advisories/"):
        assert client.get(address, HTTP_HOST="nairobi.localhost").status_code == 404


def test_a_draft_is_not_told_of(client, nairobi):
    page = TravelAdvisoryPage(
        title="Secret draft",
        slug="travel-advisory",
        level=2,
        live=False,
        reviewed_on="2026-01-01",
        changed_on="2026-01-01",
    )
    nairobi.root_page.add_child(instance=page)
    assert Page.objects.get(pk=page.pk).slug == "travel-advisory"  # a page may take the address
    answer = client.get("/travel-advisory/", HTTP_HOST="nairobi.localhost")
    assert answer.status_code == 200
    assert ENGLISH in answer.content.decode() and "Secret" not in answer.content.decode()
