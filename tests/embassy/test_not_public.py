"""Where something is not published nothing leads to it: breadcrumbs, tiles and links in blocks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import Page

from embassy.models import ContentPage

pytestmark = pytest.mark.django_db


def asked(address: str):
    """Give the tree of a page, which must be there."""
    response = Client().get(address, HTTP_HOST="localhost")
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def queries(address: str) -> int:
    """Count the queries of a page that was asked for before."""
    asked(address)
    with CaptureQueriesContext(connection) as counted:
        asked(address)
    return len(counted)


@pytest.fixture
def below(home) -> tuple[Page, Page]:
    """A published page, and one below it."""
    above = home.add_child(instance=ContentPage(title="Above", slug="above"))
    return above, above.add_child(instance=ContentPage(title="Below", slug="below"))


def crumbs(tree) -> list[tuple[str, list[str]]]:
    """Give the words of the breadcrumb, each with the addresses it links to."""
    items = tree.xpath("//nav[@class='breadcrumb']//li")
    return [(item.text_content().strip(), item.xpath(".//a/@href")) for item in items]


def test_the_breadcrumb_names_a_page_that_is_not_published_without_a_link(below):
    above, _page = below
    before = queries("/above/below/")
    assert crumbs(asked("/above/below/")) == [("Home", ["/"]), ("Above", ["/above/"])]
    above.unpublish()
    assert crumbs(asked("/above/below/")) == [("Home", ["/"]), ("Above", [])]
    assert Client().get("/above/", HTTP_HOST="localhost").status_code == 404
    assert queries("/above/below/") == before


def test_no_list_of_the_demo_leaves_a_link_to_itself_behind(home):
    for above in home.get_children().live().specific():
        child = above.get_children().live().first()
        if child is None:
            continue
        above.unpublish()
        response = Client().get(child.url, HTTP_HOST="localhost")
        assert response.status_code == 200, child.url
        tree = html.fromstring(response.content.decode())
        dead = tree.xpath(f"//nav[@class='breadcrumb']//a[@href='{above.url}']")
        dead += tree.xpath(f"//header//a[@href='{above.url}'] | //footer//a[@href='{above.url}']")
        assert not dead, above


def with_tiles(home, *links: dict) -> None:
    """Publish a home page with a tile for each link."""
    rows = [{"type": "tile", "value": {"title": "A tile", "link": link}} for link in links]
    home.tiles = home.tiles.stream_block.to_python(rows)
    home.save()


def tiles() -> list[str]:
    """Give where the tiles of the home page lead."""
    tree = asked("/")
    found = tree.xpath("//li/article[@class='tile']")
    leading = tree.xpath("//li/article[@class='tile']//a/@href")
    assert len(found) == len(leading)
    return leading


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_a_tile_goes_with_the_page_it_leads_to(home, below, way):
    above, _page = below
    visas = home.get_children().get(slug="visas")
    with_tiles(home, {"page": above.pk}, {"page": visas.pk})
    before = queries("/")
    assert tiles() == ["/above/", "/visas/"]
    getattr(Page.objects.get(pk=above.pk), way)()
    assert tiles() == ["/visas/"]
    assert queries("/") == before
    getattr(Page.objects.get(pk=visas.pk), way)()
    assert tiles() == []
    assert "What people come for" not in asked("/").text_content()


def test_a_tile_that_leads_nowhere_is_left_out(home):
    with_tiles(home, {"words": "Nothing"}, {"address": "javascript:alert(1)"})
    assert tiles() == []


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_links_of_blocks_and_texts_lead_to_nothing_that_is_gone(home, below, way):
    above, _page = below
    text = f'<p><a linktype="page" id="{above.pk}">In a text</a></p>'
    links = {"title": "", "links": [{"words": "In a list", "page": above.pk}]}
    page = ContentPage(title="Reading", slug="reading")
    page.body = page.body.stream_block.to_python(
        [{"type": "paragraph", "value": text}, {"type": "links", "value": links}]
    )
    home.add_child(instance=page)
    assert asked("/reading/").xpath("//main//a[@href='/above/']")
    getattr(Page.objects.get(pk=above.pk), way)()
    tree = asked("/reading/")
    assert not tree.xpath("//a[@href='/above/']")
    assert "In a text" in tree.text_content()
