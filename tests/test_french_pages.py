"""What French readers see of the demo site is French, and set as French is."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import formats, translation
from wagtail.models import Page

from advisories.models import Issued
from embassy.clock import hours
from embassy.demo.french import catalog
from embassy.models import ContactPoint, MissionSettings, Place, Schedule
from embassy.translations import memory
from sections.models import Post
from tests.french import in_french
from tests.reading import strings
from tests.typography import NOT_FRENCH, flawed, flaws

pytestmark = pytest.mark.django_db

PAGES = [
    "/fr/alerts/",
    "/fr/alerts/emergency-message-2012-02-02/",
    "/fr/travel-advisory/",
    "/fr/search/",
    "/fr/search/?q=Mali",
    "/fr/search/?q=xyzzy",
    "/fr/search/?q=le",
    "/fr/nothing/here/",
]
ELSEWHERE = ("body [lang]:not([lang=fr])", ".sources")
"""What is in another language: text that says so, and what is quoted from English sources."""

SAMPLES = {
    "a straight apostrophe": "l'ambassade",
    "straight or English quotation marks": "“Bamako”",
    "a sign that can begin a line": "Attention !",
    "a colon without its space": "Niveau 4: danger",
    "quotation marks without their spaces": "«Bamako»",
    "a percent sign without its space": "87 %",
    "a decimal point": "80.5",
    "thousands as in English": "1,234",
    "a first day without its ending": "le 1 juin 2026",
    "an article that is not elided": "heure de Abidjan",
}


@pytest.mark.parametrize("flaw", NOT_FRENCH)
def test_each_flaw_is_seen(flaw):
    assert flaw in flaws(SAMPLES[flaw])
    whole = "Niveau\u00a04\u00a0: «\u00a0l’heure d’Abidjan\u00a0», 80,5\u00a0% le 1er juin\u00a0?"
    assert flaws(whole) == []


def texts_of(html: str) -> Iterator[str]:
    """Give what a French page says in French, a text for each element."""
    page = BeautifulSoup(html, "html.parser")
    for element in page.select(", ".join(ELSEWHERE)):
        element.decompose()
    for element in page.find_all(
        ["p", "li", "dt", "dd", "h1", "h2", "h3", "th", "td", "a", "span"]
    ):
        yield re.sub(r"[ \n]+", " ", element.get_text()).strip(" \n")
    for attribute in ("aria-label", "alt"):
        yield from (element[attribute] for element in page.select(f"[{attribute}]"))


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_set_as_french_is(client, compiled, path):
    html = client.get(path, HTTP_HOST="localhost").content.decode()
    assert '<html lang="fr"' in html
    assert flawed(texts_of(html)) == {}


ENGLISH = re.compile(r"\b(the|and|of|to|with|for|is|are|was|which|from|by|this|that|in)\b", re.I)
QUOTED = re.compile(r"«[^»]*»|\([^)]*\)|https?://\S+")
"""Titles, names and addresses that a French text gives as they are."""


def is_english(text: str) -> bool:
    """Whether a text reads like an English sentence, what it quotes apart."""
    return len(ENGLISH.findall(QUOTED.sub("", text))) > 2


def test_an_english_sentence_is_seen():
    assert is_english("The Consular Section serves U.S. citizens in Mali, and is open to all.")
    assert not is_english("La loi (the Privacy Act of 1974) s’applique par « the text of it ».")


def test_the_titles_of_sources_are_read_aloud_in_their_language(site, client, compiled):
    heard = set()
    for page in Page.objects.live().filter(locale__language_code="fr"):
        html = client.get(page.url, HTTP_HOST="localhost").content
        for source in BeautifulSoup(html, "html.parser").select(".sources li > :first-child"):
            [title] = source.select("[lang=en]")
            assert title.text == source.text, page.url
            heard.add(title.text)
    assert {"Sections & Offices", "U.S. Relations With Mali"} <= heard
    html = client.get("/sections-offices/", HTTP_HOST="localhost").content
    assert not BeautifulSoup(html, "html.parser").select(".sources [lang]")


def test_every_page_of_the_demo_site_is_in_french(site, client, compiled):
    english = site.root_page.get_descendants(inclusive=True).live()
    keys = {p.translation_key for p in english if not p.specific_class.in_all_languages}
    pages = Page.objects.live().filter(locale__language_code="fr", translation_key__in=keys)
    assert len(pages) == len(keys) > 30
    told = {}
    for page in pages:
        html = client.get(page.url, HTTP_HOST="localhost").content.decode()
        assert '<html lang="fr"' in html, page.url
        texts = list(texts_of(html))
        found = [text for text in texts if is_english(text)], flawed(texts)
        if any(found):
            told[page.url] = found
    assert told == {}


def test_the_catalogs_of_the_demo_site_have_no_text_too_many_or_too_few(site):
    english = site.root_page.get_descendants(inclusive=True).live()
    pages = [page.specific for page in english if not page.specific_class.in_all_languages]
    needed = {text for page in pages for text in memory.texts_of(page)}
    given = {text for _field, text in catalog()}
    assert needed - given == set()
    assert given - needed == set()
    assert all(catalog().values())


def test_words_of_the_demo_mission_are_set_as_french_is(site, compiled):
    rows = [MissionSettings.for_site(site)]
    for model in (ContactPoint, Schedule, Place, Post):
        rows += model.objects.for_site(site)
    texts = [t.get("fr", "") for row in rows for t in vars(row).values() if isinstance(t, dict)]
    for row in Issued.objects.filter(site=site, language="fr"):
        quoted = ("sources", "contacts")
        told = {name: part for name, part in row.content.items() if name not in quoted}
        texts += [re.sub("<[^>]+>", "", text) for text in strings(told)]
    assert len(texts) > 50
    assert flawed(texts) == {}


@pytest.mark.parametrize(
    "calendar", ["FR", "ML", "SN", "US"]
)  # the package speaks others in English
def test_names_of_holidays_are_set_as_french_is(compiled, calendar):
    with translation.override("fr"):
        days = hours.holidays_between([calendar], date(2024, 1, 1), date(2028, 12, 31))
    names = {day.name for day in days}
    assert len(names) > 10
    assert flawed(names) == {}
    assert not [name for name in names if "Day" in re.sub(r"\(.*\)", "", name)]


@pytest.mark.parametrize(
    ("day", "format", "words"),
    [
        (date(2026, 6, 1), "DATE_FORMAT", "1er juin 2026"),
        (date(2026, 6, 2), "DATE_FORMAT", "2 juin 2026"),
        (date(2026, 6, 11), "DATE_FORMAT", "11 juin 2026"),
        (date(2026, 6, 21), "DATE_FORMAT", "21 juin 2026"),
        (date(2026, 8, 1), "MONTH_DAY_FORMAT", "1er août"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal(day, format, words):
    with translation.override("fr"):
        assert formats.date_format(day, format) == words
    assert formats.date_format(date(2026, 6, 1), "DATE_FORMAT") == "June 1, 2026"
    assert formats.date_format(date(2026, 6, 2), "jS F") == "2nd June"


def test_figures_are_written_as_in_french():
    with translation.override("fr"):
        assert formats.number_format(1234567.5, 1, force_grouping=True) == ("1\u00a0234\u00a0567,5")


def description(html: str) -> str:
    """Give what a page tells search engines of itself."""
    return BeautifulSoup(html, "html.parser").find("meta", {"name": "description"})["content"]


def test_warnings_are_summed_up_in_the_reader_s_language(client, compiled):
    path = "/alerts/emergency-message-2012-02-02/"
    in_french = client.get(f"/fr{path}", HTTP_HOST="localhost").content.decode()
    in_english = client.get(path, HTTP_HOST="localhost").content.decode()
    begins = "Ce message informe les citoyens américains du conflit en cours au Mali"
    kept = "Message conservé pour mémoire\u00a0; il n’est plus en vigueur."
    assert description(in_french).startswith(f"{kept} {begins}")
    kept = "Kept for the record; no longer in force."
    assert description(in_english).startswith(f"{kept} Violent protests spread from Kati")
    answer = client.get("/fr/search/?q=Mali", HTTP_HOST="localhost").content.decode()
    found = re.sub("</?mark>", "", answer)
    assert begins in found and "Ne vous rendez au Mali sous aucun prétexte" in found
    assert "Violent protests" not in found and "Do not travel" not in found


def way_home(client, path: str) -> tuple[str, str, str | None]:
    """Give the words of the way home, where it leads, and the language it names."""
    html = client.get(path, HTTP_HOST="localhost").content.decode()
    crumb = BeautifulSoup(html, "html.parser").select_one(".breadcrumb li a")
    return crumb.text, crumb["href"], crumb.get("hreflang")


def test_the_way_home_from_a_warning_is_to_home_in_the_reader_s_language(client, compiled, home):
    for path in ("/alerts/", "/travel-advisory/"):
        assert way_home(client, f"/fr{path}") == ("Accueil", "/fr/", None)
        assert way_home(client, path) == ("Home", "/", None)


def test_the_way_home_says_when_home_is_in_another_language(client, compiled, home):
    in_french(home).unpublish()
    assert way_home(client, "/fr/alerts/") == ("Accueil (en anglais)", "/", "en")
    assert way_home(client, "/alerts/") == ("Home", "/", None)


def test_home_is_home_where_french_is_the_first_language(client, compiled, dakar):
    html = client.get("/fr/alerts/", HTTP_HOST="dakar.localhost").content.decode()
    assert BeautifulSoup(html, "html.parser").select_one(".breadcrumb li a").text == "Accueil"


def test_a_holiday_is_told_with_its_country_in_each_language(client, compiled, home):
    for path, countries in (("/", "Mali|United States"), ("/fr/", "Mali|États-Unis")):
        html = client.get(path).content.decode()
        holidays = BeautifulSoup(html, "html.parser").select(".status p > time")
        assert len(holidays) == 1, path
        assert re.search(rf" \(({countries})\)", holidays[0].parent.text), path


def test_what_an_office_lists_says_its_language_and_its_size_in_french(client, compiled):
    path = "/sections-offices/department-of-state/political-and-economic-section/"
    path += "economic-and-commercial-section/"
    for there, language, stated in ((f"/fr{path}", "en", "115\u00a0Ko"), (path, None, "115KB")):
        html = client.get(there).content.decode()
        [listed] = BeautifulSoup(html, "html.parser").select(".documents li")
        title = listed.find(string="Self Help Fund Application Form").parent
        assert title.get("lang") == language and f"PDF, {stated}." in listed.text


def test_a_post_behind_a_name_begins_small(client, compiled):
    html = client.get("/fr/officials/").content.decode()
    chiefs = [" ".join(li.text.split()) for li in BeautifulSoup(html, "html.parser").select("li")]
    assert any(text.startswith("Gillian Milovanovic, ambassadeur :") for text in chiefs)


def test_hours_are_a_french_sentence(site, compiled):
    with translation.override("fr"):
        row = Schedule.objects.for_site(site).get(name__fr="Informations de sécurité par téléphone")
        assert row.in_words() == (
            "Du lundi au vendredi de 8\u00a0h à 20\u00a0h (heure de l’Est),"
            " sauf les jours fériés fédéraux des États-Unis"
        )
        week = [f"{r.days} {r.hours}" for r in hours.week(row.as_hours())]
    assert week == ["du lundi au vendredi de 8\u00a0h à 20\u00a0h", "samedi et dimanche Fermé"]
