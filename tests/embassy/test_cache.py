"""Nothing is kept longer than it stays true, and nothing private is shared."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from advisories.models import AlertPage
from embassy.cache import CacheMiddleware, next_change, shared_seconds
from embassy.facts import facts_of
from embassy.models import ContactPoint, MissionSettings
from tests.advisories.factories import alert

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_public_page_may_be_kept_for_seconds_by_shared_caches_only(client):
    response = client.get("/", HTTP_HOST="localhost")
    policy = response["Cache-Control"]
    assert "public" in policy and "max-age=0" in policy and "s-maxage=" in policy
    assert "Cookie" not in response.get("Vary", "")


def test_page_of_a_signed_in_reader_is_private(editor_client):
    response = editor_client.get("/", HTTP_HOST="localhost")
    assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]


def test_unchanged_page_is_answered_304():
    first = Client().get("/relations/", HTTP_HOST="localhost")
    again = Client().get("/relations/", HTTP_HOST="localhost", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    assert not again.content


def test_kept_no_longer_than_an_alert_is_in_force(site):
    alert(effective=NOW - timedelta(hours=1), expires=NOW + timedelta(seconds=2))
    assert next_change(site, NOW) == NOW + timedelta(seconds=2)
    assert shared_seconds(site, NOW) == 2


def test_kept_no_longer_than_until_an_alert_begins(site):
    alert(effective=NOW + timedelta(seconds=3), expires=NOW + timedelta(hours=1))
    assert next_change(site, NOW) == NOW + timedelta(seconds=3)


def kept_by(response) -> tuple[int, int]:
    """Give for how many seconds a cache may keep a response, and the second nginx drops it at."""
    policy, moment = response["Cache-Control"], response["X-Accel-Expires"]
    return int(re.search(r"s-maxage=(\d+)", policy)[1]), int(moment.removeprefix("@")) + 1


@pytest.mark.parametrize("milliseconds", [3000, 3001, 3500, 3999])
def test_nginx_drops_a_page_before_the_alert_ends_wherever_in_a_second(client, milliseconds):
    end = timezone.now() + timedelta(milliseconds=milliseconds)
    alert(effective=end - timedelta(hours=1), expires=end)
    seconds, dropped_at = kept_by(client.get("/", HTTP_HOST="localhost"))
    assert dropped_at <= end.timestamp()
    assert seconds <= max(0, (end - timezone.now()).total_seconds() + 1)


@pytest.fixture
def clock(monkeypatch):
    """Tells the cache that it is asked at one moment and done at another."""

    def tell(*moments: datetime) -> None:
        told = iter(moments)
        monkeypatch.setattr("embassy.cache.timezone.now", lambda: next(told))

    return tell


def in_force(request) -> HttpResponse:
    """Show what was in force when the page was asked for."""
    return HttpResponse("in force")


@pytest.mark.parametrize(
    ("done", "kept"), [(-2000, 2), (-1001, 1), (-1000, 1), (-999, 0), (0, 0), (100, 0)]
)
def test_page_that_was_asked_for_before_a_change_is_not_kept_after_it(site, rf, clock, done, kept):
    alert(effective=NOW - timedelta(hours=1), expires=NOW)
    clock(NOW - timedelta(seconds=2), NOW + timedelta(milliseconds=done))
    response = CacheMiddleware(in_force)(rf.get("/", HTTP_HOST="localhost"))
    assert f"s-maxage={kept}," in response["Cache-Control"]
    before = f"@{int(NOW.timestamp()) - 1}"
    assert response["X-Accel-Expires"] == (before if kept else "0")


def test_a_change_counts_from_when_the_page_was_asked_for(site, rf, settings, clock):
    settings.SHARED_CACHE_SECONDS = 3
    clock(NOW, NOW + timedelta(milliseconds=1100))
    seconds, dropped_at = kept_by(CacheMiddleware(in_force)(rf.get("/", HTTP_HOST="localhost")))
    assert seconds == 1
    assert dropped_at == NOW.timestamp() + 3


def test_change_in_the_past_shortens_nothing(site):
    alert(effective=NOW - timedelta(hours=2), expires=NOW - timedelta(seconds=1))
    assert next_change(site, NOW) > NOW
    assert AlertPage.objects.filter(live=True).exists()


def test_changed_number_shows_on_the_next_request(site, client):
    assert "66 75 28 60" in client.get("/", HTTP_HOST="localhost").content.decode()
    contact = ContactPoint.objects.for_site(site).get(value="+223 6675 2860")
    contact.value = "+223 6675 9999"
    contact.save()
    shown = client.get("/", HTTP_HOST="localhost").content.decode()
    assert "66 75 99 99" in shown and "66 75 28 60" not in shown


def test_change_that_bypasses_the_models_shows_too(site):
    MissionSettings.for_site(site)
    ContactPoint.objects.for_site(site).filter(value="+223 6675 2860").update(
        value="+223 6675 1111"
    )
    mission = MissionSettings.base_queryset().get(site=site)
    assert "+223 6675 1111" in {c.value for c in facts_of(mission).emergency_contacts}
