"""Times of events: typed and shown on the event's clock, whatever clock the editor lives by."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.users.models import UserProfile

from embassy.models import User
from relations.models import EventPage, NewsIndexPage
from tests.editor import posted
from tests.factories import person
from tests.two_people import posted_and_approved

pytestmark = pytest.mark.django_db

HOST = "nairobi.localhost"


def utc(text: str) -> datetime:
    """Give a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def officer(nairobi):
    """Somebody of the mission in Nairobi who lives by the clock of Tokyo."""
    user = person(nairobi, "public_affairs")
    UserProfile.objects.create(user=user, current_time_zone="Asia/Tokyo")
    return user


@pytest.fixture
def desk(client, officer):
    """A browser in which the officer is signed in."""
    client.defaults["HTTP_HOST"] = HOST
    client.force_login(officer)
    return client


@pytest.fixture
def news(nairobi):
    """The list of news and events in Nairobi."""
    return NewsIndexPage.objects.descendant_of(nairobi.root_page).get()


@pytest.fixture
def event(news):
    """An event in New York, in winter: 14:00 to 16:00 there."""
    page = EventPage(
        title="Town hall",
        starts=utc("2026-01-15 19:00"),
        ends=utc("2026-01-15 21:00"),
        time_zone="America/New_York",
        venue="City Hall",
    )
    news.add_child(instance=page)
    page.save_revision().publish()
    return page


def publish(desk, page, officer, **changes):
    """Post the editor of a page as it is, with changes."""
    address, data = f"/admin/pages/{page.pk}/edit/", {**posted(page, officer), **changes}
    answer = posted_and_approved(desk, address, data, second(officer), page)
    return desk.get(answer.url) if answer.status_code == 302 else answer


def second(officer):
    """Give somebody of the same mission who approves what the officer wrote."""
    found = User.objects.filter(email="second@nairobi.example").first()
    return found or person(officer.mission, "approver", "second@nairobi.example")


def shown(desk, page) -> tuple[str, str]:
    """Give the times as the editor shows them."""
    form = desk.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    return tuple(form[n].field.widget.format_value(form[n].value()) for n in ("starts", "ends"))


def errors(response, field: str) -> str:
    """Give the sentences at a field."""
    return " ".join(response.context["form"].errors.get(field, []))


def test_the_editor_shows_the_clock_of_the_event(desk, event):
    assert shown(desk, event) == ("2026-01-15 14:00", "2026-01-15 16:00")
    text = desk.get(f"/admin/pages/{event.pk}/edit/").content.decode()
    assert text.count("On the clock of the time zone chosen above.") == 2


@pytest.mark.parametrize(
    ("starts", "ends", "moment", "public"),
    [
        ("2026-03-07 14:00", "2026-03-07 16:00", "2026-03-07 19:00", "March 7, 2026, 14:00"),
        ("2026-03-08 14:00", "2026-03-08 16:00", "2026-03-08 18:00", "March 8, 2026, 14:00"),
        ("2026-03-08 01:59", "2026-03-08 03:00", "2026-03-08 06:59", "March 8, 2026, 01:59"),
        ("2026-10-31 14:00", "2026-10-31 16:00", "2026-10-31 18:00", "October 31, 2026, 14:00"),
        ("2026-11-01 14:00", "2026-11-01 16:00", "2026-11-01 19:00", "November 1, 2026, 14:00"),
    ],
)
def test_what_is_typed_is_what_readers_see(desk, officer, event, starts, ends, moment, public):
    assert publish(desk, event, officer, starts=starts, ends=ends).status_code == 200
    event.refresh_from_db()
    assert event.starts == utc(moment)
    assert shown(desk, event) == (starts, ends)
    text = desk.get(event.url).content.decode()
    assert public in text and "Eastern time" in text


def test_saved_unchanged_it_does_not_drift(desk, officer, event):
    exact = utc("2026-11-01 06:30").replace(second=17, microsecond=250_000)  # the second 01:30
    EventPage.objects.filter(pk=event.pk).update(starts=exact, ends=utc("2026-11-01 09:00"))
    EventPage.objects.get(pk=event.pk).save_revision().publish()
    for _time in range(2):
        assert publish(desk, EventPage.objects.get(pk=event.pk), officer).status_code == 200
        assert EventPage.objects.get(pk=event.pk).starts == exact
    form = desk.get(f"/admin/pages/{event.pk}/edit/").context["form"]
    assert not form.fields["starts"].has_changed(exact, "2026-11-01 01:30")
    assert "the second is meant" in form.fields["starts"].help_text


def test_another_zone_moves_the_event_and_not_its_hours(desk, officer, event):
    publish(desk, event, officer, time_zone="Africa/Nairobi")
    event.refresh_from_db()
    assert event.starts == utc("2026-01-15 11:00")
    assert shown(desk, event) == ("2026-01-15 14:00", "2026-01-15 16:00")


def test_an_hour_that_is_skipped_is_refused(desk, officer, event):
    later = {"starts": utc("2026-11-01 05:30"), "ends": utc("2026-11-01 07:30")}
    event.starts, event.ends = later.values()
    event.save_revision().publish()
    changes = {"starts": "2026-03-08 02:30", "ends": "2026-03-08 05:00"}
    response = publish(desk, event, officer, **changes)
    assert errors(response, "starts") == (
        "There is no 02:30 on March 8, 2026 (Eastern time): clocks are put forward then."
        " Choose another time."
    )
    assert not errors(response, "ends")  # it is not before the start that is being replaced
    form = response.context["form"]
    assert (form["starts"].value(), form["ends"].value()) == tuple(changes.values())
    event.refresh_from_db()
    assert event.starts == later["starts"]
    assert "comes twice" not in response.content.decode()


def test_of_an_hour_that_comes_twice_the_first_is_taken_and_said(desk, officer, event):
    changes = {"starts": "2026-11-01 01:30", "ends": "2026-11-01 05:00"}
    response = publish(desk, event, officer, **changes)
    said = "01:30 comes twice on November 1, 2026 (Eastern time): the first is meant."
    assert said in response.content.decode()
    event.refresh_from_db()
    assert event.starts == utc("2026-11-01 05:30")
    assert said in desk.get(f"/admin/pages/{event.pk}/edit/").content.decode()


def test_what_is_saved_on_the_way_says_nothing(desk, officer, event):
    changes = {"starts": "2026-11-01 01:30", "ends": "2026-11-01 05:00"}
    data = {**posted(event, officer), **changes}
    url = f"/admin/pages/{event.pk}/edit/"
    answer = desk.post(url, data, headers={"accept": "application/json"})
    assert answer.json()["success"]
    assert "comes twice" not in desk.get("/admin/").content.decode()


def test_a_form_returned_with_errors_shows_what_was_typed(desk, officer, event):
    changes = {"starts": "2026-06-01 14:00", "ends": "2026-06-01 13:00"}
    response = publish(desk, event, officer, **changes)
    assert errors(response, "ends") == "Choose an end after the start."
    form = response.context["form"]
    assert (form["starts"].value(), form["ends"].value()) == tuple(changes.values())
    assert 'value="2026-06-01 14:00"' in response.content.decode()


def test_what_is_not_a_time_or_no_zone_is_refused(desk, officer, event):
    response = publish(desk, event, officer, starts="tomorrow", time_zone="Nowhere/At_All")
    assert "valid date" in errors(response, "starts")
    assert errors(response, "time_zone")


def test_a_new_event_begins_with_the_clock_of_its_mission(desk, news, nairobi):
    url = f"/admin/pages/add/relations/eventpage/{news.pk}/"
    form = desk.get(url).context["form"]
    assert form["time_zone"].value() == "Africa/Nairobi"
    data = nested_form_data(
        {
            "title": "Open day",
            "slug": "open-day",
            "summary": "",
            "starts": "2026-06-01 14:00",
            "ends": "2026-06-01 16:00",
            "time_zone": "Africa/Nairobi",
            "venue": "The embassy",
            "body": streamfield([]),
            "sources": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    answer = posted_and_approved(desk, url, data, person(nairobi, "approver"))
    assert answer.status_code == 302
    page = EventPage.objects.get(slug="open-day")
    assert page.starts == utc("2026-06-01 11:00")
    assert "June 1, 2026, 14:00" in desk.get(page.url).content.decode()


def test_previews_and_versions_are_on_the_clock_too(desk, officer, event):
    publish(desk, event, officer, starts="2026-11-01 14:00", ends="2026-11-01 16:00")
    first, last = event.revisions.order_by("pk").values_list("pk", flat=True)
    url = f"/admin/pages/{event.pk}/revisions/compare/{first}...{last}/"
    text = desk.get(url).content.decode()
    assert "January 15, 2026, 14:00 (Eastern time)" in text
    assert "November 1, 2026, 14:00 (Eastern time)" in text
    preview = f"/admin/pages/{event.pk}/edit/preview/"
    data = {**posted(event, officer), "starts": "2026-03-08 12:00", "ends": "2026-03-08 13:00"}
    assert desk.post(preview, data).json()["is_valid"]
    assert "March 8, 2026, 12:00" in desk.get(preview).content.decode()
    old = desk.get(f"/admin/pages/{event.pk}/revisions/{first}/revert/").context["form"]
    assert str(old["starts"].value()) == "2026-01-15 14:00:00"


def test_it_goes_out_by_the_clock_of_the_mission(desk, officer, event):
    day = (timezone.now() + timedelta(days=3)).date()
    publish(desk, event, officer, go_live_at=f"{day} 08:00")
    form = desk.get(f"/admin/pages/{event.pk}/edit/").context["form"]
    assert form.fields["go_live_at"].help_text == "On this clock: Nairobi time."
    out = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    assert EventPage.objects.get(pk=event.pk).get_latest_revision_as_object().go_live_at == out
