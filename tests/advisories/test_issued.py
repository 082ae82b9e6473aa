"""What readers see of a warning is what was issued, word for word, until the next issue."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Site

from advisories import lifecycle
from advisories.models import AlertPage, AlertText, Issue, Issued, TravelAdvisoryPage
from advisories.moments import warning_begins_or_ends
from advisories.templatetags.advisory_tags import overdue_at
from advisories.vocabulary import Act
from embassy.approval import Refused
from embassy.models import ContactPoint, MissionSettings
from tests.advisories.factories import alert, issue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def seen(client, page) -> str:
    """Give what a reader sees at a page's address."""
    return client.get(page.url, HTTP_HOST="localhost").content.decode()


def current(**fields) -> AlertPage:
    """Make an alert that is in force now."""
    now = timezone.now()
    return alert(now - timedelta(hours=1), now + timedelta(hours=1), **fields)


def test_draft_is_not_what_readers_see(client, staff):
    page = current(title="Roads closed")
    lifecycle.reopen(page, staff["duty_officer"], timezone.now(), Act.UPDATE)
    text = page.texts.get()
    text.event = "Something that nobody has approved."
    page.texts = [text]
    page.save_revision(user=staff["duty_officer"])
    assert "Something that nobody has approved" not in seen(client, page)


def test_change_behind_the_back_of_publishing_is_not_what_readers_see(client):
    page = current(title="Roads closed")
    AlertText.objects.filter(page=page).update(event="Changed without an issue.")
    assert "Changed without an issue" not in seen(client, page)


def test_new_issue_replaces_the_one_before(client):
    page = current(title="Roads closed")
    page.texts = [
        AlertText(language="en", title="Roads open", location="a", event="b", actions="c")
    ]
    issue(page)
    assert "Roads open" in seen(client, page)
    assert Issued.objects.filter(page=page).count() == 2
    assert [row.title for row in Issued.objects.current_of(page)] == ["Roads open"]


def test_same_words_are_not_issued_twice():
    page = current(title="Roads closed")
    with pytest.raises(Refused, match="Nothing has changed"):
        issue(page)
    assert Issued.objects.filter(page=page).count() == 1


def test_contact_is_frozen_as_text(client):
    page = TravelAdvisoryPage.objects.get()
    contact = ContactPoint.objects.get(value="+223 6675 2860")
    contact.value = "+223 6675 0000"
    contact.save()
    main = seen(client, page).split("<main")[1].split("</main>")[0]
    assert "66 75 28 60" in main and "66 75 00 00" not in main


def test_issued_row_cannot_be_changed_or_deleted():
    row = Issued.objects.alerts().first()
    with pytest.raises(PermissionDenied):
        row.save()
    with pytest.raises(PermissionDenied):
        row.delete()
    for statement in (
        "UPDATE advisories_issued SET language = 'xx'",
        "DELETE FROM advisories_issued",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_both_edges_of_the_time_in_force(site):
    page = alert(NOW, NOW + timedelta(hours=1))
    rows = Issued.objects.for_site(site).alerts().current().filter(page=page)
    assert not rows.in_force(NOW - timedelta(microseconds=1)).exists()
    assert rows.in_force(NOW).exists()
    assert rows.in_force(NOW + timedelta(minutes=59, seconds=59)).exists()
    assert not rows.in_force(NOW + timedelta(hours=1)).exists()
    assert rows.over(NOW + timedelta(hours=1)).exists()


def test_record_of_the_past_is_never_in_force(site, client):
    row = Issued.objects.alerts().get(is_historic=True, language="en")
    assert not Issued.objects.filter(pk=row.pk).in_force(row.effective).exists()
    home = client.get("/", HTTP_HOST="localhost").content.decode()
    assert row.title not in home
    assert "No alert is in force" in home


def test_banner_shows_an_alert_in_force_on_every_page_and_not_after_its_end(client):
    now = timezone.now()
    alert(now - timedelta(hours=1), now + timedelta(hours=1), title="Stay at home")
    alert(now - timedelta(hours=2), now - timedelta(seconds=1), title="Long gone")
    page = client.get("/privacy/", HTTP_HOST="localhost").content.decode()
    assert "Stay at home" in page and "Long gone" not in page


def test_warning_without_the_readers_language_says_so(client):
    page = current(title="Roads closed")
    french = client.get(f"/fr{page.url}", HTTP_HOST="localhost").content.decode()
    assert "Roads closed" in french
    assert 'lang="en"' in french


def test_external_links_of_a_frozen_text_carry_no_signature_but_lead_through_the_notice(client):
    row = Issued.objects.advisories().get(language="en")
    html = str(row.content)
    assert "https://" in html and "/leaving/" not in html
    shown = seen(client, row.page)
    assert "/leaving/?to=" in shown or "https://travel.state.gov" in shown


def test_overdue_review_is_told_from_the_day_after_it_was_due():
    from advisories.reviews import overdue_since

    reviewed = datetime(2026, 1, 9).date()
    due = datetime(2026, 7, 9).date()
    assert overdue_since(4, reviewed, due) is None
    assert overdue_since(4, reviewed, due + timedelta(days=1)) == due
    assert overdue_since(2, reviewed, due + timedelta(days=1)) is None
    assert overdue_since(1, datetime(2024, 2, 29).date(), datetime(2025, 3, 1).date()) == (
        datetime(2025, 2, 28).date()
    )


def test_overdue_review_is_said_wherever_the_advisory_stands(client, site):
    home = client.get("/", HTTP_HOST="localhost").content.decode()
    assert "Its review was due by July 9, 2026." in home
    assert "(review overdue)" in client.get("/visas/", HTTP_HOST="localhost").content.decode()


@pytest.mark.parametrize(("zone", "hour"), [("Africa/Bamako", 0), ("Africa/Nairobi", -3)])
def test_review_becomes_overdue_at_the_missions_midnight(site, zone, hour):
    MissionSettings.objects.filter(site=site).update(time_zone=zone)
    midnight = datetime(2026, 7, 10, tzinfo=UTC) + timedelta(hours=hour)
    before = midnight - timedelta(seconds=1)
    assert warning_begins_or_ends(Site.objects.get(pk=site.pk), before) == midnight
    row = {"level": "4", "reviewed_on": "2026-01-09"}
    assert overdue_at(row, Site.objects.get(pk=site.pk), before) is None
    due = overdue_at(row, Site.objects.get(pk=site.pk), midnight)
    assert due.isoformat() == "2026-07-09"


def test_who_issued_it_stays_though_the_mission_takes_another_name(site, client):
    now = timezone.now()
    page = alert(now - timedelta(hours=1), now + timedelta(hours=1))
    code = Issue.objects.of(page).get().code
    mission = MissionSettings.for_site(site)
    before = mission.name["en"]
    mission.name = mission.name | {"en": "Mission of Elsewhere"}
    mission.save()
    said = client.get(f"/verify/{code}/", HTTP_HOST="localhost").content.decode()
    assert f"issued by the {before} on" in said
    copied = f"{code[:4]}-{code[4:]}".lower()
    assert client.get(f"/verify/{copied}/", HTTP_HOST="localhost").status_code == 200
    assert client.get("/verify/----/", HTTP_HOST="localhost").status_code == 404


def test_a_code_typed_into_the_search_leads_to_what_it_stands_for(client, site, dakar):
    now = timezone.now()
    page = alert(now - timedelta(hours=1), now + timedelta(hours=1))
    code = Issue.objects.of(page).get().code
    for typed in (code, f"{code[:4]}-{code[4:]}".lower(), f" {code[:4]} {code[4:]} "):
        html = client.get("/search/", {"q": typed}, HTTP_HOST="localhost").content
        found = BeautifulSoup(html, "html.parser").select_one("main")
        assert found.find("a", href=f"/verify/{code}/") and "Nothing was found" not in found.text
    french = client.get("/fr/search/", {"q": code}, HTTP_HOST="localhost").content.decode()
    assert f'href="/fr/verify/{code}/"' in french
    assert not Issue.objects.for_site(dakar).known_by(code)
    html = client.get("/search/", {"q": "BCDFGHJK"}, HTTP_HOST="localhost").content
    found = BeautifulSoup(html, "html.parser").select_one("main")
    assert not found.select("a[href*=verify]") and "Nothing was found" in found.text
