"""What is searched of a page: every text that readers see, in the page's language only."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from embassy.demo import under
from embassy.fields import TextsField
from embassy.models import MissionSettings
from embassy.pages import BasePage
from embassy.search.view import search_site
from sections.models import OfficialPage, Term
from tests.french import in_french

pytestmark = pytest.mark.django_db

PAGES = [model for model in apps.get_models() if issubclass(model, BasePage)]
TEXTS = (models.CharField, models.TextField, StreamField, TextsField)
ELSEWHERE = {
    "sources": "What a page cites is not what it is about.",
    "tiles": "Each names another page, which is found itself.",
    "time_zone": "A choice.",
    "questions_to": "Readers are not shown it.",
    "questions_authority": "It stands below the form, not on the page.",
}
"""Texts that are not searched, and why; choices are not either."""


def texts_of(model: type) -> set[str]:
    """Name the texts of a page's own, or of what it is made of, that are not choices."""
    own = [field for field in model._meta.fields if field.model is not Page]
    return {field.name for field in own if isinstance(field, TEXTS) and not field.choices}


@pytest.mark.parametrize("model", PAGES)
def test_every_text_of_a_page_is_searched(model):
    searched = {f.field_name for f in model.search_fields if isinstance(f, index.SearchField)}
    if "issued_text" not in searched:  # of a warning readers see what was issued
        assert texts_of(model) - searched - set(ELSEWHERE) == set()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("eighteen", "/officials/"),
        ("Bureau of African Affairs", "/fact-sheets/us-relations-with-mali/2015-10-15/"),
    ],
)
def test_what_lists_and_editions_say_is_found(site, query, address):
    assert address in [found.url for found in search_site(site, "en", query, 1)["results"]]


@pytest.fixture
def attache(home):
    """An official whose post has a title in both languages, in English and in French."""
    english = under("officials/eric-dalton").specific
    french = in_french(english)
    french.summary = "Cité par une page sans date."
    french.save()
    if not french.terms.exists():
        post = english.terms.get().post
        Term.objects.create(official=french, post=post, source={"fr": "Une page"})
    return english, french


@pytest.mark.parametrize("screen", ["en", "fr"])
def test_a_page_is_indexed_in_its_own_language_whatever_the_screen_s(site, attache, screen):
    with override(screen):
        for page in attache:
            OfficialPage.objects.get(pk=page.pk).save_revision().publish()
    for language, own, other in (
        ("en", "defense attache", "Attaché de défense"),
        ("fr", "attaché de défense", "Defense Attaché"),
    ):
        [found] = [
            one
            for one in search_site(site, language, f"Dalton {own}", 1)["results"]
            if one.title == "Eric Dalton"
        ]
        shown = found.excerpt.replace("<mark>", "").replace("</mark>", "")
        assert other not in shown


@pytest.mark.parametrize(
    ("language", "word", "other"), [("en", "ext.", "poste"), ("fr", "poste", "ext.")]
)
def test_an_extension_is_found_as_readers_of_the_page_read_it(site, home, language, word, other):
    office = under("sections-offices/department-of-defense/defense-attache-office").specific
    with override(language):
        words = office.numbers
    assert f"{word} 2570" in words and other not in words
    with override(None):
        assert "ext. 2570 poste 2570" in office.numbers


def test_the_address_is_told_in_the_language_of_the_page(site):
    mission = MissionSettings.objects.get(site=site)
    with override("fr"):
        assert str(mission.name) in mission.address_in_words
        assert mission.name["en"] not in mission.address_in_words
