"""What an entry of a feed says: to a security desk that reads nothing else, in one language."""

from datetime import timedelta

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from advisories.models import AlertPage, AlertText, Issue, TravelAdvisoryPage
from advisories.vocabulary import Act
from embassy.fields import Texts
from tests.advisories.factories import alert, end, issue

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def page(site) -> AlertPage:
    """An alert in two languages, in force."""
    now = timezone.now()
    made = alert(now - HOUR, now + HOUR)
    words = {"event": "Les routes sont fermées.", "location": "Bamako,\nrive droite"}
    words |= {"assistance": "Appelez l’ambassade.", "sort_order": 1}
    made.texts.add(AlertText(language="fr", title="Routes", actions="- Évitez-les.", **words))
    issue(made)
    return made


def entries(path: str) -> list:
    """Give the entries of a feed, read by a real parser."""
    read = feedparser.parse(Client().get(path, HTTP_HOST="localhost").content)
    assert not read.bozo
    return read.entries


def lines_of(entry) -> list[str]:
    """Give the lines of an entry's text."""
    return BeautifulSoup(entry.summary, "html.parser").get_text("\n").split("\n")


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss", "archive.atom"])
def test_an_entry_says_where_it_holds_and_whom_to_call(page, compiled, name):
    code = Issue.objects.of(page).first().code
    assert lines_of(entries(f"/alerts/{name}")[0]) == [
        f"Verification code: {code}",
        "Roads are closed.",
        "Location: Bamako",
        "Whom to call: Emergencies after hours: +223 66 75 28 60",
        "- Avoid the center.",
    ]
    assert lines_of(entries(f"/fr/alerts/{name}")[0]) == [
        f"Code de vérification\u00a0: {code}",
        "Les routes sont fermées.",
        "Lieu\u00a0: Bamako, rive droite",
        "Qui appeler\u00a0: Urgences en dehors des heures de bureau\u00a0: +223 66 75 28 60",
        "- Évitez-les.",
    ]


def test_an_entry_in_another_language_than_its_feed_is_in_one_language(site, compiled):
    now = timezone.now()
    alert(now - HOUR, now + HOUR)
    [entry] = entries("/fr/alerts/feed.atom")
    assert entry.title_detail.language == "en"
    assert lines_of(entry)[0].startswith("Verification code: ")
    assert "Location: Bamako" in lines_of(entry)
    newest = entries("/fr/alerts/archive.atom")[0]
    assert newest.tags[1].label == "First issue"


def test_numbers_of_the_past_are_not_given_to_be_called(site):
    past = AlertPage.objects.get(is_historic=True)
    told = [e for e in entries("/alerts/archive.atom") if e.link.startswith(whole(past))]
    assert told and all("Whom to call" not in entry.summary for entry in told)
    assert all("Location: " in entry.summary for entry in told)


def whole(page) -> str:
    """Give a page's address with its host."""
    return f"http://localhost{page.url}"


@pytest.mark.parametrize(
    ("act", "english", "french"),
    [
        (Act.CANCEL, "Cancellation: ", "Annulation\u00a0: "),
        (Act.ALL_CLEAR, "All clear: ", "Levée de l’alerte\u00a0: "),
    ],
)
def test_an_end_is_named_first_and_advises_nothing(page, staff, compiled, act, english, french):
    ended = end(page, act, staff, Texts(en="ok", fr="ok"))
    for name in ("archive.atom", "cap.atom"):
        entry = next(one for one in entries(f"/alerts/{name}") if "ok" in lines_of(one))
        assert entry.title == f"{english}Roads closed"
        assert "Avoid the center" not in entry.summary
    entry = next(one for one in entries("/fr/alerts/archive.atom") if "ok" in lines_of(one))
    assert entry.title == f"{french}Routes" and "Évitez" not in entry.summary
    assert f"<headline>{english}Roads closed</headline>" in ended.cap
    assert f"<headline>{french}Routes</headline>" in ended.cap


def test_a_long_location_leaves_room_for_the_numbers(page):
    text = page.texts.get(language="en")
    text.location, text.actions = "Everywhere. " * 300, "- Stay inside. " * 300
    page.texts = [text]
    issue(page)
    [entry] = entries("/alerts/feed.atom")
    assert "+223 66 75 28 60" in entry.summary and entry.summary.endswith("…")


def test_an_advisory_in_english_alone_is_told_in_english(site, compiled):
    page = TravelAdvisoryPage.objects.get()
    page.texts = [page.texts.get(language="en")]
    issue(page)
    newest = entries("/fr/travel-advisory/feed.atom")[0]
    assert newest.title == "Travel advisory for Mali – Level 4: Do Not Travel"
    assert newest.tags[0].label == "Level 4: Do Not Travel"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/travel-advisory/feed.atom", "Verification code: "),
        ("/fr/travel-advisory/feed.atom", "Code de vérification\u00a0: "),
    ],
)
def test_every_issue_of_an_advisory_bears_its_code(site, compiled, path, label):
    page = TravelAdvisoryPage.objects.get()
    page.level = 3
    issue(page)
    codes = [one.code for one in Issue.objects.of(page)]
    assert len(set(codes)) == 2
    told = entries(path)
    assert [lines_of(entry)[0] for entry in told] == [label + code for code in codes]
    assert all(len(lines_of(entry)) > 1 for entry in told)
