"""What waits for approval is taken away by nobody: not deleted, not moved, in whatever way."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from advisories import lifecycle
from advisories.models import AlertPage, Clearance
from advisories.vocabulary import State
from tests.advisories.factories import draft, index, unsaved

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
WRITERS = ["duty_officer", "public_affairs", "consular", "approver"]
HOURS = timedelta(hours=6)


@pytest.fixture
def page(staff) -> AlertPage:
    """An alert that the duty officer wrote and submitted."""
    page = written(staff)
    lifecycle.submit(page, staff["duty_officer"], timezone.now())
    return page


def written(staff) -> AlertPage:
    """Give the duty officer's draft."""
    now = timezone.now()
    return draft(now, now + HOURS, by=staff["duty_officer"])


def posted(user, address: str, **data):
    """Post to one of Wagtail's screens; give the answer and the sentences that go with it."""
    browser = Client()
    browser.force_login(user)
    answer = browser.post(address, data, **HOST)
    return answer, " ".join(str(one) for one in get_messages(answer.wsgi_request))


def screens(page) -> list[str]:
    """Give the screens that delete a page or move it, alone or among others."""
    elsewhere = index(page.get_ancestors().get(depth=2)).pk
    return [
        f"/admin/pages/{page.pk}/delete/",
        f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}",
        f"/admin/pages/{page.pk}/move/{elsewhere}/confirm/",
    ]


@pytest.mark.parametrize("who", WRITERS)
def test_no_screen_takes_away_what_waits_and_says_what_comes_first(page, staff, who):
    for address in screens(page):
        answer, said = posted(staff[who], address)
        assert answer.status_code == 302, address
        assert "Return it or take it back first" in said, address
        assert AlertPage.objects.filter(pk=page.pk).exists(), address
    assert Clearance.objects.get(page=page).state == State.REVIEW


def test_what_was_taken_back_may_be_deleted(page, staff):
    lifecycle.withdraw(page, staff["duty_officer"])
    posted(staff["duty_officer"], f"/admin/pages/{page.pk}/delete/")
    assert not AlertPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("who", ["section_editor", "duty_officer", "public_affairs"])
def test_a_draft_is_deleted_by_who_may_write_warnings(staff, who):
    page = written(staff)
    posted(staff[who], f"/admin/pages/{page.pk}/delete/")
    assert AlertPage.objects.filter(pk=page.pk).exists() is (who == "section_editor")


def refused(way) -> None:
    """Try a way below the screens that is to be refused with the sentence."""
    with pytest.raises(PermissionDenied, match="Return it or take it back"), transaction.atomic():
        way()


@pytest.mark.parametrize("model", [Page, AlertPage, Clearance])
def test_no_query_deletes_it(page, model):
    key = "page_id" if model is Clearance else "pk"
    refused(lambda: model.objects.filter(**{key: page.pk}).delete())
    assert AlertPage.objects.filter(pk=page.pk).exists()
    assert Clearance.objects.filter(page_id=page.pk).exists()


def test_a_program_does_not_delete_it_and_the_log_does_not_say_so(page):
    with pytest.raises(PermissionDenied, match="Return it or take it back"):
        page.delete()
    assert AlertPage.objects.filter(pk=page.pk).exists()
    assert not PageLogEntry.objects.filter(page=page.pk, action="wagtail.delete").exists()


@pytest.fixture
def elsewhere(dakar) -> AlertPage:
    """An alert that waits in a mission where nothing was issued."""
    now = timezone.now()
    page = unsaved(now, now + HOURS, "Routes coupées")
    page.contact_rows = []  # those of the demo mission are not another's to quote
    index(dakar.root_page).add_child(instance=page)
    Clearance.objects.create(site=dakar, page=page, state=State.REVIEW, submitted_at=now)
    return page


def test_the_list_above_it_is_not_deleted(elsewhere):
    above = elsewhere.get_parent()
    for one in (above, above.specific):
        refused(one.delete)
    assert AlertPage.objects.filter(pk=elsewhere.pk).exists()


def test_neither_it_nor_what_is_above_it_moves(elsewhere, home):
    refused(lambda: elsewhere.move(index(home), pos="last-child"))
    refused(lambda: elsewhere.get_parent().specific.move(home, pos="last-child"))
    assert AlertPage.objects.get(pk=elsewhere.pk).path == elsewhere.path


def test_it_may_change_its_place_among_its_neighbors(page):
    page.move(page.get_siblings().first(), pos="left")
    assert Page.objects.get(pk=page.pk).get_parent() == page.get_parent()


def test_one_that_is_submitted_while_it_is_deleted_stays(page, staff):
    """The rows to delete are read first: what they said then is not what counts."""
    seen = Clearance.objects.get(page=page)
    seen.state = State.DRAFT
    refused(seen.delete)
