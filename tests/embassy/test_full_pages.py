"""Pages with everything filled ask the database no more than others, however much they link."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from embassy.models import ContentPage
from embassy.pages import BodyMixin
from tests.embassy import full_pages

pytestmark = pytest.mark.django_db
LIMIT = 12


def asked(client, url: str) -> tuple[list[str], str]:
    """Give the queries of the second view of a page, and what it says."""
    client.get(url, HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, HTTP_HOST="localhost")
    assert response.status_code == 200
    return [query["sql"] for query in queries.captured_queries], response.content.decode()


def told(sql: str) -> str:
    """Give a query without the columns it asks for."""
    return (sql.partition(" FROM ")[2] or sql)[:100]


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    """Store the files of the tests in a folder of their own, and remember no sizes of pictures."""
    settings.MEDIA_ROOT = tmp_path
    nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "renditions": nothing}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["content_page", "office_page"])
def test_a_full_page_asks_as_often_with_fifty_links_as_with_ten(client, site, home, language, kind):
    top = home if language == "en" else full_pages.french_home(home)
    found = []
    for many in (10, 50):
        page = getattr(full_pages, kind)(top, full_pages.Targets(top, site, many))
        found.append(asked(client, page.url))
        page.delete()
    (few, _short), (more, html) = found
    main = html.split("<main")[1].split("</main>")[0]
    assert main.count(">there</a>") == 350 and main.count(">Target 49") == 1
    assert len(few) == len(more) <= LIMIT, "\n".join(told(sql) for sql in more)


def test_a_full_body_asks_no_more_on_a_page_of_any_type(client, site, home):
    targets = full_pages.Targets(home, site, 10)
    models = [model for model in get_page_models() if issubclass(model, BodyMixin)]
    seen = 0
    for model in models:
        for page in model.objects.live().descendant_of(home)[:1]:
            page.body = full_pages.body(targets)
            page.save()
            queries, html = asked(client, page.url)
            assert html.count(">there</a>") == 70
            assert len(queries) <= LIMIT, (model, [told(sql) for sql in queries])
            seen += 1
    assert seen >= 6


def test_a_picture_chosen_twice_keeps_the_words_of_each_place(client, site, home):
    image = full_pages.Targets(home, site, 0).images[0]
    blocks = [
        {"type": "picture", "value": {"image": {"image": image.pk, "alt_text": words}}}
        for words in ("By day", "By night")
    ]
    page = full_pages.below(home, ContentPage(title="River", body=json.dumps(blocks)))
    for _view in range(2):
        html = client.get(page.url, HTTP_HOST="localhost").content.decode()
        assert 'alt="By day"' in html and 'alt="By night"' in html


def test_what_is_chosen_and_gone_is_left_out(client, site, home):
    targets = full_pages.Targets(home, site, 2)
    page = full_pages.content_page(home, targets)
    targets.pages[0].unpublish()
    targets.pages[1].delete()
    targets.contacts[0].delete()
    for file in (targets.documents[0], targets.images[0]):  # as nobody can while a page shows it
        type(file).objects.filter(pk=file.pk)._raw_delete("default")
    html = client.get(page.url, HTTP_HOST="localhost").content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    for gone in ("Target 0", "Target 1", "Form 0", "Desk 0"):
        assert gone not in main, gone
    assert "Form 1" in main and "Desk 1" in main
    assert main.count("<a>there</a>") == 14


def test_the_editor_shows_what_was_chosen(editor_client, site, home):
    targets = full_pages.Targets(home, site, 1)
    page = full_pages.content_page(home, targets)
    html = editor_client.get(f"/admin/pages/{page.pk}/edit/", HTTP_HOST="localhost")
    text = html.content.decode()
    for name in ("Target 0", "Form 0", "River 0", "Desk 0"):
        assert name in text, name
