"""A question of which no page has all the words: what has some of them is shown, and says so."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from embassy.models import ContentPage, PromotedResult
from embassy.search.around import WORDS, look_around
from embassy.search.scope import scope_of
from embassy.search.view import search_site
from tests.french import in_french

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def page_under(parent, title: str, text: str = "") -> ContentPage:
    """Make a public page."""
    page = ContentPage(title=title, summary=text, locale=parent.locale)
    return parent.add_child(instance=page)


def words_of(site, question: str) -> tuple[list[str], list[str]]:
    """Give the words of a question that some page has, and those that none has."""
    around = look_around(scope_of(site, "en"), question, [])
    return around.had, around.missing


@pytest.fixture
def zoo(home, django_capture_on_commit_callbacks):
    """Two pages of which each has other words, known as they are after a commit."""
    with django_capture_on_commit_callbacks(execute=True):
        okapis = page_under(home, "Okapis", "Striped at Ségou")
        zebras = page_under(home, "Zebras", "Striped")
    return okapis, zebras


def titles(found: dict) -> list[str]:
    """Give what was found."""
    return [one.title for one in found["results"]]


def test_pages_with_some_of_the_words_are_shown_the_closest_first(site, zoo):
    found = search_site(site, "en", "how to obtain a striped okapi", 1)
    assert titles(found) == ["Okapis", "Zebras"]
    assert found["is_some"] and found["missing"] == ["obtain"]
    assert "<mark>Striped</mark>" in found["results"][1].excerpt


def test_where_a_page_has_all_of_them_no_other_is_shown(site, zoo):
    found = search_site(site, "en", "the striped okapi", 1)
    assert titles(found) == ["Okapis"]
    assert not found["is_some"] and not found["missing"]


@pytest.mark.parametrize("query", ["xylophone", "xylophone quagga", "the", "okapii", "", "&|!"])
def test_where_no_word_is_on_any_page_nothing_is_shown(site, zoo, query):
    found = search_site(site, "en", query, 1)
    assert titles(found) == [] and not found["is_some"]


def test_words_that_most_pages_have_do_not_count_beside_others(site, zoo):
    # “embassy” is on most pages of the demo site
    assert words_of(site, "embassy okapi") == (["okapi"], [])
    assert words_of(site, "embassy quagga") == (["embassy"], ["quagga"])


def test_of_words_that_are_nowhere_those_like_others_are_mended(client, site, zoo):
    text = client.get("/search/?q=obtain+an+okapiss", **HOST).content.decode()
    assert "Nothing was found" in text and "obtain an okapis</a>" in text
    assert "What people come for" in text


def test_a_word_that_some_page_has_is_not_mended(client, site, zoo, home):
    page_under(home, "Host of the zoo, and a boat that was lost")
    text = client.get("/search/?q=lost+quagga", **HOST).content.decode()
    assert "On no page: quagga" in " ".join(text.split())
    assert "Did you mean" not in text


def test_where_staff_put_a_page_first_nothing_is_said_of_single_words(client, site, zoo):
    PromotedResult.objects.create(site=site, language="en", words="lost zebra", page=zoo[1])
    text = client.get("/search/?q=lost+zebra", **HOST).content.decode()
    assert "Recommended" in text and "Nothing else was found" in text
    assert "No page has all" not in text and "Did you mean" not in text


def test_words_of_private_pages_are_missing(site, zoo, home):
    private = page_under(home, "Quagga")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert words_of(site, "okapi quagga") == (["okapi"], ["quagga"])


@pytest.mark.parametrize(
    "query", ["okapi or quagga", "okapi | quagga", '"okapi" -quagga', "okapi & !quagga:*"]
)
def test_no_sign_of_a_question_is_an_operator(site, zoo, query):
    assert titles(search_site(site, "en", query, 1)) == ["Okapis"]


def test_only_so_many_words_are_looked_at(site, zoo):
    asked = " ".join(f"q{n}" for n in range(WORDS)) + " okapi"
    assert words_of(site, asked)[0] == []
    found = search_site(
        site, "en", "the a an of to in on at by or is it as be so no " + "quagga", 1
    )
    assert found["is_asked"]


def test_readers_are_told_what_was_left_out_and_what_may_have_been_meant(client, site, zoo):
    text = client.get("/search/?q=obtain+striped+travvel", **HOST).content.decode()
    assert "No page has all of these words." in text and "2 pages have some of them" in text
    assert "On no page: obtain, travvel" in " ".join(text.split())
    assert "obtain striped travel</a>" in text


def test_it_is_said_in_french_and_the_other_language_is_offered(client, site, home):
    page_under(in_french(home), "Okapis", "Rayés")
    page_under(home, "Okapi with spots")
    text = client.get("/fr/search/?q=okapi+spots", **HOST).content.decode()
    assert "Aucune page ne contient tous ces mots." in text
    assert 'href="/search/?q=okapi+spots"' in text


@pytest.mark.parametrize("words", ["obtain striped okappi", "advisory zzkq", "alert obtain okappi"])
def test_it_asks_no_more_than_twelve_times(client, site, zoo, words):
    address = f"/search/?{urlencode({'q': words})}"
    client.get(address, **HOST)
    with CaptureQueriesContext(connection) as queries:
        client.get(address, **HOST)
    assert len(queries) <= 12
