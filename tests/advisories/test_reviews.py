"""Reviews of advisories: staff see what is due before readers see that it is overdue."""

from datetime import UTC, datetime

import pytest

from advisories.reviews import reviews_due, reviews_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "days_left", "is_called"),
    [
        (datetime(2026, 6, 8, 23, 59, tzinfo=UTC), 31, False),
        (datetime(2026, 6, 9, tzinfo=UTC), 30, True),
        (datetime(2026, 7, 9, 23, 59, tzinfo=UTC), 0, True),
        (datetime(2026, 7, 10, tzinfo=UTC), -1, True),
    ],
)
def test_both_edges_of_being_due(site, at, days_left, is_called, monkeypatch):
    from advisories.models import Issued

    rows = Issued.objects.advisories().current()
    monkeypatch.setattr(Issued.objects._queryset_class, "in_force", lambda self, at: self)
    assert rows.exists()
    review = reviews_of([site], at)[0]
    assert (review.days_left, review.is_overdue) == (days_left, days_left < 0)
    assert bool(reviews_due([site], at)) == is_called


def test_days_are_counted_on_the_missions_clock(site, settings, monkeypatch):
    from advisories.models import Issued
    from embassy.models import MissionSettings

    monkeypatch.setattr(Issued.objects._queryset_class, "in_force", lambda self, at: self)
    MissionSettings.objects.filter(site=site).update(time_zone="Pacific/Kiritimati")
    midnight_there = datetime(2026, 7, 9, 10, tzinfo=UTC)
    assert reviews_of([site], midnight_there)[0].days_left == -1


def test_staff_see_it_on_the_first_screen_and_in_the_report(client, staff):
    client.force_login(staff["consular"])
    for address in ("/admin/", "/admin/warnings/", "/admin/warnings/reviews/"):
        page = client.get(address).content.decode()
        assert "Reviews of advisories" in page, address
        assert "was due by July" in page or "overdue for" in page, address
    assert "U.S. Embassy in Bamako" in page


def test_the_report_is_for_who_works_with_warnings(client, staff, nairobi):
    client.force_login(staff["section_editor"])
    assert client.get("/admin/warnings/reviews/").status_code in (302, 403)
