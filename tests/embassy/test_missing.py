"""Where nothing is found the ways on stay in the reader's language, or say that they do not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from embassy.models import ContentPage
from tests.french import french, in_french, take_away

pytestmark = pytest.mark.django_db


def missing(address: str, host: str = "localhost"):
    """Give the page that says that there is nothing at an address."""
    response = Client().get(address, HTTP_HOST=host)
    assert response.status_code == 404
    return html.fromstring(response.content.decode())


def shown(address: str):
    """Give a page that is there."""
    response = Client().get(address, HTTP_HOST="localhost")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def links(page, where: str = "") -> dict[str, str]:
    """Give the addresses a page links to within the site, with the language each names."""
    found = page.xpath(f"{where}//a[starts-with(@href, '/')]")
    return {link.get("href"): link.get("hreflang", "") for link in found}


def test_french_readers_are_led_to_french_pages_or_told(site):
    page = missing("/fr/nope/")
    assert page.get("lang") == "fr"
    found = links(page)
    assert found["/fr/alerts/"] == found["/fr/travel-advisory/"] == found["/fr/search/"] == ""
    others = {address: code for address, code in found.items() if not address.startswith("/fr/")}
    assert others == {"/": "en"}
    for link in page.xpath("//a[@href='/']"):
        words = " ".join(link.text_content().split())
        assert link.get("lang") == "en" or words.endswith("(en anglais)"), words
    for address in found:
        assert Client().get(address, HTTP_HOST="localhost").status_code == 200, address


def test_english_readers_get_no_mark(site):
    page = missing("/nope/")
    assert set(links(page, "//main").values()) == {""}
    assert {address for address, code in links(page).items() if code} == {"/fr/"}
    assert "in English" not in page.text_content()


def test_a_page_that_is_in_the_other_language_only_is_named(site, home):
    take_away(home.get_children().get(slug="officials"))
    page = missing("/fr/officials/")
    assert "Cette page n’existe pas dans cette langue." in page.text_content()
    assert "faute de frappe" not in page.text_content()
    assert links(page, "//main")["/officials/"] == "en"
    assert page.xpath("//nav[@class='languages']//a/@href") == ["/officials/"]
    assert not page.xpath("//link[@hreflang]")


def test_a_page_that_is_nowhere_leads_to_the_other_home(site):
    page = missing("/fr/nope/?q=1")
    assert "faute de frappe" in page.text_content()
    assert page.xpath("//nav[@class='languages']//a/@href")[0] == "/"


def test_what_not_everybody_may_read_is_not_told(site, home):
    secret = ContentPage(title="Secret", slug="secret")
    home.add_child(instance=secret)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    home.add_child(instance=ContentPage(title="Draft", slug="draft", live=False))
    for address in ("/fr/secret/", "/fr/draft/"):
        page = missing(address)
        assert not page.xpath("//*[contains(@href, 'secret') or contains(@href, 'draft')]")


def test_a_french_page_is_found_from_english(site, home):
    here = ContentPage(title="Ici", slug="ici", locale=french())
    in_french(home).add_child(instance=here)
    page = missing("/ici/")
    assert links(page, "//main")["/fr/ici/"] == "fr"
    assert "This page is not in this language." in page.text_content()
    assert page.xpath("//nav[@class='languages']//a/@href") == ["/fr/ici/"]
    assert links(missing("/fr/nope/"))["/fr/"] == ""


def switch(page) -> dict[str, str]:
    """Give the ways to other languages, by where they lead."""
    found = page.xpath("//nav[@class='languages']//a")
    return {link.get("href"): " ".join(link.text_content().split()) for link in found}


def test_from_a_page_of_one_language_the_other_s_readers_go_home(site, home, compiled):
    assert switch(shown("/visas/")) == {"/fr/visas/": "Français"}
    in_french(home.get_children().get(slug="visas")).unpublish()
    page = shown("/visas/")
    assert switch(page) == {"/fr/": "Français (accueil)"}
    [link] = page.xpath("//nav[@class='languages']//a")
    assert (link.get("lang"), link.get("rel")) == ("fr", None)
    assert not page.xpath("//link[@hreflang]")
    take_away(home)
    assert switch(shown("/visas/")) == {}


def test_a_link_to_a_page_in_the_other_language_says_so(site, home, compiled):
    visas = home.get_children().get(slug="visas")
    [tile] = shown("/fr/").xpath("//h3/a[@href='/fr/visas/']")
    assert tile.get("hreflang") is None and "(en" not in tile.text_content()
    in_french(visas).unpublish()
    [tile] = shown("/fr/").xpath("//h3/a[@href='/visas/']")
    assert tile.get("hreflang") == "en"
    assert " ".join(tile.text_content().split()) == "Visas (en anglais)"
    [tile] = shown("/").xpath("//h3/a[@href='/visas/']")
    assert tile.get("hreflang") is None and "(in" not in tile.text_content()


def test_links_in_lists_and_texts_name_the_language_they_lead_to(site, home, compiled):
    page = in_french(home.get_children().get(slug="privacy"))
    visas = home.get_children().get(slug="visas")
    in_french(visas).unpublish()
    page.body = [
        ("paragraph", RichText(f'<p><a linktype="page" id="{visas.pk}">Visas</a></p>')),
        ("links", {"title": "", "links": [{"words": "Visas", "page": visas}]}),
    ]
    page.save()
    in_text, in_list = shown("/fr/privacy/").xpath("//main//a[@href='/visas/']")
    assert in_text.get("hreflang") == in_list.get("hreflang") == "en"
    assert " ".join(in_list.text_content().split()) == "Visas (en anglais)"


def test_a_translation_that_is_a_draft_is_no_language_of_the_page(site, home):
    home.get_children().get(slug="privacy").unpublish()
    answer = Client().get("/fr/privacy/", HTTP_HOST="localhost")
    assert answer.status_code == 200
    page = html.fromstring(answer.content.decode())
    assert not page.xpath("//link[@hreflang]")
    assert switch(page) == {"/": "English (home)"}


def test_a_mission_of_one_language_says_nothing_of_others(dakar):
    page = missing("/fr/nope/", "dakar.localhost")
    assert links(page)["/fr/"] == "" and not page.xpath("//nav[@class='languages']")


@pytest.mark.parametrize(
    "address",
    ["/fr/%00/", "/static/nope.css", "/media/nope.png", "/documents/1/x.pdf", "/fr/officials/x/"],
)
def test_odd_addresses_are_not_found_either(site, address):
    missing(address)


def test_among_the_staff_pages_no_page_that_moved_is_looked_for(client, staff):
    client.force_login(staff["public_affairs"])
    address = "/admin/reports/nope/"
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, HTTP_HOST="localhost").status_code == 404
    assert not [query for query in queries if "wagtailredirects" in query["sql"]]
    with CaptureQueriesContext(connection) as queries:
        missing("/nope/")
    assert [query for query in queries if "wagtailredirects" in query["sql"]]
