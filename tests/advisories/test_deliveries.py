"""The list of deliveries in the staff pages: what became of a message, and what to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisories.models import Delivery
from tests.advisories.factories import new_issue, webhook
from tests.advisories.sending import HOST, Status, page_of, signed_in


@pytest.mark.django_db
def test_staff_see_what_became_of_a_warning_and_try_again(dead, staff):
    approver = signed_in(staff["approver"])
    said = page_of(staff["approver"], "/admin/deliveries/?status=dead")
    for words in ("Roads closed (1)", "https://9.9.9.9/", "Given up", "status 410", "Try again"):
        assert words in said
    assert "Roads closed (1)" not in page_of(staff["approver"], "/admin/deliveries/?status=done")
    assert "1 message did not arrive" in page_of(staff["approver"], "/admin/")
    assert "Delivered" in page_of(staff["approver"], f"/admin/warnings/{dead.issue.page_id}/")
    officer = page_of(staff["duty_officer"], "/admin/deliveries/")
    assert "Roads closed (1)" in officer and "Try again" in officer
    response = approver.post(f"/admin/deliveries/{dead.pk}/again/", **HOST, follow=True)
    assert "leaves within seconds" in response.content.decode()
    assert Delivery.objects.get(channel="webhook").status == Status.WAITING
    response = approver.post(f"/admin/deliveries/{dead.pk}/again/", **HOST, follow=True)
    assert "being tried already" in response.content.decode()


@pytest.mark.django_db
def test_staff_are_told_when_nobody_delivers(owed, staff):
    assert "worker is missing" not in page_of(staff["approver"], "/admin/")
    Delivery.objects.filter(channel="webhook").update(next_at=timezone.now() - timedelta(minutes=6))
    assert "worker is missing" in page_of(staff["approver"], "/admin/")
    at = Delivery.objects.get(channel="webhook").next_at
    assert Delivery.objects.late(at + timedelta(minutes=5)).exists()
    assert not Delivery.objects.late(at + timedelta(minutes=5, microseconds=-1)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?status=x&p=x&warning=x", "?p=-1", "?warning=" + "9" * 40])
def test_a_forged_list_is_a_list(owed, staff, query):
    assert "Deliveries" in page_of(staff["approver"], f"/admin/deliveries/{query}")


@pytest.mark.django_db
def test_who_has_no_part_in_warnings_sees_no_deliveries(owed, staff):
    for role in ("section_editor", "administrator"):
        response = signed_in(staff[role]).get("/admin/deliveries/", **HOST)
        assert response.status_code in (302, 403)


@pytest.mark.django_db
def test_the_list_asks_as_many_questions_for_many_as_for_one(site, staff):
    client, asked = signed_in(staff["approver"]), []
    for count in (1, 40):
        for number in range(count):
            webhook(site, f"https://9.9.9.9/{number}")
        new_issue(staff)
        client.get("/admin/deliveries/", **HOST)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/deliveries/", **HOST)
        asked.append(len(queries))
    assert asked[0] == asked[1]
