"""Drills: those who take part see them under a watermark, at addresses that nobody guesses."""

from datetime import timedelta

import feedparser
import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from advisories import drills, lifecycle
from advisories.models import AlertPage, Clearance, Issue
from advisories.vocabulary import Act, State
from embassy.approval import Refused
from embassy.fields import Texts
from tests.advisories.factories import alert, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def drill(staff):
    """An exercise that two people issued."""
    now = timezone.now()
    made = draft(
        now - timedelta(minutes=5),
        now + timedelta(hours=1),
        staff["consular"],
        "Shots near the stadium",
        status="Exercise",
    )
    read = lifecycle.submit(made, staff["consular"], now).reading
    page = AlertPage.objects.get(pk=made.pk)
    lifecycle.approve(page, staff["approver"], now, read)
    return page


def address(site, name="drills", *args):
    return reverse(name, args=[drills.token_for(site), *args])


def test_the_feed_holds_drills_and_nothing_that_is_meant(client, site, drill):
    now = timezone.now()
    alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    answer = client.get(address(site))
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["EXERCISE: Shots near the stadium"]
    assert feed.feed.title.startswith("EXERCISE")
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]


def test_the_page_and_the_message_of_a_drill_say_what_they_are(client, site, drill):
    page = client.get(address(site, "drill", drill.pk, 1)).content.decode()
    assert page.count("EXERCISE") >= 3 and "This is not a real warning" in page
    assert 'name="robots" content="noindex, nofollow"' in page and page.count("<h1") == 1
    message = client.get(address(site, "drill_cap", drill.pk, 1)).content.decode()
    assert "<status>Exercise</status>" in message
    french = client.get("/fr" + address(site, "drill", drill.pk, 1)).content.decode()
    assert "EXERCICE" in french


def test_a_drill_that_is_over_leaves_its_feed(client, site, drill, staff):
    now = timezone.now()
    clearance = lifecycle.end(
        drill, staff["consular"], now, Act.ALL_CLEAR, Texts(en="The exercise is over.")
    )
    lifecycle.approve(drill, staff["approver"], now, clearance.reading)
    assert not feedparser.parse(client.get(address(site)).content).entries
    first = client.get(address(site, "drill", drill.pk, 1)).content.decode()
    assert "Read what is said now" in first


@pytest.mark.parametrize("token", ["x", "1:2:3", "%s"])
def test_a_guessed_address_is_not_found(client, site, drill, token):
    forged = token % signing.dumps(site.pk, salt="another") if "%" in token else token
    assert client.get(f"/drills/{forged}/feed.atom").status_code == 404


def test_an_address_holds_for_its_weeks_and_not_longer(client, site, drill, monkeypatch):
    given = address(site)
    clock = signing.time.time
    almost = drills.HOLDS_FOR.total_seconds() - 60
    monkeypatch.setattr(signing.time, "time", lambda: clock() + almost)
    assert client.get(given).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: clock() + almost + 120)
    assert client.get(given).status_code == 404


def test_an_address_is_one_missions(client, site, nairobi, drill):
    theirs = reverse("drills", args=[drills.token_for(nairobi)])
    assert client.get(theirs).status_code == 404
    host = {"host": nairobi.hostname}
    ours = reverse("drill", args=[drills.token_for(nairobi), drill.pk, 1])
    assert client.get(ours, headers=host).status_code == 404


def test_what_is_meant_has_no_address_among_drills(client, site):
    now = timezone.now()
    real = alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    assert client.get(address(site, "drill", real.pk, 1)).status_code == 404
    assert client.get(address(site, "drill_cap", real.pk, 1)).status_code == 404


def test_the_desk_gives_the_addresses_of_a_drill_only(client, site, drill, staff):
    client.force_login(staff["consular"])
    desk = client.get(f"/admin/warnings/{drill.pk}/").content.decode()
    assert "/drills/" in desk and "feed.atom" in desk
    now = timezone.now()
    real = alert(now - timedelta(hours=1), now + timedelta(hours=1), "Roads closed")
    assert "/drills/" not in client.get(f"/admin/warnings/{real.pk}/").content.decode()


def test_a_preview_of_a_drill_is_watermarked(client, drill, staff):
    client.force_login(staff["consular"])
    preview = client.get(f"/admin/pages/{drill.pk}/view_draft/?mode=").content.decode()
    assert "This is not a real warning" in preview and "watermark" in preview


def test_every_text_of_a_drill_begins_by_saying_so(drill):
    from advisories.faces.mail_body import mail_body, subject
    from advisories.faces.read_aloud import read_aloud
    from advisories.faces.text_form import text_form

    row = Issue.objects.get(page_id=drill.pk).rows.get()
    assert text_form(row).text.startswith("EXERCISE: ")
    assert subject(row).startswith("Exercise: ")
    assert mail_body(row, "").startswith("This is an exercise.")
    assert read_aloud(row, "UTC")[0] == "This is an exercise."


def test_a_real_alert_is_not_submitted_as_a_drill(staff):
    now = timezone.now()
    page = alert(now - timedelta(hours=1), now + timedelta(hours=5))
    lifecycle.reopen(page, staff["duty_officer"], now, Act.UPDATE)
    words = page.get_latest_revision_as_object()
    words.status = "Exercise"
    words.save_revision(user=staff["duty_officer"])
    with pytest.raises(Refused, match="A drill stays a drill"):
        lifecycle.submit(AlertPage.objects.get(pk=page.pk), staff["duty_officer"], now)
    assert Clearance.objects.get(page=page).state == State.DRAFT
