"""Pages that staff put first for certain words: by two people, of one mission and language."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from advisories.models import AlertIndexPage
from embassy.models import ContentPage, PromotedResult, RequestedAct
from embassy.search.promoted import SHOWN
from embassy.search.ranking import LISTED
from embassy.search.view import help_beside, search_site
from tests.embassy.test_search import many_pages, page_under
from tests.french import in_french
from tests.second_person import another_person, confirm_all

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/embassy/promotedresult/"


@pytest.fixture(autouse=True)
def nothing_is_first(db) -> None:
    """Begin without what the demo puts first."""
    PromotedResult.objects.all().delete()


@pytest.fixture
def page(home) -> ContentPage:
    """A page that does not have the words that people search for."""
    return page_under(home, "Identity papers", text="What to do & whom to ask.")


def promote(page, words: str, language: str = "en", **fields) -> PromotedResult:
    """Put a page first."""
    site = fields.pop("site", None) or Site.objects.get(is_default_site=True)
    return PromotedResult.objects.create(
        site=site, page=page, words=words, language=language, **fields
    )


def first(site, query: str, language: str = "en", **more) -> list[str]:
    """Give the titles that stand first."""
    return [result.title for result in search_site(site, language, query, **more)["first"]]


@pytest.mark.parametrize(
    ("query", "is_first"),
    [
        *(("stolen passport", True), ("I have LOST my passports!", True), ("theft", True)),
        *(("passport", False), ("lost", False), ("stolen", False), ("thefty", False)),
        *(("the", False), ("", False), ("\x00", False), (", ,", False)),
    ],
)
def test_all_words_of_a_group_are_asked_for(site, page, query, is_first):
    promote(page, "lost passport, stolen passport,theft, the, ")
    assert first(site, query) == (["Identity papers"] if is_first else [])


@pytest.mark.parametrize(
    ("query", "is_first"),
    [
        ("how to get there", True),
        ("How to get there?", True),
        ("get", False),
        ("get a visa", False),
    ],
)
def test_a_group_of_common_words_is_asked_for_as_it_is_written(site, page, query, is_first):
    promote(page, "directions, how to get there")
    assert bool(first(site, query)) is is_first


def test_whoever_finds_nothing_else_is_told_so_and_helped(client, page):
    promote(page, "okapi")
    shown = client.get("/search/?q=okapi").content.decode()
    assert "Identity papers" in shown and "Nothing else was found for" in shown
    assert "What people come for" in shown
    both = client.get("/search/?q=identity").content.decode()
    assert "Nothing else was found" not in both


def test_accents_make_no_difference(site, home):
    page = page_under(in_french(home), "Papiers")
    promote(page, "passeport volé", "fr")
    assert first(site, "PASSEPORTS voles", "fr") == ["Papiers"]
    assert first(site, "passeport volé", "en") == []


def told_to_mean(site, language: str, asked: str) -> str:
    """Give what a reader is told to have meant."""
    return help_beside(site, language, search_site(site, language, asked, 1))["meant"]


def test_a_misspelled_word_that_only_staff_wrote_is_suggested_while_its_page_is_public(site, page):
    promote(page, "lost zamboni, quixote")
    for asked, meant in (("quixotte", "quixote"), ("lost zambonni", "lost zamboni")):
        assert told_to_mean(site, "en", asked) == meant
    assert told_to_mean(site, "en", "stolen zambonni") == ""
    assert told_to_mean(site, "fr", "quixotte") == ""
    page.unpublish()
    assert told_to_mean(site, "en", "quixotte") == ""


def test_what_is_put_first_is_shown_as_others_are(site, page, client):
    promote(page, "okapi")
    [result] = search_site(site, "en", "okapi what")["first"]
    assert (result.url, result.type_name) == (page.url, "Page")
    assert result.excerpt == "What to do &amp; whom to ask."
    text = client.get("/search/?q=okapi", HTTP_HOST="localhost").content.decode()
    assert ">Recommended</p>" in text and "Identity papers" in text
    assert "Nothing was found" not in text


def test_it_stands_once_and_first_on_the_first_page_only(site, home):
    many_pages(home, "okapi", 15)
    page = page_under(home, "Okapi", text="An okapi.")
    promote(page, "okapi")
    one, two = (search_site(site, "en", "okapi", number) for number in (1, 2))
    assert [result.title for result in one["first"]] == ["Okapi"] and two["first"] == []
    listed = [result.title for found in (one, two) for result in found["results"]]
    assert len(listed) == len(set(listed)) == 15 and "Okapi" not in listed
    assert one["total"] == one["of_kind"] == 16
    narrowed = search_site(site, "en", "okapi", 1, "pages")
    assert narrowed["first"] == [] and narrowed["results"].paginator.count == 16


def test_a_list_that_is_cut_says_so(site, home):
    page = page_under(home, "Papers")
    promote(page, "okapi")
    many_pages(home, "okapi", LISTED)
    assert not search_site(site, "en", "okapi")["is_cut"]
    many_pages(home, "okapi", 1)
    assert search_site(site, "en", "okapi")["is_cut"]


def test_the_order_is_staffs_and_there_are_few(site, home):
    for number in range(SHOWN + 2):
        promote(page_under(home, f"Page {number}"), "okapi", sort_order=100 - number)
    assert first(site, "okapi") == [f"Page {SHOWN + 1 - place}" for place in range(SHOWN)]


@pytest.mark.parametrize("hidden", ["draft", "private", "below a private one", "gone"])
def test_what_readers_cannot_read_is_not_put_first(site, home, page, hidden):
    below = page_under(page, "Below")
    promoted = promote(below if hidden.startswith("below") else page, "okapi")
    assert first(site, "okapi")
    if hidden == "draft":
        page.unpublish()
    elif hidden == "gone":
        page.delete()
        assert not PromotedResult.objects.filter(pk=promoted.pk).exists()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert first(site, "okapi") == []


def test_other_missions_and_languages_are_kept_apart(site, home, dakar, page):
    promote(page, "okapi")
    promote(page, "okapi", site=dakar)  # no form takes this
    promote(dakar.root_page, "giraffe", "fr")
    assert first(dakar, "okapi", "fr") == first(dakar, "okapi") == []
    assert first(site, "giraffe", "fr") == []
    assert first(site, "okapi", "fr") == []


def test_a_page_in_all_languages_is_put_first_in_each(site, home):
    page = AlertIndexPage.objects.child_of(home).get()
    promoted = PromotedResult(site=site, page=page, words="okapi", language="fr")
    promoted.full_clean()
    promoted.save()
    [result] = search_site(site, "fr", "okapi")["first"]
    assert result.url == "/fr/alerts/"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "the", "Give words that say what is looked for"),
        ("words", "passport, &!", "Give words that say what is looked for"),
        ("words", " , ", "Give words that say what is looked for"),
        ("language", "fr", "Choose a page in this language: French."),
    ],
)
def test_what_cannot_be_found_is_refused_beside_its_field(site, page, field, value, sentence):
    promoted = PromotedResult(site=site, page=page, words="passport")
    promoted.full_clean()
    setattr(promoted, field, value)
    with pytest.raises(ValidationError) as refused:
        promoted.full_clean()
    at = "page" if field == "language" else field
    assert refused.value.message_dict[at][0].startswith(sentence)


def test_a_page_is_put_first_once_a_language(site, page):
    promote(page, "okapi")
    with pytest.raises(ValidationError, match="promoted in this language already"):
        PromotedResult(site=site, page=page, words="giraffe").full_clean()


def test_one_account_asks_and_a_second_one_confirms(site, page, editor_client, staff):
    sent = {"site": site.pk, "words": " okapi ,, lost  pet", "page": page.pk}
    sent |= {"language": "en", "sort_order": 5, "read": "", "why": "They ask for it."}
    answer = editor_client.post(f"{LIST}add/", sent, HTTP_HOST="localhost")
    assert answer.status_code == 302
    assert not PromotedResult.objects.exists() and first(site, "okapi") == []
    act = RequestedAct.objects.get(content_type__model="promotedresult")
    shown = editor_client.get("/admin/requested/", HTTP_HOST="localhost")
    assert "Identity papers" in shown.content.decode()
    confirm_all(another_person(site, act.writers))
    stored = PromotedResult.objects.get()
    assert (stored.words, stored.sort_order) == ("okapi, lost pet", 5)
    assert first(site, "okapi") == ["Identity papers"]


@pytest.mark.parametrize("role", ["section_editor", "duty_officer"])
def test_who_may_not_has_no_screen(site, page, client, staff, role):
    client.force_login(staff[role])
    promoted = promote(page, "okapi")
    for address in (LIST, f"{LIST}add/", f"{LIST}edit/{promoted.pk}/"):
        answer = client.get(address, HTTP_HOST="localhost")
        assert answer.status_code in (302, 403, 404), address


def test_staff_cannot_put_first_what_is_another_missions(site, dakar, page, editor_client):
    sent = {"site": site.pk, "words": "okapi", "page": dakar.root_page_id}
    sent |= {"language": "en", "sort_order": 5, "read": "", "why": ""}
    answer = editor_client.post(f"{LIST}add/", sent, HTTP_HOST="localhost")
    assert answer.status_code in (200, 404)
    assert not RequestedAct.objects.filter(content_type__model="promotedresult").exists()


def test_a_search_with_pages_put_first_stays_within_twelve_queries(site, home, client):
    many_pages(home, "okapi", 1000)
    for number in range(SHOWN + 2):
        promote(page_under(home, f"Page {number}", text="Text"), "okapi")
    client.get("/search/?q=okapi", HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/search/?q=okapi", HTTP_HOST="localhost").content.decode()
    assert text.count(">Recommended</p>") == SHOWN and "1,000 pages found" in text
    assert len(queries) <= 12
