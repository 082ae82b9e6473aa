"""Staff read each headline in their language, or else in its own with its language marked."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertText
from embassy.demo import contact
from embassy.demo.contacts import DUTY
from embassy.fields import Texts
from tests.advisories.factories import alert, draft, issue, issue_alone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("compiled")]
HOUR = timedelta(hours=1)
ENGLISH, FRENCH = "Roads closed", "Routes fermées"
PANEL, OVERVIEW = "/admin/", "/admin/warnings/"


@pytest.fixture
def now():
    return timezone.now()


def french() -> AlertText:
    """Give the French text of an alert."""
    said = {"location": "Bamako", "event": "Fermé.", "assistance": "Appelez."}
    return AlertText(
        language="fr", title=FRENCH, actions="- Évitez le centre.", sort_order=1, **said
    )


def in_review(staff, now, *more: AlertText):
    """Give an alert that waits for approval."""
    page = draft(now, now + HOUR, by=staff["duty_officer"], title=ENGLISH)
    store(page, staff, *more)
    lifecycle.submit(page, staff["duty_officer"], now)
    return page


def store(page, staff, *more: AlertText):
    """Add texts to a draft."""
    words = page.get_latest_revision_as_object()
    words.texts = [*words.texts.all(), *more]
    words.save_revision(user=staff["duty_officer"])
    page.refresh_from_db()
    return page


def headlines(client, user, page, language: str, path: str) -> list:
    """Give how a screen links the desk of a warning for a reader of a language."""
    client.force_login(user)
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    found = BeautifulSoup(answer.content.decode(), "html.parser")
    links = found.select(f'a[href="/admin/warnings/{page.pk}/"]')
    return [(link.get_text(), link.get("lang")) for link in links]


@pytest.mark.parametrize("path", [PANEL, OVERVIEW])
@pytest.mark.parametrize(
    ("texts", "language", "read"),
    [
        (2, "fr", (FRENCH, None)),
        (2, "en", (ENGLISH, None)),
        (1, "fr", (ENGLISH, "en")),
        (1, "en", (ENGLISH, None)),
    ],
)
def test_what_waits_is_headlined_for_its_reader(client, staff, now, path, texts, language, read):
    page = in_review(staff, now, *[french()][: texts - 1])
    assert headlines(client, staff["approver"], page, language, path) == [read]


@pytest.mark.parametrize("path", [PANEL, OVERVIEW])
def test_what_one_officer_issued_alone_is_too(client, staff, now, path):
    page = draft(now, now + HOUR, by=staff["duty_officer"], title=ENGLISH)
    store(page, staff, french())
    issue_alone(page, staff["break_glass"], now, "Nobody else is awake.")
    assert (FRENCH, None) in headlines(client, staff["approver"], page, "fr", path)
    assert (ENGLISH, None) in headlines(client, staff["approver"], page, "en", path)


@pytest.mark.parametrize(("texts", "read"), [([], (ENGLISH, "en")), ([french], (FRENCH, None))])
def test_what_is_written_and_in_force_is_too(client, staff, now, texts, read):
    written = draft(now, now + HOUR, by=staff["duty_officer"], title=ENGLISH)
    store(written, staff, *(make() for make in texts))
    lifecycle.clearance_of(written)
    issued = alert(now - HOUR, now + HOUR, ENGLISH)
    if texts:
        issued.texts.add(french())
        issue(issued)
    for page in (written, issued):
        assert headlines(client, staff["consular"], page, "fr", OVERVIEW) == [read]


def test_the_desk_itself_is_headed_so(client, staff, now):
    for more, read in (([], (ENGLISH, "en")), ([french()], (FRENCH, None))):
        page = in_review(staff, now, *more)
        client.force_login(staff["approver"])
        answer = client.get(f"/admin/warnings/{page.pk}/", HTTP_ACCEPT_LANGUAGE="fr")
        head = BeautifulSoup(answer.content.decode(), "html.parser").h1
        assert (head.get_text(), head.get("lang")) == read


def test_missions_are_named_in_the_reader_s_language(client, staff):
    client.force_login(staff["consular"])
    for language, name in (("fr", "Ambassade des États-Unis"), ("en", "U.S. Embassy")):
        answer = client.get("/admin/warnings/reviews/", HTTP_ACCEPT_LANGUAGE=language)
        table = BeautifulSoup(answer.content.decode(), "html.parser").select_one(".listing tbody")
        assert name in table.get_text()


def test_queries_do_not_grow_with_what_waits(client, staff, now, django_assert_num_queries):
    in_review(staff, now)
    client.force_login(staff["approver"])
    client.get(OVERVIEW)
    with CaptureQueriesContext(connection) as one:
        client.get(OVERVIEW)
    for _number in range(3):
        in_review(staff, now, french())
        store(draft(now, now + HOUR, by=staff["duty_officer"]), staff, french())
    with django_assert_num_queries(len(one)):
        client.get(OVERVIEW)


@pytest.mark.parametrize("path", [PANEL, OVERVIEW])
def test_a_warning_that_quotes_wrongly_stands_once_with_one_button(client, staff, now, path, site):
    point = contact(DUTY)
    point.through, point.source = Texts(), Texts()
    point.save()
    page, other = alert(now - HOUR, now + HOUR), alert(now - HOUR, now + HOUR, "Another")
    page.texts.add(french())
    issue(page)
    point.value, point.source = "+22366752861", Texts(en="A poster")
    point.label = Texts(en=point.label["en"], fr="Permanence de nuit")
    point.save()
    client.force_login(staff["consular"])
    shown = BeautifulSoup(client.get(path).content.decode(), "html.parser")
    [box] = [b for b in shown.select(".help-warning") if "Quoted facts" in b.get_text()]
    assert len(box.select(f'form[action="/admin/warnings/{page.pk}/step/"] button')) == 1
    assert len(box.select(f'form[action="/admin/warnings/{other.pk}/step/"] button')) == 1
    [row] = [li for li in box.select("ul > li:has(> a)") if f"/{page.pk}/" in li.a["href"]]
    assert row.a.get_text() == ENGLISH and len(row.select("ul li")) == 3
    assert all(part in row.get_text() for part in ("61", "A poster", "Permanence de nuit"))
    client.post(row.form["action"], {"step": "reopen", "act": "update"})
    shown = BeautifulSoup(client.get(path).content.decode(), "html.parser")
    assert not shown.select(f'form[action="/admin/warnings/{page.pk}/step/"]')
    assert "An update is under way." in shown.get_text()
