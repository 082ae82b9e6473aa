"""A phrase is in one language, and a headline of any direction stays within its own place."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisories.models import AdvisoryArea, Incident, TravelAdvisoryPage
from embassy.fields import Texts
from embassy.models import MissionSettings, Place
from tests.advisories.factories import alert, issue

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FRENCH = "Niveau 4 : Ne pas voyager"
ARABIC = "الطرق مغلقة"


@pytest.fixture
def english_only(site, compiled) -> TravelAdvisoryPage:
    """The advisory, issued in English alone, with an area that has a level of its own."""
    page = TravelAdvisoryPage.objects.get()
    page.texts = [page.texts.get(language="en")]
    page.area_rows = [AdvisoryArea(place=Place.objects.get(site=site, code="ml-4"), level=3)]
    issue(page)
    return page


def shown(client, path: str) -> BeautifulSoup:
    """Give a page as a reader gets it."""
    answer = client.get(path, HTTP_HOST="localhost")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def text_of(part) -> str:
    """Give the text of a part of a page, every space the same."""
    return " ".join(part.get_text(" ").split())


@pytest.mark.parametrize("path", ["/fr/travel-advisory/", "/fr/", "/fr/alerts/", "/fr/emergency/"])
def test_a_level_is_named_in_the_reader_s_language(client, english_only, path):
    page = shown(client, path)
    text = text_of(page)
    assert FRENCH.casefold() in text.casefold()
    assert not re.search("niveau . : (Do Not|Reconsider )", text, re.I)
    for words in page.select(".level__words"):
        assert "Ne pas voyager" in words.get_text() or "Reconsidérer" in words.get_text()


def test_the_levels_of_areas_and_the_description_are_in_it_too(client, english_only):
    page = shown(client, "/fr/travel-advisory/")
    table = text_of(page.select_one("table"))
    assert "Niveau 3 : Reconsidérer" in table and "Reconsider Travel" not in table
    said = page.select_one('meta[name="description"]')["content"]
    assert " ".join(said.split()).startswith(FRENCH)
    assert page.select_one(".indicators")["lang"] == "en"


def test_in_its_own_language_it_reads_as_it_was_issued(client, english_only):
    page = shown(client, "/travel-advisory/")
    assert "Level 4: Do Not Travel" in text_of(page.select_one("#level"))


def test_an_issue_claims_the_languages_it_was_issued_in(client, english_only):
    page = TravelAdvisoryPage.objects.get(pk=english_only.pk)
    names = {issue.pk: name for name, issue in page.issues_by_name.items()}
    claimed = {page.record[0]: set(), page.record[-1]: {"en", "fr"}}
    for one, languages in claimed.items():
        head = shown(client, f"/travel-advisory/{names[one.pk]}/").head
        assert {link["hreflang"] for link in head.select("link[hreflang]")} == languages


@pytest.mark.parametrize("path", ["/", "/alerts/", "/emergency/"])
def test_a_headline_in_a_list_or_sentence_stands_apart(client, site, path):
    now = timezone.now()
    alert(now - HOUR, now + HOUR, title=f"{ARABIC} (Gao)")
    main = shown(client, path).select_one("main")
    found = [one for one in main.find_all(string=lambda text: ARABIC in text)]
    assert found and all(text.parent.name == "bdi" for text in found)


def test_headline_and_words_of_a_page_find_their_own_direction(client, site):
    now = timezone.now()
    incident = Incident.objects.create(site=site, name=Texts(en=ARABIC), begun_on=now.date())
    page = alert(now - HOUR, now + HOUR, title=ARABIC, incident=incident)
    text = page.texts.get()
    text.event = "Open again."
    page.texts = [text]
    issue(page)
    main = shown(client, page.url).select_one("main")
    assert main.h1["dir"] == "auto"
    assert all(p.get("dir") == "auto" for p in main.select(".part p, .part li"))
    link = main.select_one('a[href*="/incidents/"] bdi')
    assert link.get_text() == ARABIC and link["lang"] == "en"
    told = shown(client, f"/incidents/{incident.pk}/").select_one("main")
    assert told.h1["dir"] == "auto" and told.select_one("h2 bdi").get_text() == ARABIC
    replaced = shown(client, f"{page.url}1/").select_one(".notice bdi")
    assert replaced.get_text() == ARABIC


def marked(part, language: str) -> set[str]:
    """Give the texts in a part of a page that say they are in a language."""
    return {" ".join(one.text.split()) for one in part.select(f'[lang="{language}"]')}


def test_what_is_typed_once_is_of_the_language_of_the_first_text(client, site, compiled):
    for path in ("alerts/emergency-message-2012-02-02/", "travel-advisory/"):
        page, source = shown(client, f"/fr/{path}"), shown(client, f"/{path}").select(".sources li")
        titles = {one.select_one("a, cite").text.strip() for one in source}
        assert titles and titles <= marked(page.select_one(".sources"), "en"), path
        assert not shown(client, f"/{path}").select(".sources [lang], .meta [lang]"), path
    assert marked(
        shown(client, "/fr/alerts/emergency-message-2012-02-02/").select_one(".meta"), "en"
    ) == {"U.S. Embassy Bamako, Mali"}


def test_whom_to_call_is_of_the_language_of_the_warning(client, untranslated):
    contact = untranslated.contact_rows.first().contact
    listed = shown(client, f"/fr{untranslated.url}").select_one("main .contacts")
    assert contact.label["en"] in marked(listed, "en")
    told = shown(client, "/fr/alerts/emergency-message-2012-02-02/").select_one("main .contacts")
    assert not told.select("[lang]")
    assert not shown(client, untranslated.url).select("main .contacts [lang]")


@pytest.fixture
def untranslated(site, compiled):
    """An alert in force that was issued in English alone."""
    now = timezone.now()
    return alert(now - HOUR, now + HOUR)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/fr/", ".standing"),
        ("/fr/", ".status"),
        ("/fr/visas/", ".standing"),
        ("/fr/emergency/", ".now"),
    ],
)
def test_what_is_not_in_the_reader_s_language_says_so(client, untranslated, path, where):
    link = shown(client, path).select_one(f'{where} a[href="/fr{untranslated.url}"]')
    words = link.find(string="Roads closed")
    assert words.find_parent(lang=True)["lang"] == "en"
    mark = link.find(string="(en anglais)")
    assert mark.find_parent(lang=True)["lang"] == "fr"
    assert "(en français)" not in text_of(shown(client, path))


@pytest.mark.parametrize("path", ["/", "/visas/", "/emergency/"])
def test_in_the_reader_s_language_nothing_is_marked(client, untranslated, path):
    page = shown(client, path)
    assert "(in English)" not in text_of(page)
    assert not page.select(".standing [lang], .status [lang], .now [lang]")


def test_whom_to_call_is_told_in_the_reader_s_language_too(client, untranslated):
    aside = shown(client, f"/fr{untranslated.url}").select_one("aside")
    [title] = [one for one in aside.select("h2") if "En cas d’urgence" in one.get_text()]
    numbers = title.find_next_sibling("ul")
    assert numbers.select('a[href="tel:+22366752860"]') and not numbers.select("[lang]")
    assert "Urgences" in text_of(numbers)
    alone = shown(client, untranslated.url).select_one("aside")
    assert not [one for one in alone.select("h2") if "In an emergency" in one.get_text()]


def test_an_advisory_that_is_not_in_the_reader_s_language_says_so(client, english_only):
    for path, where in (
        ("/fr/visas/", ".standing"),
        ("/fr/", ".status"),
        ("/fr/emergency/", ".now"),
    ):
        assert "(en anglais)" in text_of(shown(client, path).select_one(where)), path


def test_an_untranslated_warning_is_offered_to_search_engines_as_it_is(client, untranslated):
    page = shown(client, f"/fr{untranslated.url}")
    assert not page.select("head link[hreflang]")
    assert page.select_one(".languages a")["hreflang"] == "en"
    said = page.select_one('meta[name="description"]')["content"]
    assert said.startswith("Ce message est affiché en anglais.")
    assert page.select_one('meta[property="og:description"]')["content"] == said
    text = untranslated.texts.get()
    words = {field: getattr(text, field) for field in ("title", "location", "event", "actions")}
    words["assistance"] = text.assistance
    untranslated.texts.add(type(text)(language="fr", sort_order=1, **words))
    issue(untranslated)
    told = shown(client, untranslated.url).select("head link[hreflang]")
    assert [link["hreflang"] for link in told] == ["en", "fr"]


def test_a_code_names_the_mission_in_the_reader_s_language(client, untranslated):
    mission, row = MissionSettings.objects.get(), untranslated.issued_for("en")
    path, told = f"/fr/verify/{row.issue.code}/", "Émetteur : {}, le"
    assert told.format(mission.name["fr"]) in text_of(shown(client, path))
    mission.name = Texts(en="U.S. Embassy in Timbuktu", fr="Ambassade à Tombouctou")
    mission.save()
    main = shown(client, path).select_one("main")
    assert row.sender in marked(main, "en") and "Tombouctou" not in main.text


@pytest.mark.parametrize("hours", [1, -1])
def test_in_lists_only_its_own_words_are_of_its_language(client, site, compiled, hours):
    now = timezone.now()
    page = alert(now - 3 * HOUR, now + hours * HOUR, title="Market Street is closed")
    listed = shown(client, "/fr/alerts/").select("article.entry")
    entry = next(one for one in listed if "Market Street" in one.text)
    assert not entry.get("lang") and "(en anglais)" in text_of(entry)
    in_english = {one.text for one in entry.select('[lang="en"]')}
    assert in_english == {"Market Street is closed", page.kind.name["en"]}
    kicker = shown(client, f"/fr{page.url}").select_one(".page-header .kicker")
    assert kicker.select_one('[lang="en"]').text == page.kind.name["en"]


def sitemap(client) -> dict[str, str]:
    """Give the day of the last change of each address of the sitemap."""
    text = client.get("/sitemap.xml", HTTP_HOST="localhost").content.decode()
    entries = re.findall(r"<loc>http://localhost([^<]*)</loc>(.*?)</url>", text)
    return {path: re.sub(r"<[^>]*>", "", rest) for path, rest in entries}


def test_the_sitemap_names_a_warning_in_the_languages_it_was_issued_in(
    client, site, django_assert_num_queries
):
    now = timezone.now()
    page = alert(now - HOUR, now + 6 * HOUR)
    drill = alert(now - HOUR, now + 6 * HOUR, status="Exercise")
    path = page.get_url()
    found = sitemap(client)
    assert found[path] == timezone.now().date().isoformat()
    assert f"/fr{path}" not in found and drill.get_url() not in found
    assert found["/fr/alerts/emergency-message-2012-02-02/"]
    with CaptureQueriesContext(connection) as one:
        sitemap(client)
    for _number in range(3):
        alert(now - HOUR, now + 6 * HOUR)
    with django_assert_num_queries(len(one)):
        sitemap(client)
