"""Addresses of pages: which none may take, where moved ones went, links to one that is gone."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from embassy.addresses import is_kept, kept_words
from embassy.models import ContentPage, MissionSettings
from relations.models import FactSheetEdition
from tests.editor import posted
from tests.french import in_french

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the commit when a block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def below(parent, **fields) -> ContentPage:
    """Publish a plain page below another."""
    page = ContentPage(locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_the_site_keeps_its_own_addresses():
    wanted = {"admin", "django-admin", "documents", "media", "static"}
    assert kept_words() >= wanted | {"search", "leaving", "health", "en", "fr"}
    assert "news" not in kept_words()


@pytest.mark.parametrize("slug", ["search", "admin", "fr", "media", "Leaving"])
def test_no_page_takes_an_address_of_the_site(editor_client, home, slug):
    data = {"title": "Page", "slug": slug, "summary": "", "action-submit": "1"}
    streams = {"body": streamfield([]), "sources": streamfield([])}
    data |= streams | {"comments": inline_formset([])}
    address = f"/admin/pages/add/embassy/contentpage/{home.pk}/"
    response = editor_client.post(address, nested_form_data(data), **HOST)
    assert response.status_code == 200
    assert "The site itself uses the address" in str(response.context["form"].errors["slug"])
    assert not Page.objects.filter(slug__iexact=slug).exists()


def test_a_title_alone_gives_an_address_that_can_be_reached(home, client):
    page = below(home, title="Search")
    assert page.slug == "search-2"
    assert client.get(page.url, **HOST).status_code == 200


def test_the_model_refuses_it_too(home):
    with pytest.raises(ValidationError):
        home.add_child(instance=ContentPage(title="x", slug="media", locale=home.locale))


def test_it_is_no_address_of_the_site_further_down(home, client):
    page = below(below(home, title="Library"), title="Search", slug="search")
    assert not is_kept("search", page.get_parent())
    assert client.get("/library/search/", **HOST).status_code == 200


def test_such_a_page_is_neither_moved_nor_copied_up(editor_client, staff, home):
    page = below(below(home, title="Library"), title="Search", slug="search")
    assert not page.permissions_for_user(staff["public_affairs"]).can_move_to(home)
    data = {"new_title": "Search", "new_slug": "search", "new_parent_page": home.pk}
    response = editor_client.post(f"/admin/pages/{page.pk}/copy/", data, **HOST)
    assert "The site itself uses" in str(response.context["form"].errors["new_slug"])


def rename(page, slug: str) -> None:
    """Publish a page under another slug."""
    page.slug = slug
    page.save_revision().publish()


def test_a_moved_page_is_found_at_its_old_address(home, client, committed):
    library = below(home, title="Library")
    page = below(library, title="Collection")
    with committed():
        rename(library, "reading-room")
    response = client.get("/library/collection/", **HOST)
    assert (response.status_code, response["Location"]) == (301, "/reading-room/collection/")
    page.refresh_from_db()
    with committed():
        page.move(home, pos="last-child")
    for old in ("/reading-room/collection/", "/library/collection/"):
        assert client.get(old, **HOST)["Location"] == "/collection/"
    page.unpublish()
    assert client.get("/library/collection/", **HOST).status_code == 404


def test_a_list_of_alerts_that_moved_is_found_in_every_language(nairobi, client, committed):
    MissionSettings.objects.filter(site=nairobi).update(languages=["en", "fr"])
    index = Page.objects.descendant_of(nairobi.root_page).get(slug="alerts").specific
    with committed():
        rename(index, "messages")  # nothing was issued below it yet
    host = {"HTTP_HOST": nairobi.hostname}
    assert client.get("/alerts/", **host)["Location"] == "/messages/"
    assert client.get("/fr/alerts/", **host)["Location"] == "/fr/messages/"


def test_a_page_of_one_language_does_not_move_into_another(home, client, committed):
    page = below(home, title="Library")
    with committed():
        rename(page, "reading-room")
    assert client.get("/fr/library/", **HOST).status_code == 404


def test_an_old_address_says_nothing_at_another_missions(dakar, home, client, committed):
    page = below(home, title="Library")
    with committed():
        rename(page, "reading-room")
    assert client.get("/library/", HTTP_HOST=dakar.hostname).status_code in (302, 404)
    assert client.get("/fr/library/", HTTP_HOST=dakar.hostname).status_code == 404


def linking_to(target: Page, kind: str = "page") -> str:
    """Give a paragraph with a link as the editor stores it."""
    return f'<p>See <a linktype="{kind}" id="{target.pk}">there</a>.</p>'


def with_paragraphs(home, *texts: str) -> ContentPage:
    """Publish a page of paragraphs."""
    body = [{"type": "paragraph", "value": text} for text in texts]
    return below(home, title="Links", body=json.dumps(body))


def test_a_link_in_a_text_leads_to_its_page_while_that_is_published(home, client):
    target = below(home, title="Target")
    page = with_paragraphs(home, linking_to(target))
    assert 'href="/target/"' in client.get(page.url, **HOST).content.decode()
    target.unpublish()
    seen = client.get(page.url, **HOST).content.decode()
    assert 'href="/target/"' not in seen
    assert "<a>there</a>" in seen


def test_many_links_cost_no_more_queries_than_one(home, client):
    targets = [below(home, title=f"Target {n}") for n in range(12)]
    one = with_paragraphs(home, linking_to(targets[0]))
    many = with_paragraphs(home, *(linking_to(target) for target in targets))
    counts = []
    for page in (one, many):
        client.get(page.url, **HOST)
        with CaptureQueriesContext(connection) as queries:
            seen = client.get(page.url, **HOST).content.decode()
        counts.append(len(queries))
    assert seen.count(">there</a>") == 12
    assert counts[0] == counts[1] <= 12


def test_a_tile_whose_page_is_not_published_is_left_out(home, client):
    visas = Page.objects.get(slug="visas", locale__language_code="en")
    assert 'href="/visas/"' in main_of(client)
    visas.unpublish()
    assert "/visas/" not in main_of(client)


def main_of(client) -> str:
    """Give the home page without what stands around it."""
    return client.get("/", **HOST).content.decode().split("<main", 1)[1].split("</main>")[0]


def test_a_year_that_is_a_slip_is_refused(editor_client, staff, home):
    edition = FactSheetEdition.objects.first()
    data = {**posted(edition, staff["public_affairs"]), "date": "0001-01-01"}
    response = editor_client.post(f"/admin/pages/{edition.pk}/edit/", data, **HOST)
    assert "Check the year" in str(response.context["form"].errors["date"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_is_looked_for_by_what_has_an_index(home, language):
    request = RequestFactory().get("/", **HOST)
    top = home if language == "en" else in_french(home)
    with CaptureQueriesContext(connection) as asked:
        assert top.deepest_match(request, ["alerts", "none"]).slug == "alerts"
    looked = [one["sql"] for one in asked if '"url_path" IN' in one["sql"]]
    # of slugs there is an index, of addresses none
    assert all("\"slug\" IN ('alerts', 'none')" in sql for sql in looked)
    assert len(looked) == (2 if language == "fr" else 1)
