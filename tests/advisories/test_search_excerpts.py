"""A warning that search finds shows the words it was found by, in the reader's language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from embassy.search.view import search_site
from tests.advisories.factories import alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(site):
    """An alert in force whose summary is how its event begins."""
    now = timezone.now()
    return alert(now, now + timedelta(days=1), title="Roads closed at Kati")


def excerpt_of(site, language: str, words: str, page) -> str:
    """Give what search shows below a page's title."""
    found = search_site(site, language, words, 1)["results"]
    [excerpt] = [one.excerpt for one in found if one.title == page.title]
    return excerpt


def test_words_of_the_summary_are_marked_in_it(site, closed):
    assert excerpt_of(site, "en", "roads", closed) == "<mark>Roads</mark> are closed."


def test_words_below_the_summary_are_shown_where_they_stand_without_marks_of_lists(site, closed):
    excerpt = excerpt_of(site, "en", "avoiding centers", closed)
    assert "<mark>Avoid</mark> the <mark>center</mark>" in excerpt
    assert "- " not in excerpt


def test_a_warning_in_one_language_is_shown_to_readers_of_the_other_too(site, closed):
    assert "<mark>Kati</mark>" in excerpt_of(site, "fr", "Kati", closed)


@pytest.mark.parametrize(("language", "words"), [("en", "terrorism hostage"), ("fr", "otage")])
def test_the_advisory_shows_the_risk_that_was_asked_for(site, language, words):
    found = search_site(site, language, words, 1)["results"]
    [advisory] = [one for one in found if one.url.endswith("/travel-advisory/")]
    assert "<mark>" in advisory.excerpt
