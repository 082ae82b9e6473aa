"""Search finds everything public of one mission, in the reader's language, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from advisories.models import AlertIndexPage, AlertText
from embassy.fields import Texts
from embassy.models import ContactPoint, ContentPage, MissionSettings, User
from embassy.search.asked import LONGEST
from embassy.search.excerpts import MARKS, Cut
from embassy.search.ranking import LISTED
from embassy.search.view import search_site
from relations.models import NewsIndexPage, NewsPage
from tests.advisories.factories import alert, issue
from tests.french import in_french

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def page_under(parent: Page, title: str, text: str = "", **fields) -> ContentPage:
    """Make a page with a paragraph."""
    page = ContentPage(title=title, summary=text, locale=parent.locale, **fields)
    return parent.add_child(instance=page)


def many_pages(parent: Page, word: str, count: int) -> None:
    """Make many pages quickly, all with a word in their titles."""
    start = parent.get_children().count() + 1
    pages = [
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            title=f"{word} number {number}",
            slug=f"{word}-{number}",
            url_path=f"{parent.url_path}{word}-{number}/",
            locale=parent.locale,
            content_type=parent.content_type,
        )
        for number in range(start, start + count)
    ]
    get_search_backend().add_bulk(Page, Page.objects.bulk_create(pages))


def titles(site, query: str, language: str = "en", page: int | str = 1) -> list[str]:
    """Give the titles that a search finds."""
    return [found.title for found in search_site(site, language, query, page)["results"]]


@pytest.mark.parametrize("written", ["segou", "Ségou", "SÉGOU", "Se\u0301gou"])
@pytest.mark.parametrize("title", ["The okapis of Ségou", "The okapis of Segou"])
def test_accents_and_case_make_no_difference(site, home, written, title):
    page_under(home, title)
    assert titles(site, f"okapi {written}") == [title]


def test_words_of_a_language_are_found_in_any_form(site, home):
    page_under(home, "Zebra crossings")
    page_under(in_french(home), "Les girafes étudiantes")
    assert titles(site, "zebra crossing") == ["Zebra crossings"]
    assert titles(site, "girafe étudiant", "fr") == ["Les girafes étudiantes"]


def test_each_language_finds_its_own_tree(site, home):
    page_under(home, "Okapi in English")
    page_under(in_french(home), "Okapi en français", slug="okapi")
    assert titles(site, "okapi") == ["Okapi in English"]
    french = search_site(site, "fr", "okapi", 1)["results"][0]
    assert (french.title, french.url) == ("Okapi en français", "/fr/okapi/")


def test_each_mission_finds_its_own_pages(site, home, dakar):
    page_under(home, "Okapi of Bamako")
    page_under(dakar.root_page, "Okapi de Dakar")
    assert titles(site, "okapi") == ["Okapi of Bamako"]
    assert titles(dakar, "okapi", "fr") == ["Okapi de Dakar"]
    assert titles(dakar, "okapi", "en") == []


def test_warning_is_found_in_both_languages_by_words_of_each(site):
    page = alert(NOW, NOW + timedelta(days=1), "Zebras escaped")
    page.texts.add(AlertText(language="fr", title="Des girafes disparues", event="À Ségou."))
    issue(page)
    get_search_backend().add(page)  # as after the commit, which tests do not reach
    for language, prefix, queries in (
        ("en", "", ["zebra escaping", "girafes disparues"]),
        ("fr", "/fr", ["girafe disparue", "zebras escaped"]),
    ):
        for query in queries:
            found = search_site(site, language, query, 1)["results"]
            assert [result.url for result in found] == [f"{prefix}/alerts/{page.slug}/"]


def test_page_in_all_languages_words_itself_in_the_readers(site, home):
    page = AlertIndexPage.objects.child_of(home).get()
    page.title, page.titles = "Zebras", Texts(en="Zebras", fr="Zèbres")
    page.summaries = Texts(fr="Les zèbres & leurs rayures")
    page.save()
    found = search_site(site, "fr", "zebras", 1)["results"][0]
    assert found.title == "Zèbres"
    assert found.excerpt == "Les <mark>zèbres</mark> &amp; leurs rayures"


@pytest.mark.parametrize(
    "hidden",
    [{"live": False}, {"expire_at": datetime(2020, 1, 1, tzinfo=UTC)}],
)
def test_draft_and_expired_are_not_found(site, home, hidden):
    page_under(home, "Okapi", expire_at=timezone.now() + timedelta(days=1))
    page_under(home, "Okapi, hidden", **hidden)
    assert titles(site, "okapi") == ["Okapi"]


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_private_pages_and_those_below_are_not_found(site, home, kind):
    private = page_under(home, "Okapi, private")
    page_under(private, "Okapi, below")
    page_under(home, "Okapi, public")
    PageViewRestriction.objects.create(page=private, restriction_type=kind)
    assert titles(site, "okapi") == ["Okapi, public"]


def test_unpublished_change_is_not_found(site, home):
    page = page_under(home, "Okapi")
    page.title = "Secret wombat"
    page.save_revision()
    assert titles(site, "wombat") == []


def test_title_comes_before_text(site, home):
    page_under(home, "Visits", text="An okapi lives here.")
    page_under(home, "Okapi")
    page_under(home, "Opening", text="An okapi eats.")
    assert titles(site, "okapi")[0] == "Okapi"


def test_result_says_what_when_and_where(site, home):
    parent = NewsIndexPage.objects.child_of(home).get()
    day = datetime(2015, 10, 15).date()
    page = NewsPage(title="Okapi", slug="okapi", locale=home.locale, date=day, summary="A visit.")
    parent.add_child(instance=page)
    result = search_site(site, "en", "okapi", 1)["results"][0]
    assert (result.url, result.type_name, result.date) == (page.url, "News", day)


def test_excerpt_marks_the_word_and_escapes_the_rest(site, home):
    page_under(home, "Danger", text='Okapi: <script>alert("1")</script> & \ue000 more')
    excerpt = search_site(site, "en", "okapis", 1)["results"][0].excerpt
    assert excerpt.startswith("<mark>Okapi</mark>: ")
    assert "<script" not in excerpt and excerpt.count("<") == 2
    assert "\ue000" not in excerpt


def test_excerpt_shows_the_words_around(site, home):
    page_under(home, "Zoo", text="Lions. " * 40 + "One okapi of Mopti " + "and lions. " * 40)
    excerpt = search_site(site, "en", "okapi", 1)["results"][0].excerpt
    assert "One <mark>okapi</mark> of Mopti" in excerpt
    assert excerpt.endswith("…")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("", "One okapi"),
        ("All are fed. ", "One okapi"),
        ("“Are all fed?” ", "One okapi"),
        ("« Fed. »\n", "One okapi"),
        ("Fed by Aïssata Traoré and ", "… One okapi"),
        ("Fed: ", "… One okapi"),
    ],
)
def test_an_excerpt_that_begins_within_a_sentence_shows_so(site, before, said):
    begun = Cut(Value(f"{before}One okapi of Mopti."), Value(f"One {MARKS[0]}okapi{MARKS[1]}"))
    [text] = Site.objects.filter(pk=site.pk).values_list(begun, flat=True)
    assert text.replace(MARKS[0], "").replace(MARKS[1], "") == said


def test_a_name_at_the_beginning_of_an_excerpt_begins_no_sentence(site, home):
    page_under(home, "Zoo", text="Mopti " * 60 + "okapi" + " Mopti" * 60 + ".")
    page_under(home, "Lions", text="Lions. " * 60 + "An aardvark." + " Lions." * 60)
    [name] = search_site(site, "en", "okapi", 1)["results"]
    [sentence] = search_site(site, "en", "aardvark", 1)["results"]
    assert name.excerpt.startswith("… Mopti ") and sentence.excerpt.startswith("Lions. ")


HOSTILE = [
    "a" * 5000,
    "okapi " * 1000,
    "the and of",
    "?!… --- ''' \"",
    "\x00",
    "okapi\x00 \x1b[2J",
    "\ud800\udfff okapi",
    "'; DROP TABLE wagtailcore_page; --",
    "okapi & | ! :* <-> ( ) 'a':*A",
    "okapi')) OR 1=1",
    "😀🦓",
    "\u202eشارع السفارة\u202c",
    "<script>alert(1)</script>",
    "%s %(a)s {} \\ \\x00",
    "-okapi",
    '"okapi',
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_query_is_answered(site, home, client, query):
    page_under(home, "Okapi")
    found = search_site(site, "en", query, 1)
    assert len(found["query"]) <= LONGEST
    sent = {"q": query.encode("utf-8", "surrogatepass")}
    response = client.get("/search/", sent, HTTP_HOST="localhost")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("query", ["the and of", "?! --- '\"", "\x00", "😀", "&|!:*"])
def test_query_without_a_word_is_told_so(site, query):
    found = search_site(site, "en", query, 1)
    assert found["total"] == 0 and found["error"].startswith("Write a name or a word")


def test_too_long_query_is_cut_and_told_so(site, home):
    page_under(home, "Okapi")
    found = search_site(site, "en", "okapi " * 1000, 1)
    assert found["total"] == 1
    assert found["error"] == "Only the first 200 characters were searched for."


@pytest.mark.parametrize("query", ["okapi " * 50, "x" * 300])
def test_too_long_query_without_a_hit_says_so_too(site, client, query):
    found = search_site(site, "en", query, 1)
    sentence = "Only the first 200 characters were searched for, and nothing was found for them."
    assert (found["total"], found["error"]) == (0, sentence)
    assert sentence in client.get("/search/", {"q": query}, HTTP_HOST="localhost").content.decode()


def test_too_long_query_without_a_word_is_told_so(site):
    assert search_site(site, "en", "the " * 100, 1)["error"].startswith("Write a name or a word")


@pytest.mark.parametrize("query", ["", "   "])
def test_no_query_finds_nothing_without_a_complaint(site, query):
    found = search_site(site, "en", query, 1)
    assert (found["total"], found["error"], len(found["results"])) == (0, "", 0)


def test_operators_do_not_exclude(site, home):
    page_under(home, "Okapi")
    assert titles(site, "!okapi") == titles(site, "-okapi") == ["Okapi"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("1", 1), ("3", 3), ("99", 3), ("0", 3), ("-1", 3), ("x", 1), ("", 1), ("9" * 5000, 1)],
)
def test_page_number(site, home, asked, given):
    many_pages(home, "okapi", 25)
    results = search_site(site, "en", "okapi", asked)["results"]
    assert results.number == given
    assert len(results) == (5 if given == 3 else 10)


def test_pages_of_results_show_each_hit_once(site, home):
    many_pages(home, "okapi", 25)
    shown = [title for number in (1, 2, 3) for title in titles(site, "okapi", page=number)]
    assert len(shown) == len(set(shown)) == 25


def test_queries_are_as_many_for_thousand_hits_as_for_ten(site, home):
    many_pages(home, "okapi", 10)
    search_site(site, "en", "okapi", 1)  # content types are read once a process
    with CaptureQueriesContext(connection) as for_ten:
        assert search_site(site, "en", "okapi", 1)["total"] == 10
    many_pages(home, "okapi", 990)
    with CaptureQueriesContext(connection) as for_thousand:
        found = search_site(site, "en", "okapi", 1)
    assert found["total"] == 1000 and found["results"].paginator.count == LISTED
    assert len(for_thousand) == len(for_ten) <= 6


def test_page_with_many_hits_stays_within_twelve_queries(home, client):
    many_pages(home, "okapi", 100)
    client.get("/search/?q=okapi", HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/?q=okapi", HTTP_HOST="localhost")
    assert "100 pages found" in response.content.decode()
    assert len(queries) <= 12


@pytest.mark.parametrize("query", ["okapi segou", "ÉTUDIANTS okapi", "okapi de ségou"])
def test_staff_find_pages_of_every_language(site, home, query):
    page_under(home, "Okapi de Ségou", text="étudiant")
    page_under(in_french(home), "Les okapis étudiants de Ségou")
    assert Page.objects.search(query).count() == 2


@pytest.mark.parametrize("query", ["segou ok", "okapi SÉG"])
def test_staff_find_pages_while_they_type(site, home, query):
    page_under(home, "Okapi de Ségou")
    page_under(in_french(home), "Ségou et okapi")
    assert Page.objects.autocomplete(query).count() == 2


@pytest.mark.parametrize("query", ["okapi", "-", "'", "😀", "the", "a" * 3000, "& | !"])
@pytest.mark.parametrize("path", ["pages/search/", "choose-page/search/", "images/", "documents/"])
def test_search_in_the_admin_answers(home, client, path, query):
    page_under(home, "Okapi")
    client.force_login(User.objects.create_superuser("root@example.org", "x"))
    response = client.get(f"/admin/{path}", {"q": query}, HTTP_HOST="localhost")
    assert response.status_code == 200
    assert query != "okapi" or "page" not in path or "Okapi" in response.content.decode()


def test_inverted_query_excludes_every_form(site, home):
    page_under(home, "Okapis and kangaroos")
    page_under(home, "Okapi")
    found = ContentPage.objects.search(PlainText("okapi") & ~PlainText("kangaroo"))
    assert [page.title for page in found] == ["Okapi"]


@pytest.mark.parametrize(
    "query",
    [
        *("2570", "2070-2300", "2070 2300", "20702300", "20 70 23 00", "+223 2070 2300"),
        *("888-407-4747", "888 407 4747", "ConsularBamako@state.gov"),
        *("+22320702300", "0022320702300", "18884074747", "1-888-407-4747", "ext. 2570"),
    ],
)
def test_numbers_are_found_however_they_are_written(site, query):
    assert titles(site, query)


def test_a_changed_number_is_found_and_the_old_one_is_not(site, django_capture_on_commit_callbacks):
    contact = ContactPoint.objects.for_site(site).get(extension="2570")
    contact.extension = "9911"
    with django_capture_on_commit_callbacks(execute=True):
        contact.save()
    assert titles(site, "9911") and not titles(site, "2570")


@pytest.mark.parametrize(
    "query", ["Narcotics Control Reports", "CIA World Factbook", "LTC Dalton", "Level 4"]
)
def test_what_pages_print_is_found(site, query):
    assert titles(site, query)


@pytest.mark.parametrize("query", ["Niveau 4", "2070 2300", "6675-2860"])
def test_what_warnings_print_in_french_is_found(site, query):
    assert "Avis aux voyageurs" in titles(site, query, "fr")


def test_results_ask_as_often_with_many_warnings(site, django_assert_num_queries):
    now = timezone.now()
    alert(now, now + timedelta(hours=1), "Zebra crossing closed 0")
    search_site(site, "en", "zebra", 1)  # a mission's settings are read once a request
    with CaptureQueriesContext(connection) as few:
        assert search_site(site, "en", "zebra", 1)["total"] == 1
    for number in range(1, 8):
        alert(now, now + timedelta(hours=1), f"Zebra crossing closed {number}")
    with django_assert_num_queries(len(few)):
        assert search_site(site, "en", "zebra", 1)["total"] == 8


@pytest.mark.parametrize(
    "query",
    [
        *("ACI 2000", "Rue 243, Porte 297", "rue 243 Bamako", "Porte 297 Mali"),
        "Embassy of the United States of America ACI 2000",
    ],
)
def test_the_street_address_leads_to_the_contact_page_first(site, query):
    found = search_site(site, "en", query, 1)["results"]
    assert found[0].url == "/contact/"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_number_and_mail_in_use_leads_somewhere_that_shows_it(site, home, client, language):
    if language == "fr":
        assert search_site(site, "fr", "ACI 2000", 1)["results"][0].url == "/fr/contact/"
    for contact in ContactPoint.objects.for_site(site).in_use().exclude(value=""):
        if language == "fr" and contact.value == "+1 202 332 2249":
            continue  # of another state's embassy; its page is not in French here
        found = search_site(site, language, contact.value, 1)["results"]
        pages = [client.get(result.url, HTTP_HOST="localhost").content for result in found]
        assert pages, contact.value
        assert contact.display.encode() in pages[0], (contact.value, found[0].url)


def test_a_changed_address_is_found_and_the_old_one_is_not(
    site, django_capture_on_commit_callbacks
):
    mission = MissionSettings.objects.get(site=site)
    mission.address = "Quartier du Fleuve\nBamako"
    with django_capture_on_commit_callbacks(execute=True):
        mission.save()
    assert titles(site, "Quartier du Fleuve")[0] == "About this embassy and contact"
    assert "About this embassy and contact" not in titles(site, "ACI 2000")


def test_a_mission_without_a_contact_page_is_found_by_its_address_all_the_same(
    nairobi, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        MissionSettings.objects.get(site=nairobi).save()
        mission = MissionSettings.objects.get(site=nairobi)
        mission.address = "United Nations Avenue\nNairobi"
        mission.save()
    found = search_site(nairobi, "en", "united nations avenue", 1)["results"]
    assert [result.url for result in found] == ["/"]
    assert not titles(nairobi, "ACI 2000")


@pytest.mark.parametrize("query", ["66752860", "+223 66 75 28 60", "0022366752860"])
def test_a_number_is_read_once_however_it_was_asked_for(site, query):
    found = search_site(site, "en", query)["results"].object_list
    assert found
    for result in found:
        assert "6675-2860" not in result.excerpt and "0022366752860" not in result.excerpt
