"""Whatever says that a warning is in force says until when, for pages that are shown later."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from advisories import lifecycle
from advisories.models import Clearance, Issued, TravelAdvisoryPage
from advisories.reviews import overdue_from
from advisories.vocabulary import Act
from tests.advisories.factories import alert

pytestmark = pytest.mark.django_db
TITLE = "Roads closed"


def milliseconds(moment) -> int:
    """Give a moment as the scripts of pages count."""
    return int(moment.timestamp() * 1000)


def shown(client, path: str, now: int) -> str:
    """Give the text of a page as a device shows it at a moment, in milliseconds."""
    answer = client.get(path, HTTP_HOST="localhost")
    assert answer.status_code == 200, path
    page = BeautifulSoup(answer.content, "html.parser")
    for part in page.select("[data-until]"):
        if not part.decomposed and now >= int(part["data-until"]):
            part.decompose()
    for part in page.select("[data-after]"):
        assert part.has_attr("hidden")
        if now >= int(part["data-after"]):
            del part["hidden"]
    for part in page.select("[hidden]"):
        part.decompose()
    return " ".join(page.body.get_text(" ").split())


@pytest.fixture
def end():
    """When the alert in force ends."""
    end = timezone.now() + timedelta(hours=2)
    alert(end - timedelta(hours=3), end, TITLE)
    return milliseconds(end)


@pytest.mark.parametrize("path", ["/", "/alerts/", "/emergency/", "/fr/alerts/", "/fr/emergency/"])
def test_an_alert_is_named_until_its_end_and_never_after(client, end, path):
    assert TITLE in shown(client, path, end - 1)
    assert TITLE not in shown(client, path, end)


@pytest.mark.parametrize("path", ["/officials/", "/travel-advisory/", "/offline/"])
def test_the_banner_of_any_page_too(client, end, path):
    assert (TITLE in shown(client, path, end - 1)) == (path != "/offline/")
    assert TITLE not in shown(client, path, end)


@pytest.mark.parametrize("path", ["/alerts/", "/emergency/", "/"])
def test_something_is_said_where_it_stood(client, end, path):
    words = "A warning that stood here is over"
    assert words not in shown(client, path, end - 1)
    assert words in shown(client, path, end)


def test_its_own_page_says_so(client, end):
    page = Issued.objects.alerts().order_by("-pk").first().page
    path = f"/alerts/{page.slug}/"
    assert "Over since" not in shown(client, path, end - 1)
    assert "Over since" in shown(client, path, end)


def test_an_alert_to_come_begins_and_ends(client):
    begins = timezone.now() + timedelta(hours=1)
    ends = begins + timedelta(hours=1)
    path = f"/alerts/{alert(begins, ends, TITLE).slug}/"
    begin, end = milliseconds(begins), milliseconds(ends)
    assert "Not yet in force" in shown(client, path, begin - 1)
    assert "Not yet in force" not in shown(client, path, begin)
    assert "Over since" not in shown(client, path, end - 1)
    assert "Over since" in shown(client, path, end)


def test_the_rest_are_counted_until_the_first_of_them_ends(client):
    now = timezone.now()
    for number in range(5):
        alert(now - timedelta(hours=1), now + timedelta(hours=9 - number), f"Number {number}")
    first = milliseconds(now + timedelta(hours=8))  # 0 and 1 are the oldest of the same gravity
    assert "and 2 more alerts in force" in shown(client, "/officials/", first - 1)
    later = shown(client, "/officials/", first)
    assert "more alerts in force" not in later and "All alerts and messages" in later


def test_a_review_becomes_overdue_at_midnight(client, site, staff):
    page = TravelAdvisoryPage.objects.get()
    lifecycle.end(page, staff["duty_officer"], timezone.now(), Act.REVIEWED)
    seen = Clearance.objects.get(page=page).reading
    lifecycle.approve(page, staff["approver"], timezone.now(), seen)
    content = Issued.objects.current_of(page).first().content
    reviewed = date.fromisoformat(content["reviewed_on"])
    midnight = milliseconds(overdue_from(4, reviewed, ZoneInfo("Africa/Bamako")))
    for path, said in (("/travel-advisory/", "Review overdue"), ("/alerts/", "review overdue")):
        assert said not in shown(client, path, midnight - 1)
        assert said in shown(client, path, midnight)


def test_what_has_no_end_is_not_hidden(client, site):
    forever = milliseconds(timezone.now() + timedelta(days=4000))
    assert "Level 4: Do Not Travel" in shown(client, "/alerts/", forever)
    assert "Level 4: Do Not Travel" in shown(client, "/travel-advisory/", forever)
