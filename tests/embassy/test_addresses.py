"""Addresses of pages: which none may take, where moved ones went, links to one that is gone."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from advisories.models import AlertIndexPage, Issued, TravelAdvisoryPage
from embassy.links.addresses import is_kept, kept_words
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


def sent(client, parent, slug: str):
    """Send the editor's form of a new plain page."""
    data = {"title": "Page", "slug": slug, "summary": "", "action-submit": "1"}
    streams = {"body": streamfield([]), "sources": streamfield([])}
    data |= streams | {"comments": inline_formset([])}
    address = f"/admin/pages/add/embassy/contentpage/{parent.pk}/"
    return client.post(address, nested_form_data(data), **HOST)


@pytest.mark.parametrize("slug", ["search", "admin", "fr", "media", "Leaving"])
def test_no_page_takes_an_address_of_the_site(editor_client, home, slug):
    response = sent(editor_client, home, slug)
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
    assert len(looked) == 1


# Pages that are one record in all languages


@pytest.fixture
def french_home(home) -> Page:
    """The home page below which no such page stands, and all of them answer."""
    return in_french(home)


def draft(model, parent, slug: str):
    """Store a page of one's own that nobody let out, past what forms and models refuse."""
    page = model(locale=parent.locale, live=False, title="Niveau 1", slug=f"free-{slug}")
    page.full_clean = lambda *args, **kwargs: None
    parent.add_child(instance=page)
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{parent.url_path}{slug}/")
    return model.objects.get(pk=page.pk)


@pytest.mark.parametrize("slug", ["alerts", "travel-advisory"])
def test_no_draft_stands_before_the_warnings(french_home, client, slug):
    paths = [f"/fr/{slug}/", *(row.page.url for row in Issued.objects.filter(language="fr"))]
    before = {path: client.get(path, **HOST).status_code for path in paths}
    assert len(before) > 2 and set(before.values()) == {200}
    draft(ContentPage, french_home, slug=slug)
    draft(AlertIndexPage, french_home, slug=f"{slug}-2")
    assert {path: client.get(path, **HOST).status_code for path in paths} == before
    assert client.get(f"/fr/{slug}-2/", **HOST).status_code == 404


@pytest.mark.parametrize("model", [AlertIndexPage, TravelAdvisoryPage])
def test_what_is_one_in_all_languages_is_made_in_the_first_one(staff, french_home, model):
    client = Client()
    client.force_login(staff["duty_officer"])
    assert not model.can_create_at(french_home)
    name = model._meta.app_label, model._meta.model_name
    address = reverse("wagtailadmin_pages:add", args=[*name, french_home.pk])
    assert client.get(address, **HOST).status_code in (302, 403)
    with pytest.raises(ValidationError, match="first language"):
        french_home.add_child(instance=model(title="Niveau 1", slug="x", locale=french_home.locale))


def test_nor_is_it_moved_below_another_language(site, french_home):
    for model in (AlertIndexPage, TravelAdvisoryPage):
        page = model.objects.child_of(site.root_page).get()
        model.objects.filter(pk=page.pk).update(slug="elsewhere")
        assert not model.objects.get(pk=page.pk).can_move_to(french_home)


@pytest.mark.parametrize("slug", ["alerts", "travel-advisory"])
def test_its_address_is_taken_below_every_home(editor_client, french_home, slug):
    assert is_kept(slug, french_home)
    answer = sent(editor_client, french_home, slug)
    assert "The site itself uses the address" in str(answer.context["form"].errors["slug"])
    assert not french_home.get_children().filter(slug=slug).exists()


def test_a_draft_of_a_list_of_alerts_can_be_deleted(staff, french_home, site):
    page = draft(AlertIndexPage, french_home, slug="x")
    assert page.permissions_for_user(staff["public_affairs"]).can_delete()
    listed = AlertIndexPage.objects.child_of(site.root_page).get()
    assert not listed.permissions_for_user(staff["public_affairs"]).can_delete()
