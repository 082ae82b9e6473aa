"""The page of an incident, and what readers of former addresses are told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from advisories import lifecycle
from advisories.models import AlertPage, Incident
from advisories.vocabulary import Act
from embassy.fields import Texts
from tests.advisories.factories import alert, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def flood(site):
    return Incident.objects.create(
        site=site, name=Texts(en="Flooding in Bamako", fr="Inondations"), begun_on=date(2026, 8, 1)
    )


@pytest.fixture
def now():
    return timezone.now()


def reissued(page, staff, title):
    """Issue an update with another headline by two people."""
    now = timezone.now()  # after the first issue, which was put on record just now
    lifecycle.reopen(page, staff["consular"], now, Act.UPDATE)
    words = AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    texts = list(words.texts.all())
    for text in texts:
        text.title = title
    words.texts = texts
    words.save_revision(user=staff["consular"])
    page = AlertPage.objects.get(pk=page.pk)
    clearance = lifecycle.submit(page, staff["consular"], now)
    return lifecycle.approve(page, staff["approver"], now, clearance.reading)


def test_alerts_on_one_incident_share_a_page_in_their_order(client, flood, staff, now):
    hour = timedelta(hours=1)
    first = alert(now - hour, now + hour, "River rises", incident=flood)
    reissued(first, staff, "River over its banks")
    second = alert(now - hour, now + hour, "Bridges closed", incident=flood)
    clearance = lifecycle.end(second, staff["consular"], now, Act.ALL_CLEAR, Texts(en="Open."))
    lifecycle.approve(second, staff["approver"], now, clearance.reading)
    page = client.get(f"/incidents/{flood.pk}/").content.decode()
    page = page[page.index("<h1") :]  # the banner above it names them too
    places = [page.index(words) for words in ("River rises", "River over its banks")]
    assert places == sorted(places) and page.count("Bridges closed") >= 2
    assert page.count("<strong>in force</strong>") == 1
    assert f"/{first.slug}/1/" in page and "Flooding in Bamako" in page
    assert page.count("<h1") == 1
    alert_page = client.get(first.url).content.decode()
    assert f"/incidents/{flood.pk}/" in alert_page and "Flooding in Bamako" in alert_page


def test_a_replaced_alert_says_by_what_and_when(client, staff, now):
    page = alert(now - timedelta(hours=1), now + timedelta(hours=1), "River rises")
    reissued(page, staff, "River over its banks")
    old = client.get(f"{page.url}1/").content.decode()
    assert "Replaced on" in old and "River rises" in old
    assert f'<a href="{page.url}"><bdi>River over its banks</bdi></a>' in old


def test_an_incident_without_public_words_is_not_found(client, flood, staff, now, site):
    assert client.get(f"/incidents/{flood.pk}/").status_code == 404
    drill = draft(now, now + timedelta(hours=1), staff["consular"], status="Exercise")
    drill.incident = flood
    drill.save_revision(user=staff["consular"])
    page = AlertPage.objects.get(pk=drill.pk)
    clearance = lifecycle.submit(page, staff["consular"], now)
    lifecycle.approve(page, staff["approver"], now, clearance.reading)
    assert client.get(f"/incidents/{flood.pk}/").status_code == 404
    assert client.get("/incidents/999999999999999999999/").status_code == 404


def test_an_incident_is_its_missions(client, flood, nairobi, now):
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "River rises", incident=flood)
    answer = client.get(f"/incidents/{flood.pk}/", headers={"host": nairobi.hostname})
    assert answer.status_code == 404
    assert "Inondations" in client.get(f"/fr/incidents/{flood.pk}/").content.decode()


def test_the_page_of_an_incident_asks_as_often_with_many_alerts(
    client, flood, now, django_assert_max_num_queries
):
    for number in range(10):
        hour = timedelta(hours=1)
        alert(now - hour, now + hour, f"River {number}", incident=flood)
    client.get(f"/incidents/{flood.pk}/")
    with django_assert_max_num_queries(12):
        client.get(f"/incidents/{flood.pk}/")
