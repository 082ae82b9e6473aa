"""The staff pages are on the clock of the mission, unless an account has chosen another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from embassy.models import ContentPage
from tests.editor import posted
from tests.factories import person

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 6, 1, 22, 47, tzinfo=UTC)  # the next day, 01:47, in Nairobi


@pytest.fixture
def officer(nairobi):
    """Somebody of the mission in Nairobi."""
    return person(nairobi, "public_affairs")


@pytest.fixture
def desk(client, officer):
    """A browser in which the officer is signed in."""
    client.defaults["HTTP_HOST"] = "nairobi.localhost"
    client.force_login(officer)
    return client


@pytest.fixture
def page(nairobi, officer, monkeypatch):
    """A page that was written in the night."""
    page = ContentPage(title="Notice", slug="notice", live=False)
    with monkeypatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: NIGHT)
        nairobi.root_page.add_child(instance=page)
        page.save_revision(user=officer, log_action=True)
    return page


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [(None, "01:47"), ("", "01:47"), ("Asia/Tokyo", "07:47")],
)
def test_wagtail_s_own_screens_are_on_the_mission_s_clock(desk, officer, page, chosen, shown):
    if chosen is not None:
        UserProfile.objects.create(user=officer, current_time_zone=chosen)
    text = desk.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert shown in text and "22:47" not in text


def test_nothing_is_stored_by_looking(desk, officer):
    UserProfile.objects.create(user=officer)
    desk.get("/admin/account/")
    assert UserProfile.objects.get(user=officer).current_time_zone == ""


def test_the_django_admin_is_on_the_mission_s_clock(client, nairobi):
    keeper = person(nairobi, "administrator", "keeper@nairobi.example")
    client.defaults["HTTP_HOST"] = "nairobi.localhost"
    client.force_login(keeper)
    type(keeper).objects.filter(pk=keeper.pk).update(last_login=NIGHT)
    text = client.get(f"/django-admin/embassy/user/{keeper.pk}/change/").content.decode()
    assert "01:47" in text and "22:47" not in text


def test_a_page_goes_out_by_the_clock_of_the_mission_whatever_clock_its_editor_lives_by(
    desk, officer, page
):
    UserProfile.objects.create(user=officer, current_time_zone="Asia/Tokyo")
    day = (timezone.now() + timedelta(days=3)).date()
    times = {"go_live_at": f"{day} 08:00", "expire_at": f"{day} 20:30"}
    address = f"/admin/pages/{page.pk}/edit/"
    assert desk.post(address, posted(page, officer) | times).status_code == 302
    stored = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert stored.go_live_at == datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    assert stored.expire_at == datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC)
    response = desk.get(address)
    form = response.context["form"]
    for name, typed in times.items():
        assert form[name].field.widget.format_value(form[name].value()) == typed
        assert form.fields[name].help_text == "On this clock: Nairobi time."
    assert "once a second person has approved the page" in response.content.decode()


def test_an_end_before_the_beginning_is_refused_and_stays(desk, officer, page):
    day = (timezone.now() + timedelta(days=3)).date()
    times = {"go_live_at": f"{day} 20:00", "expire_at": f"{day} 08:00"}
    response = desk.post(f"/admin/pages/{page.pk}/edit/", posted(page, officer) | times)
    form = response.context["form"]
    assert form.errors["expire_at"] and form["expire_at"].value() == times["expire_at"]
