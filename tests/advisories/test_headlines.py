"""A headline that names a level names that of the advisory, and feeds name it once."""

from datetime import UTC, date, datetime

import feedparser
import pytest

from advisories import lifecycle
from advisories.models import Issue, TravelAdvisoryPage
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.fields import Texts
from tests.advisories.factories import issue
from tests.editor import posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("compiled")]
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def submitted(staff, title="", language="en", **fields):
    """Submit an update of the advisory with a headline in a language."""
    page = TravelAdvisoryPage.objects.get()
    lifecycle.reopen(page, staff["consular"], AT, Act.UPDATE)
    words = TravelAdvisoryPage.objects.get().get_latest_revision_as_object()
    words.summary, words.summaries = "", Texts()
    for name, value in fields.items():
        setattr(words, name, value)
    texts = list(words.texts.all())
    for text in texts:
        text.title = title if title and text.language == language else text.title
    words.texts = texts
    words.save_revision(user=staff["consular"])
    return lifecycle.submit(TravelAdvisoryPage.objects.get(), staff["consular"], AT)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Mali - Level 4: Do Not Travel"),
        ("en", "Mali, LEVEL\u00a04"),
        ("en", "Mali: do not travel"),
        ("en", "Mali - Level 5"),
        ("en", "Mali - Level 22"),
        ("fr", "Mali – Niveau 4\u00a0: ne pas voyager"),
        ("fr", "Mali - Level 4: Do Not Travel"),
    ],
)
def test_a_headline_that_names_another_level_is_refused(site, staff, language, title):
    with pytest.raises(Refused, match="the headline names another level than Level 2"):
        submitted(staff, title, language, level=2)
    assert Issue.objects.advisories().count() == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Mali - Level 2: Exercise Increased Caution"),
        ("fr", "Mali – Niveau 2"),
        ("en", "Mali after 4 years"),
        ("en", "Sea level"),
    ],
)
def test_a_headline_that_names_its_level_or_none_is_accepted(site, staff, language, title):
    assert submitted(staff, title, language, level=2).revision


def test_the_title_of_the_page_is_looked_at_too(site, staff):
    titles = Texts(en="Advisory", fr="Mali, niveau 4")
    with pytest.raises(Refused, match="French: the headline names another level"):
        submitted(staff, level=2, titles=titles)


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({"summaries": Texts(en="Level 4: Do Not Travel.")}, "English"),
        ({"summaries": Texts(en="Level 2.", fr="Niveau 4 : ne pas voyager.")}, "French"),
        ({"summary": "Level 4: Do Not Travel."}, "English"),
    ],
)
def test_a_summary_for_lists_that_names_another_level_is_refused(site, staff, fields, language):
    sentence = f"{language}: the summary for lists names another level than Level 2"
    with pytest.raises(Refused, match=sentence):
        submitted(staff, level=2, **fields)


def test_a_summary_that_names_its_level_or_none_is_accepted(site, staff):
    summaries = Texts(en="Level 2: be careful.", fr="Soyez prudents.")
    assert submitted(staff, level=2, summaries=summaries).revision


def test_the_editor_leaves_no_summary_behind_that_it_does_not_show(client, site, staff):
    page = TravelAdvisoryPage.objects.get()
    assert page.summary.startswith("Level 4")
    lifecycle.reopen(page, staff["consular"], AT, Act.UPDATE)
    client.force_login(staff["consular"])
    for said in ("Level 3: reconsider.", ""):
        words = TravelAdvisoryPage.objects.get().get_latest_revision_as_object()
        data = posted(words, staff["consular"]) | {"summaries_en": said, "level": "3"}
        client.post(f"/admin/pages/{page.pk}/edit/", data)
        stored = TravelAdvisoryPage.objects.get().get_latest_revision_as_object()
        assert (stored.level, stored.summary) == (3, said)


def test_lists_and_search_name_the_level_that_is_issued(client, site, staff):
    clearance = submitted(staff, level=2)
    page = TravelAdvisoryPage.objects.get()
    lifecycle.approve(page, staff["approver"], AT, clearance.reading)
    page = TravelAdvisoryPage.objects.get()
    assert "Level 4" not in page.summary_in("en") + page.summary
    found = client.get("/search/?q=travel+advisory+mali", HTTP_HOST="localhost").content.decode()
    assert "Level 4: Do Not Travel. " not in found


def test_a_new_level_needs_a_day_of_change_after_the_last_review(site, staff):
    with pytest.raises(Refused, match=r"The level changed.*January 9, 2026"):
        submitted(staff, level=2, changed_on=date(2026, 1, 8))


def test_a_new_level_may_bear_the_day_of_the_last_review(site, staff):
    assert submitted(staff, level=2, changed_on=date(2026, 1, 9)).revision


def test_the_same_level_may_have_changed_long_ago(site, staff):
    assert submitted(staff, "Mali", changed_on=date(2025, 1, 8)).revision


@pytest.mark.parametrize(
    ("path", "language", "title", "shown"),
    [
        ("", "en", "Mali - Level 4: Do Not Travel", "Mali - Level 4: Do Not Travel"),
        ("/fr", "fr", "Mali, niveau\u00a04", "Mali, niveau\u00a04"),
        ("", "en", "Mali", "Mali – Level 4: Do Not Travel"),
    ],
)
def test_the_feed_names_the_level_once(site, client, path, language, title, shown):
    page = TravelAdvisoryPage.objects.get()
    texts = list(page.texts.all())
    for text in texts:
        text.title = title if text.language == language else text.title
    page.texts = texts
    issue(page)
    feed = client.get(f"{path}/travel-advisory/feed.atom", HTTP_HOST="localhost").content
    assert feedparser.parse(feed).entries[0].title == shown
