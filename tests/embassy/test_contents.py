"""The list of contents of a page leads to every section, and each section has an id of its own."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from embassy.texts.contents import with_whole_list
from relations.models import FactSheetEdition, RelationsPage


def read(body: str, *listed: tuple[str, str]) -> BeautifulSoup:
    """Give a part of a page with a list of some sections, as readers get it."""
    sections = [{"anchor": anchor, "title": title} for anchor, title in listed]
    contents = render_to_string("components/in_page_nav.html", {"sections": sections})
    return BeautifulSoup(with_whole_list(contents + body), "html.parser")


def lines(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Give the lines of a list of contents: where each leads, and its words."""
    return [(link["href"], link.get_text()) for link in page.select(".toc a")]


def test_sections_are_listed_in_the_order_of_the_page():
    body = '<h2 id="b">B</h2><h2>Questions &amp; <em>answers</em></h2><h3>No</h3><h2 id="s">S</h2>'
    page = read(body, ("b", "B"))
    assert lines(page) == [("#b", "B"), ("#questions-answers", "Questions & answers"), ("#s", "S")]
    assert page.find(id="questions-answers").name == "h2"
    assert "<em>answers</em>" in str(page)


def test_what_was_listed_keeps_its_words_and_its_smaller_parts():
    page = read('<h2 id="a">A, at length</h2><h3 id="p">Part</h3>', ("a", "A"), ("p", "Part"))
    assert lines(page) == [("#a", "A"), ("#p", "Part")]
    assert page.select_one(".toc__level-3").get_text() == "Part"


def test_no_id_stands_twice():
    body = (
        '<p id="call"></p><h2>Call</h2><h2 id="sources">S</h2><h2 id="sources">T</h2><h2>Main</h2>'
    )
    page = read(body, ("sources", "S"))
    assert [h2["id"] for h2 in page.select("h2")[1:]] == [
        "call-2",
        "sources",
        "sources-2",
        "main-2",
    ]
    assert lines(page)[2] == ("#sources-2", "T")


def test_a_title_that_stands_again_is_listed_once():
    page = read('<h2 id="a">Sources</h2><h2 id="b">Sources</h2>', ("a", "Sources"))
    assert lines(page) == [("#a", "Sources")]


def test_a_page_without_a_list_gets_none():
    page = read("<h2>Ségou</h2>")
    assert page.select(".toc") == [] and page.find(id="segou")


@pytest.mark.django_db
@pytest.mark.parametrize("model", [RelationsPage, FactSheetEdition])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_section_of_the_demo_page_is_listed(client, site, model, language):
    found = model.objects.get(locale__language_code=language)
    text = client.get(found.url, HTTP_HOST="localhost").content.decode()
    page = BeautifulSoup(text, "html.parser")
    sections = [h2 for h2 in page.main.select("h2") if h2["id"] != "on-this-page"]
    assert lines(page) == [(f"#{h2['id']}", h2.get_text(strip=True)) for h2 in sections]
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
