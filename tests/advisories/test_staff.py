"""Editor rules of warnings, and what staff cannot take off the record."""

import pytest

from advisories.models import AlertIndexPage, AlertPage, Issued, TravelAdvisoryPage
from tests.editor import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(site):
    return AlertPage.objects.get(is_historic=True)


def post(client, page, user, **changes):
    """Post a page's editor with changes, to be published."""
    data = {**posted(page, user), "action-publish": "1", **changes}
    return client.post(f"/admin/pages/{page.pk}/edit/", data, HTTP_HOST="localhost")


def errors(response, field: str) -> str:
    """Give the sentences at a field."""
    assert response.status_code == 200
    return " ".join(response.context["form"].errors.get(field, []))


def test_alert_must_end(editor_client, staff, message):
    changes = {"is_historic": "", "expires": ""}
    response = post(editor_client, message, staff["public_affairs"], **changes)
    assert "until when" in errors(response, "expires")


def test_alert_cannot_end_before_it_begins(editor_client, staff, message):
    changes = {"is_historic": "", "effective": "2026-11-21 12:00", "expires": "2026-11-21 12:00"}
    response = post(editor_client, message, staff["public_affairs"], **changes)
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
    changes = {"reviewed_on": "2026-01-08", "changed_on": "2026-01-09"}
    response = post(editor_client, page, staff["public_affairs"], **changes)
    assert "on or after the last change" in errors(response, "reviewed_on")


def test_issued_warning_cannot_be_deleted(editor_client, message):
    for page in (message, AlertIndexPage.objects.get()):
        url = f"/admin/pages/{page.pk}/delete/"
        response = editor_client.post(url, HTTP_HOST="localhost", follow=True)
        assert "stays on record" in response.content.decode()
    assert AlertPage.objects.filter(pk=message.pk, live=True).exists()


def test_issued_warning_cannot_be_deleted_in_bulk(editor_client, message):
    url = f"/admin/bulk/wagtailcore/page/delete/?id={message.pk}"
    editor_client.post(url, HTTP_HOST="localhost", follow=True)
    assert AlertPage.objects.filter(pk=message.pk).exists()
    assert Issued.objects.filter(page=message).exists()
