"""The banner of every page names the gravest alerts and says how many more there are."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisories.models import AlertPage, Issued
from tests.advisories.factories import alert, issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("compiled")]
HOUR = timedelta(hours=1)


@pytest.fixture
def now(site):
    """A moment at which the demo's own alert has not begun."""
    at = timezone.now()
    for page in AlertPage.objects.filter(is_historic=False):
        words = page.get_latest_revision_as_object()
        words.effective, words.expires = at - 2 * HOUR, at - HOUR
        issue(words)
    assert not Issued.objects.alerts().current().in_force(at).exists()
    return at


def banner(client, path: str = "/"):
    """Give the banner of a page, without what is shown only once something has ended."""
    page = client.get(path, HTTP_HOST="localhost")
    assert page.status_code == 200
    shown = BeautifulSoup(page.content.decode(), "html.parser").select_one(".standing")
    for part in shown.select("[hidden]") if shown else []:
        part.decompose()
    return shown


def links(client, path: str):
    """Give the links of the banner, without the codes beside them."""
    return [a for a in banner(client, path).select("li > a") if a.select_one(".standing__title")]


def said(client, path: str = "/") -> list[str]:
    """Give the lines of the banner about alerts."""
    lines = [" ".join(a.get_text(" ").split()) for a in links(client, path)]
    return [line for line in lines if "Level" not in line and "Niveau" not in line]


def alerts(now, count: int, **fields) -> None:
    """Issue several alerts."""
    for number in range(count):
        alert(now - HOUR, now + HOUR, title=f"Number {number}", **fields)


@pytest.mark.parametrize(
    ("count", "path", "last"),
    [
        (3, "/", None),
        (4, "/", "and 1 more alert in force"),
        (5, "/", "and 2 more alerts in force"),
        (4, "/fr/alerts/", "et 1 autre alerte en vigueur"),
        (15, "/fr/alerts/", "et 12 autres alertes en vigueur"),
    ],
)
def test_three_are_named_and_the_rest_are_counted(client, now, count, path, last):
    alerts(now, count)
    lines = said(client, path)
    named = [line for line in lines if "Number" in line]
    assert len(named) == 3 and lines[3:] == ([last] if last else [])


@pytest.mark.parametrize(("path", "prefix"), [("/", ""), ("/fr/alerts/", "/fr")])
def test_the_count_leads_to_all_of_them(client, now, path, prefix):
    alerts(now, 5)
    link = links(client, path)[3]
    assert link["href"] == f"{prefix}/alerts/"
    listed = client.get(link["href"], HTTP_HOST="localhost").content.decode()
    main = BeautifulSoup(listed, "html.parser").main.get_text()
    assert all(f"Number {number}" in main for number in range(5))


def test_the_gravest_come_first_then_the_most_urgent_then_the_latest(client, now):
    alert(now - HOUR, now + HOUR, title="Grave", severity="Severe", urgency="Future")
    alert(now - HOUR, now + HOUR, title="Gravest", severity="Extreme", urgency="Future")
    alert(now - 3 * HOUR, now + HOUR, title="Older", severity="Severe", urgency="Immediate")
    alert(now - 2 * HOUR, now + HOUR, title="Newer", severity="Severe", urgency="Immediate")
    alert(now - HOUR / 2, now + HOUR, title="Slight", severity="Minor", urgency="Immediate")
    lines = said(client)
    names = [line.split()[-1] for line in lines]
    assert names[:3] == ["Gravest", "Newer", "Older"]
    assert lines[3] == "and 2 more alerts in force"


def test_the_rest_cost_no_query(client, now, django_assert_num_queries):
    alerts(now, 1)
    client.get("/alerts/")
    with CaptureQueriesContext(connection) as one:
        client.get("/", HTTP_HOST="localhost")
    alerts(now, 14)
    with django_assert_num_queries(len(one)):
        assert len(said(client)) == 4


@pytest.mark.parametrize(("path", "marked"), [("/", None), ("/fr/alerts/", "en")])
def test_a_headline_in_another_language_says_so(client, now, compiled, path, marked):
    alerts(now, 1)
    [link] = [a for a in links(client, path) if "Number 0" in a.get_text()]
    words = link.select("bdi")
    assert len(words) == 2 and {part.get("lang") for part in words} == {marked}
    assert ("(en anglais)" in link.get_text()) == (marked == "en")
