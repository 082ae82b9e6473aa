"""A search that finds nothing helps; what was searched for is kept nowhere."""

import logging

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from lxml import html

from embassy.models import MissionSettings
from tests.embassy.test_search import page_under
from tests.french import in_french

pytestmark = pytest.mark.django_db
WORD = "zxqokapi"


def read(client, address: str) -> str:
    """Read a page as a reader."""
    answer = client.get(address, HTTP_HOST="localhost")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("query", [WORD, "the", "%00", "a" * 5000, "%D8%B4%D8%A7%D8%B1%D8%B9"])
def test_who_finds_nothing_is_shown_the_ways_on(site, home, client, query):
    text = read(client, f"/search/?q={query}").split("<main")[1]
    for words in ("What people come for", "In an emergency", "/sections-offices/"):
        assert words in text, words
    assert 'href="tel:+22366752860"' in text
    tiles = [tile.value["title"] for tile in home.specific.ways_on]
    assert tiles and all(title.replace("&", "&amp;") in text for title in tiles)


@pytest.mark.usefixtures("compiled")
def test_who_finds_nothing_is_shown_the_ways_on_in_french(site, home, client):
    text = read(client, f"/fr/search/?q={WORD}").split("<main")[1]
    for words in ("Accès rapides", "En cas d’urgence", 'href="/fr/'):
        assert words in text, words


@pytest.mark.usefixtures("compiled")
def test_names_in_two_languages_are_advised_where_the_mission_speaks_two(site, dakar, client):
    assert "or the French or English name." in read(client, f"/search/?q={WORD}")
    alone = client.get(f"/fr/search/?q={WORD}", HTTP_HOST=dakar.hostname).content.decode()
    assert "Essayez avec moins de mots ou avec d’autres mots." in alone
    assert "français ou anglais" not in alone


ASKS = ["emergency", "the emergency card", "Emergency number", "I need help", "SOS", "112"]
ASKS_IN_FRENCH = ["urgence", "carte d’urgence", "numéro d'urgence", "Au secours", "aidez-moi"]
ASKS_FOR_A_PAGE = ["emergency visa", "police certificate", "help with taxes", "embassy", "number"]


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("query", [*ASKS, *ASKS_IN_FRENCH])
def test_who_asks_for_help_finds_the_card_and_its_numbers_first(site, home, client, query):
    prefix = "/fr" if query in ASKS_IN_FRENCH else ""
    text = read(client, f"{prefix}/search/?q={query}")
    found = html.fromstring(text).xpath("//main//*[@class='results__first']")[0]
    assert found.xpath(".//h2/a/@href") == [f"{prefix}/emergency/"]
    assert "tel:+22366752860" in found.xpath(".//ul//a/@href")
    assert "On no page" not in text and "Did you mean" not in text
    assert "Nothing was found" not in text and "n’a été trouvé" not in text


@pytest.mark.parametrize("query", ["emergency card", "emergency", "I need help"])
def test_the_card_costs_no_more_than_twelve_questions(site, home, client, query):
    read(client, f"/search/?q={query}")
    with CaptureQueriesContext(connection) as queries:
        assert 'class="results__first"' in read(client, f"/search/?q={query}")
    assert len(queries) <= 12


@pytest.mark.parametrize("query", [*ASKS_FOR_A_PAGE, "", "the"])
def test_who_asks_for_anything_else_finds_pages(site, home, client, query):
    text = read(client, f"/search/?q={query}").split("<main")[1].split("</main>")[0]
    assert 'href="/emergency/"' not in text


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("query", ["les", "quels sont les", "dont", "où et quand", "comment"])
def test_french_words_that_mean_nothing_find_nothing_and_a_sentence_says_so(site, client, query):
    text = read(client, f"/fr/search/?q={query}").split("<main")[1]
    assert (
        "ou des signes seuls ne donnent aucun résultat" in text and "Vouliez-vous dire" not in text
    )


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    "query", ["les zxqokapis", "Quels zxqokapis", "où sont donc les zxqokapi ?"]
)
def test_french_words_that_mean_nothing_are_not_asked_of_pages(site, home, client, query):
    page_under(in_french(home), f"Un {WORD}")
    assert "1 page trouvée" in read(client, f"/fr/search/?q={query}")


def test_ways_on_are_not_in_the_way_of_what_is_found(site, home, client):
    page_under(home, WORD)
    text = read(client, f"/search/?q={WORD}").split("<main")[1].split("</main>")[0]
    assert "What people come for" not in text and "In an emergency" not in text


def test_a_mission_whose_home_has_no_tiles_shows_its_menu(dakar, client):
    text = client.get(f"/fr/search/?q={WORD}", HTTP_HOST="dakar.localhost").content.decode()
    main = text.split("<main")[1].split("</main>")[0]
    assert 'class="tiles"' not in main and 'href="/fr/' in main


def test_the_other_language_is_named_when_it_has_hits(site, home, client):
    page_under(in_french(home), f"{WORD} & co")
    text = read(client, f"/search/?q={WORD}")
    assert f'<a href="/fr/search/?q={WORD}" hreflang="fr">1 page found in French</a>' in text
    assert "found in" not in read(client, f"/search/?q={WORD}xyz")
    in_french(home).unpublish()
    assert "found in" not in read(client, f"/search/?q={WORD}")


def test_words_that_nobody_searches_for_are_not_looked_for_in_another_language(site, home, client):
    page_under(home, "Le and et")
    page_under(in_french(home), "The and of")
    for path in ("/search/?q=the+of", "/fr/search/?q=le+et"):
        assert "/search/?q=" not in read(client, path).split("<main")[1].split("</main>")[0], path


def test_a_language_that_the_mission_does_not_speak_is_not_named(site, home, client):
    page_under(in_french(home), WORD)
    MissionSettings.objects.filter(site=site).update(languages=["en"])
    assert "found in" not in read(client, f"/search/?q={WORD}")


def test_words_of_any_direction_leave_the_sentence_as_it_is(site, home, client):
    assert "“<bdi>شارع</bdi>”" in read(client, "/search/?q=%D8%B4%D8%A7%D8%B1%D8%B9")
    page_under(home, "شارع السفارة")
    assert "for “<bdi>شارع</bdi>”" in read(client, "/search/?q=%D8%B4%D8%A7%D8%B1%D8%B9")


def test_no_cache_on_the_way_keeps_an_answer_and_no_page_is_told_the_words(site, client):
    answer = client.get(f"/search/?q={WORD}", HTTP_HOST="localhost")
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert "X-Accel-Expires" not in answer
    assert answer["Referrer-Policy"] == "strict-origin"
    empty = client.get("/search/", HTTP_HOST="localhost")
    assert "public" in empty["Cache-Control"]


@pytest.mark.parametrize(
    ("here", "there"), [("/search/", "/fr/search/"), ("/fr/search/", "/search/")]
)
def test_the_other_language_has_the_same_search_from_its_first_page(site, client, here, there):
    def led_to(asked: str) -> list[str]:
        page = html.document_fromstring(read(client, f"{here}{asked}"))
        return page.xpath("//nav[@class='languages']//a/@href")

    assert led_to("?q=Mali") == [f"{there}?q=Mali"]
    assert led_to("?q=S%C3%A9gou+%26+Mopti&kind=news") == [
        f"{there}?q=S%C3%A9gou+%26+Mopti&kind=news"
    ]
    assert led_to("?q=Mali&page=2") == [f"{there}?q=Mali"]
    assert led_to("?page=2") == led_to("") == [there]


def test_what_is_searched_for_is_stored_nowhere_and_stands_in_no_log(site, home, client, caplog):
    page_under(home, "Something")
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.INFO)  # writes no log when served
        for path in ("/search/", "/fr/search/"):
            for query in (WORD, f"{WORD}  mali", f"{WORD}&kind=news", WORD * 60):
                read(client, f"{path}?q={query}")
    assert WORD not in caplog.text
    kept = [model._meta.label for model in apps.get_models() if has_a_row_with(model, WORD)]
    assert kept == []


def has_a_row_with(model: type, word: str) -> bool:
    """Tell whether any column of a table has a word in it."""
    if not model._meta.managed or model._meta.proxy:
        return False
    columns = [f.attname for f in model._meta.local_concrete_fields]
    rows = model._base_manager.annotate(
        **{f"as_text_{name}": Cast(name, models.TextField()) for name in columns}
    )
    wanted = Q()
    for name in columns:
        wanted |= Q(**{f"as_text_{name}__contains": word})
    return rows.filter(wanted).exists()


def test_a_row_with_the_word_would_be_seen(site, home):
    page_under(home, WORD)
    assert has_a_row_with(apps.get_model("wagtailcore.Page"), WORD)
