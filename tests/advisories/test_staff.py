"""Editor rules of warnings, and what staff cannot take off the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisories.models import AlertIndexPage, AlertPage, Clearance, Issued, TravelAdvisoryPage
from tests.advisories.factories import draft
from tests.editor import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(site):
    """The message of 2012, opened for writing."""
    page = AlertPage.objects.get(is_historic=True)
    Clearance.objects.filter(page=page).update(state="draft")
    return page


@pytest.fixture
def words(staff):
    """A draft of an alert."""
    now = timezone.now()
    return draft(now, now + timedelta(hours=1), by=staff["duty_officer"])


def post(client, page, user, **changes):
    """Post a page's editor with changes, to be published."""
    data = {**posted(page, user), "action-publish": "1", **changes}
    return client.post(f"/admin/pages/{page.pk}/edit/", data, HTTP_HOST="localhost")


def errors(response, field: str) -> str:
    """Give the sentences at a field."""
    assert response.status_code == 200
    return " ".join(response.context["form"].errors.get(field, []))


def test_alert_must_end(editor_client, staff, words):
    response = post(editor_client, words, staff["public_affairs"], expires="")
    assert "until when" in errors(response, "expires")


def test_alert_cannot_end_before_it_begins(editor_client, staff, words):
    changes = {"effective": "2026-11-21 12:00", "expires": "2026-11-21 12:00"}
    response = post(editor_client, words, staff["public_affairs"], **changes)
    assert "after the beginning" in errors(response, "expires")


def test_alert_has_one_text_per_language(editor_client, staff, message):
    changes = {"texts-0-language": "fr", "texts-1-language": "fr"}
    response = post(editor_client, message, staff["public_affairs"], **changes)
    assert "two texts in one language" in errors(response, "__all__")


def test_alert_has_a_text(editor_client, staff, message):
    changes = {"texts-0-DELETE": "on", "texts-1-DELETE": "on"}
    response = post(editor_client, message, staff["public_affairs"], **changes)
    assert response.status_code == 200
    assert message.texts.count() == 2


def test_advisory_is_not_changed_after_its_review(editor_client, staff):
    page = TravelAdvisoryPage.objects.get()
    Clearance.objects.filter(page=page).update(state="draft")
    changes = {"reviewed_on": "2026-01-08", "changed_on": "2026-01-09"}
    response = post(editor_client, page, staff["public_affairs"], **changes)
    assert "on or after the last change" in errors(response, "reviewed_on")


def test_issued_warning_cannot_be_deleted(editor_client, message):
    for page in (message, AlertIndexPage.objects.get()):
        url = f"/admin/pages/{page.pk}/delete/"
        response = editor_client.post(url, HTTP_HOST="localhost", follow=True)
        said = response.content.decode()
        assert "stays on record" in said or "do not have permission" in said
    assert AlertPage.objects.filter(pk=message.pk, live=True).exists()


def test_issued_warning_cannot_be_deleted_in_bulk(editor_client, message):
    url = f"/admin/bulk/wagtailcore/page/delete/?id={message.pk}"
    editor_client.post(url, HTTP_HOST="localhost", follow=True)
    assert AlertPage.objects.filter(pk=message.pk).exists()
    assert Issued.objects.filter(page=message).exists()
