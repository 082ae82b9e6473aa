"""A search narrowed to kinds of pages, by links with counts that need no script."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from embassy.models import ContentPage
from embassy.search.kinds import SearchKind
from embassy.search.view import search_site
from relations.models import NewsIndexPage, NewsPage
from tests.embassy.test_search import many_pages, page_under
from tests.french import in_french

pytestmark = pytest.mark.django_db


@pytest.fixture
def okapis(home):
    """Two plain pages and one of news about okapis."""
    page_under(home, "Okapi")
    page_under(home, "Okapi again")
    page = NewsPage(title="Okapi seen", slug="okapi-seen", locale=home.locale)
    page.date = date(2026, 1, 1)
    NewsIndexPage.objects.child_of(home).get().add_child(instance=page)


def kinds(found: dict) -> list[tuple]:
    """Give (code, count, whether it is chosen) of what a search can be narrowed to."""
    return [(kind.code, kind.count, kind.is_chosen) for kind in found["kinds"]]


def test_all_kinds_are_counted_and_none_is_chosen(site, okapis):
    found = search_site(site, "en", "okapi")
    assert kinds(found) == [("", 3, True), ("news", 1, False), ("pages", 2, False)]
    assert found["of_kind"] == found["total"] == 3


def test_one_kind_lists_only_that_and_counts_all(site, okapis):
    found = search_site(site, "en", "okapi", 1, "news")
    assert [result.title for result in found["results"]] == ["Okapi seen"]
    assert kinds(found) == [("", 3, False), ("news", 1, True), ("pages", 2, False)]
    assert (found["of_kind"], found["total"], found["kind"]) == (1, 3, "news")


@pytest.mark.parametrize("kind", ["", "nothing", "NEWS", "news ", "\x00", "news' OR 1=1"])
def test_a_kind_there_is_not_is_all_kinds(site, okapis, client, kind):
    found = search_site(site, "en", "okapi", 1, kind)
    assert len(found["results"]) == 3 and found["kinds"][0].is_chosen
    sent = {"q": "okapi", "kind": kind}
    assert client.get("/search/", sent, HTTP_HOST="localhost").status_code == 200


def test_a_kind_without_a_hit_says_so_and_leads_to_the_others(site, okapis, client):
    found = search_site(site, "en", "okapi", 1, "officials")
    assert (found["total"], found["of_kind"], len(found["results"])) == (3, 0, 0)
    text = client.get("/search/?q=okapi&kind=officials", HTTP_HOST="localhost").content.decode()
    assert "Nothing of this kind was found." in text and 'href="?q=okapi&amp;kind=news"' in text


def test_hits_of_one_kind_need_no_choice(site, home):
    page_under(home, "Okapi")
    assert search_site(site, "en", "okapi")["kinds"] == []
    assert kinds(search_site(site, "en", "okapi", 1, "pages")) == [
        ("", 1, False),
        ("pages", 1, True),
    ]


def test_pages_of_results_stay_within_the_kind(site, home, okapis, client):
    many_pages(home, "okapi", 25)
    found = search_site(site, "en", "okapi", 3, "pages")
    assert (found["results"].number, len(found["results"]), found["of_kind"]) == (3, 7, 27)
    text = client.get("/search/?q=okapi&kind=pages", HTTP_HOST="localhost").content.decode()
    following = re.search(r'href="([^"]*)" rel="next"', text)[1].replace("&amp;", "&")
    sent = {"q": ["okapi"], "kind": ["pages"], "page": ["2"]}
    assert parse_qs(urlsplit(following).query) == sent


def test_every_link_of_a_kind_leads_to_as_many_as_it_says(site, home, client):
    for language, top in (("en", home), ("fr", in_french(home))):
        page_under(top, "Mali")
        for kind in search_site(site, language, "mali")["kinds"]:
            narrowed = search_site(site, language, "mali", 1, kind.code)
            assert narrowed["of_kind"] == kind.count == narrowed["results"].paginator.count


def test_the_words_of_the_kinds_are_the_reader_s(site, home, okapis, client):
    text = client.get("/search/?q=okapi", HTTP_HOST="localhost").content.decode()
    assert re.search(
        r'<a href="\?q=okapi" aria-current="true"><span[^>]*>All pages</span> <span[^>]*>3<', text
    )
    assert re.search(
        r'<a href="\?q=okapi&amp;kind=news"><span[^>]*>News and events</span> <span[^>]*>1<', text
    )


@pytest.mark.usefixtures("compiled")
def test_the_words_of_the_kinds_are_french_in_french(home, client):
    page_under(in_french(home), "Okapi")
    text = client.get("/fr/search/?q=okapi&kind=pages", HTTP_HOST="localhost").content.decode()
    assert "Toutes les pages" in text and "Autres pages" in text


def test_every_type_of_page_is_of_a_kind(db):
    of_kind = {kind: [] for kind in SearchKind.values}
    for model in get_page_models():
        if model._meta.label != "wagtailcore.Page":
            of_kind[model.search_kind].append(model.__name__)
    assert all(of_kind.values())
    assert sorted(of_kind["pages"]) == ["ContentPage", "HomePage", "RelationsPage"]
    assert ContentPage.search_kind == SearchKind.PAGES


def test_kinds_ask_no_more_often_with_a_thousand_hits(site, home, okapis, client):
    address = "/search/?q=okapi&kind=pages"
    counts = []
    for more in (0, 1000):
        many_pages(home, "okapi", more)
        client.get(address, HTTP_HOST="localhost")
        with CaptureQueriesContext(connection) as queries:
            text = client.get(address, HTTP_HOST="localhost").content.decode()
        assert f"{more + 2:,} pages found" in text
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
