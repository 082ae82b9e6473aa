"""The first screen: a sentence where nothing is owed, and pages of one's own mission only."""

import pytest
from wagtail.models import Page

from embassy.mission.permissions import own
from embassy.upkeep import Owed, Part
from tests.advisories.sending import HOST, page_of, signed_in

pytestmark = pytest.mark.django_db
NOTHING = "Nothing waits for you"


def quiet(monkeypatch) -> None:
    """Let no panel have anything to say."""
    for place in ("advisories.desk.owed", "embassy.release.publishing_desk.owed"):
        monkeypatch.setattr(place, lambda *args: {})
    monkeypatch.setattr("advisories.desk.alerts_in_force", lambda *args: [])
    monkeypatch.setattr("embassy.upkeep.screens.parts_for", lambda *args: [])


def test_an_empty_first_screen_says_that_nothing_waits(staff, monkeypatch):
    quiet(monkeypatch)
    assert NOTHING in page_of(staff["section_editor"], "/admin/")


def test_it_does_not_say_so_where_something_waits(staff, monkeypatch):
    row = Owed("Switchboard", "not tried for 90 days", "/admin/")
    quiet(monkeypatch)
    monkeypatch.setattr("embassy.upkeep.screens.parts_for", lambda *args: [Part("f", "F", [row])])
    said = page_of(staff["duty_officer"], "/admin/")
    assert NOTHING not in said
    assert "not tried for 90 days" in said


def test_the_pages_counted_are_those_of_ones_own_mission(staff, dakar):
    user = staff["public_affairs"]
    ours = own(Page.objects.filter(depth__gt=1), user).count()
    assert ours < Page.objects.filter(depth__gt=1).count()
    response = signed_in(user).get("/admin/", **HOST)
    [item] = response.context["site_summary"].summary_items[:1]
    assert item.get_context_data(response.context)["total_pages"] == ours


@pytest.mark.parametrize(
    ("role", "address", "way"),
    [
        ("public_affairs", "/admin/pages/9999999/edit/", "/admin/"),
        ("public_affairs", "/admin/no-such-screen/", "/admin/"),
        ("administrator", "/django-admin/no-such-screen/", "/django-admin/"),
    ],
)
def test_what_is_not_there_keeps_staff_in_the_staff_pages(staff, role, address, way):
    response = signed_in(staff[role]).get(address, **HOST)
    assert response.status_code == 404
    assert f'href="{way}"' in response.content.decode()
    assert "site.css" not in response.content.decode()


def test_a_page_of_another_mission_is_not_there_in_the_staff_pages(staff, dakar):
    address = f"/admin/pages/{dakar.root_page.pk}/edit/"
    response = signed_in(staff["public_affairs"]).get(address, **HOST)
    assert response.status_code == 404
    assert "it is not your mission" in response.content.decode()
