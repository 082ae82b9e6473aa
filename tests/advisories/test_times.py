"""Times of alerts: typed, shown and printed on the clock of the mission that issues them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from advisories import lifecycle
from advisories.models import AlertPage, Clearance
from embassy.approval import Refused
from embassy.models import MissionSettings
from tests.advisories.factories import alert
from tests.editor import posted
from tests.factories import person

pytestmark = pytest.mark.django_db


def utc(text: str) -> datetime:
    """Give a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def officer(nairobi):
    """Somebody of the mission in Nairobi who lives by the clock of Tokyo."""
    user = person(nairobi, "consular")
    UserProfile.objects.create(user=user, current_time_zone="Asia/Tokyo")
    return user


@pytest.fixture
def desk(client, officer):
    """A browser in which the officer is signed in."""
    client.defaults["HTTP_HOST"] = "nairobi.localhost"
    client.force_login(officer)
    return client


@pytest.fixture
def warning(nairobi) -> AlertPage:
    """An alert in Nairobi, from 9 in the evening of June 1 until the same hour of June 3."""
    begins, ends = utc("2026-06-01 18:00"), utc("2026-06-03 18:00")
    return opened(alert(begins, ends, below=nairobi.root_page))


def opened(page: AlertPage) -> AlertPage:
    """Open an alert for writing."""
    Clearance.objects.filter(page=page).update(state="draft")
    return page


def written(page: AlertPage) -> AlertPage:
    """Give an alert with the words under way."""
    return AlertPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def publish(desk, page, officer, **changes):
    """Post the editor of a page as it is, with changes."""
    data = {**posted(page, officer), "action-publish": "1", **changes}
    return desk.post(f"/admin/pages/{page.pk}/edit/", data, follow=True)


def shown(desk, page) -> list[str]:
    """Give the times as the editor shows them."""
    form = desk.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    return [form[n].field.widget.format_value(form[n].value()) for n in ("effective", "expires")]


def test_the_editor_names_the_clock_of_the_mission(desk, warning):
    assert shown(desk, warning) == ["2026-06-01 21:00", "2026-06-03 21:00"]
    text = desk.get(f"/admin/pages/{warning.pk}/edit/").content.decode()
    assert text.count("On this clock: Nairobi time.") == 2
    assert "Extend it with an update." in text


def test_what_is_typed_is_what_readers_see(desk, officer, warning):
    changes = {"effective": "2026-06-02 00:30", "expires": "2026-06-04 23:45"}
    publish(desk, warning, officer, **changes)
    warning = written(warning)
    assert (warning.effective, warning.expires) == (
        utc("2026-06-01 21:30"),
        utc("2026-06-04 20:45"),
    )
    assert shown(desk, warning) == list(changes.values())
    lifecycle.put_on_record(warning, timezone.now())
    page = desk.get(warning.url).content.decode()
    assert "June 2, 2026, 00:30 (Nairobi time)" in page
    assert "June 4, 2026, 23:45 (Nairobi time)" in page


def test_lists_give_the_day_of_the_mission(desk, nairobi):
    alert(utc("2026-05-31 22:00"), utc("2026-05-31 23:30"), "Late", below=nairobi.root_page)
    text = desk.get("/alerts/").content.decode()
    assert '<time datetime="2026-06-01">June 1, 2026</time>' in text
    assert "Over since June 1, 2026, 02:30 (Nairobi time)." in text


def test_saved_unchanged_it_is_not_issued_again(desk, officer, nairobi):
    begins = timezone.now().replace(microsecond=123000)
    page = opened(alert(begins, begins + timedelta(days=1), below=nairobi.root_page))
    publish(desk, page, officer)
    publish(desk, written(page), officer)
    assert written(page).effective == begins
    with pytest.raises(Refused, match="Nothing has changed"):
        lifecycle.put_on_record(written(page), timezone.now())


def test_a_form_returned_with_errors_shows_what_was_typed(desk, officer, warning):
    changes = {"effective": "2026-06-02 08:00", "expires": "2026-06-02 07:00"}
    response = publish(desk, warning, officer, **changes)
    form = response.context["form"]
    assert form.errors["expires"] == ["Choose an end after the beginning."]
    assert [form["effective"].value(), form["expires"].value()] == list(changes.values())


def test_a_time_that_the_mission_s_clock_skips_is_refused(desk, officer, nairobi, warning):
    MissionSettings.objects.filter(site=nairobi).update(time_zone="Europe/London")
    changes = {"effective": "2026-03-29 01:30", "expires": "2026-03-29 04:00"}
    errors = publish(desk, warning, officer, **changes).context["form"].errors
    assert errors["effective"] == [
        "There is no 01:30 on March 29, 2026 (London time): clocks are put forward then."
        " Choose another time."
    ]


def test_versions_are_compared_on_the_clock_of_the_mission(desk, officer, warning):
    publish(desk, warning, officer, expires="2026-06-05 06:00")
    first, last = warning.revisions.order_by("pk").values_list("pk", flat=True)
    url = f"/admin/pages/{warning.pk}/revisions/compare/{first}...{last}/"
    text = desk.get(url).content.decode()
    assert "June 3, 2026, 21:00 (Nairobi time)" in text
    assert "June 5, 2026, 06:00 (Nairobi time)" in text


def test_french_editors_read_it_in_french(desk, officer, warning, compiled):
    UserProfile.objects.filter(user=officer).update(preferred_language="fr")
    text = desk.get(f"/admin/pages/{warning.pk}/edit/").content.decode()
    assert text.count("À l’heure de Nairobi.") == 2
