"""“Did you mean”: words of public pages of this mission and language, and of no others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from advisories.models import AlertIndexPage, AlertText
from embassy.fields import Texts
from embassy.models import ContentPage, SearchWord
from embassy.search import words
from embassy.search.scope import scope_of
from embassy.search.suggestions import letters_between, meant
from embassy.search.words import folded
from tests.advisories.factories import alert, issue
from tests.french import in_french

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def page_under(django_capture_on_commit_callbacks):
    """Makes a page whose words are known at once, as they are after a commit."""

    def make(parent: Page, title: str, text: str = "", **fields) -> ContentPage:
        with django_capture_on_commit_callbacks(execute=True):
            page = ContentPage(title=title, summary=text, locale=parent.locale, **fields)
            parent.add_child(instance=page)
        return page

    return make


def suggested(site, query: str, language: str = "en") -> str:
    """Give what a reader is told they may have meant."""
    return meant(site, scope_of(site, language), query)


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        *(("Okappi", "okapi"), ("okpai", "okapi"), ("okapy", "okapi")),
        *(("oakpi", "okapi"), ("giraffs", "giraffes"), ("segu", "ségou")),
    ],
)
def test_a_slip_of_the_finger_leads_to_the_word(site, home, page_under, typed, there):
    page_under(home, f"One {there.title()}")
    assert suggested(site, typed) == there


def test_accents_are_shown_as_the_page_writes_them(site, home, page_under):
    page_under(in_french(home), "Les Hippopotamés")
    assert suggested(site, "hipopotames", "fr") == "hippopotamés"


def test_who_types_accents_knows_how_the_word_is_written(site, home, page_under):
    page_under(in_french(home), "Le côté nord")
    assert suggested(site, "coûte", "fr") == ""
    assert suggested(site, "côtén", "fr") == "côté"


def test_a_word_that_means_nothing_is_not_offered(site, home, page_under):
    page_under(in_french(home), "La rue sur laquelle elle vient")
    assert suggested(site, "laquellle", "fr") == ""


def test_another_word_is_no_slip(site, home, page_under):
    page_under(in_french(home), "Le zecensement")
    assert suggested(site, "zecrutement", "fr") == ""


def test_the_other_words_of_the_question_stay_as_they_are(site, home, page_under):
    page_under(home, "Okapi of Ségou", text="Striped")
    assert suggested(site, "the STRIPED okappi") == "the STRIPED okapi"
    assert suggested(site, "striped okappi zzzz") == ""


def test_two_slips_are_mended_at_once(site, home, page_under):
    page_under(home, "Okapis and wildebeests")
    assert suggested(site, "okappis wildebests") == "okapis wildebeests"


def test_what_is_meant_is_found_on_one_page(site, home, page_under):
    page_under(home, "Okapi")
    page_under(home, "Wildebeest")
    assert suggested(site, "okappi wildebeest") == ""


@pytest.mark.parametrize("typed", ["xylophone", "qwrt", "", "the", "ok", "&|!", "a" * 200, "😀"])
def test_what_looks_like_nothing_is_not_guessed(site, home, page_under, typed):
    page_under(home, "Phones of Mopti")
    assert suggested(site, typed) == ""


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_words_of_private_pages_are_not_told(site, home, page_under, kind):
    private = page_under(home, "Private")
    page_under(private, "Okapi")
    assert suggested(site, "okappi") == "okapi"
    PageViewRestriction.objects.create(page=private, restriction_type=kind)
    assert suggested(site, "okappi") == ""


def test_words_of_drafts_are_not_told_nor_kept(site, home, page_under):
    page = page_under(home, "Okapi", live=False)
    assert suggested(site, "okappi") == ""
    assert not SearchWord.objects.filter(word="okapi").exists()
    page.title = "Wildebeest"
    page.save_revision()
    assert suggested(site, "wildebest") == ""


def test_words_of_what_is_over_or_gone_are_not_told(
    site, home, page_under, django_capture_on_commit_callbacks
):
    page = page_under(home, "Okapi")
    page.expire_at = timezone.now()
    page.save()
    assert suggested(site, "okappi") == ""
    page.expire_at, page.title = None, "Wildebeest"
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert (suggested(site, "okappi"), suggested(site, "wildebest")) == ("", "wildebeest")
    page.unpublish()
    assert suggested(site, "wildebest") == ""


def test_a_form_of_a_word_that_only_a_draft_has_is_not_told(site, home, page_under):
    page = page_under(home, "Okapis galore")
    page_under(home, "Okapi")
    assert suggested(site, "okapiss") == "okapis"
    page.unpublish()
    assert suggested(site, "okapiss") == "okapi"


def test_words_of_other_missions_and_languages_are_not_told(site, home, dakar, page_under):
    page_under(dakar.root_page, "Okapi")
    assert suggested(dakar, "okappi", "fr") == "okapi"
    assert suggested(site, "okappi") == suggested(site, "okappi", "fr") == ""
    page_under(in_french(home), "Wildebeest")
    assert suggested(site, "wildebest", "fr") == "wildebeest"
    assert suggested(site, "wildebest") == ""


def test_words_of_a_warning_are_told_in_the_language_whose_text_has_them(
    site, page_under, django_capture_on_commit_callbacks
):
    page = alert(NOW, NOW + timedelta(days=1), "Zebras escaped")
    page.texts.add(AlertText(language="fr", title="Des girafes disparues", event="À Ségou."))
    with django_capture_on_commit_callbacks(execute=True):
        issue(page)
    assert suggested(site, "zebrras") == "zebras"
    assert suggested(site, "giraffes disparues", "fr") == "girafes disparues"
    assert suggested(site, "giraffes disparues") == suggested(site, "zebrras", "fr") == ""


def test_words_of_a_list_in_all_languages_are_told_in_their_language(
    site, home, django_capture_on_commit_callbacks
):
    page = AlertIndexPage.objects.child_of(home).get()
    page.titles, page.summaries = Texts(en="Okapis"), Texts(fr="Wildebeest à rayures")
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert (suggested(site, "okappis"), suggested(site, "okappis", "fr")) == ("okapis", "")
    assert (suggested(site, "rayurs"), suggested(site, "rayurs", "fr")) == ("", "rayures")


def test_words_follow_what_is_indexed_and_begin_anew(site, home, page_under):
    page = page_under(home, "Okapi")
    SearchWord.objects.create(site=site, language="en", word="stale", written="stale")
    Page.objects.filter(pk=page.pk).update(title="Okapi and giraffe")
    SearchWord.objects.filter(word="okapi").delete()
    with_words = SearchWord.objects.filter(site=site, language="en")
    assert not with_words.filter(word__in=["okapi", "giraffe"]).exists()
    words.forget_all()
    assert not with_words.exists()


def test_all_is_known_again_after_indexing_all(
    site, home, page_under, django_capture_on_commit_callbacks
):
    page_under(home, "Okapi")
    SearchWord.objects.create(site=site, language="en", word="stale", written="stale")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("update_index", verbosity=0)
    known = SearchWord.objects.filter(site=site, language="en")
    assert known.filter(word="okapi").count() == 1
    assert not known.filter(word="stale").exists()


def test_a_word_is_kept_once_however_often_it_is_indexed(site, home, page_under):
    page_under(home, "Okapi OKAPI Ôkapi")
    page_under(home, "okapi", slug="again")
    assert SearchWord.objects.filter(site=site, word="okapi").count() == 1


def test_the_page_offers_what_was_meant(site, home, page_under, client):
    page_under(home, "Okapi & giraffes")
    for path, sentence in (("/search/", "Did you mean"), ("/fr/search/", "Vouliez-vous dire")):
        text = client.get(path, {"q": "okappi"}, HTTP_HOST="localhost").content.decode()
        assert (sentence in text) == (path == "/search/")
    text = client.get("/search/?q=okappi&kind=news", HTTP_HOST="localhost").content.decode()
    assert '<a href="?q=okapi">okapi</a>' in text


def test_nothing_is_offered_where_something_is_found(site, home, page_under, client):
    page_under(home, "Okapi")
    page_under(home, "Okappi", slug="mistyped")
    text = client.get("/search/?q=okappi", HTTP_HOST="localhost").content.decode()
    assert "1 page found" in text and "Did you mean" not in text


def test_a_suggestion_is_escaped(site, home, page_under, client):
    page_under(home, "Okapi")
    sent = {"q": '"><script>alert(1)</script> okappi'}
    text = client.get("/search/", sent, HTTP_HOST="localhost").content.decode()
    assert "<script>alert" not in text


def test_a_search_without_a_hit_asks_no_more_than_twelve_times(site, home, page_under, client):
    page_under(home, "Okapi")
    address = "/search/?q=okappi"
    client.get(address, HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as queries:
        text = client.get(address, HTTP_HOST="localhost").content.decode()
    assert "Did you mean" in text
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        *(("visa", "visa", 0), ("visa", "vias", 1), ("visa", "viza", 1), ("visa", "isa", 1)),
        *(("visa", "avisa", 1), ("ab", "ba", 1), ("abc", "ca", 3), ("visa", "", 4)),
    ],
)
def test_letters_are_counted(one, other, count):
    assert letters_between(one, other) == letters_between(other, one) == count


@pytest.mark.parametrize(
    ("text", "plain"), [("ÉTUDIANT", "etudiant"), ("e\u0301t", "et"), ("Sœur", "soeur")]
)
def test_words_are_compared_without_accents(text, plain):
    assert folded(text) == plain
