"""Forms of the editor of which a part is missing: nothing is stored, nothing typed is lost."""

import pytest
from django.apps import apps

from embassy.models import ContentPage, User
from embassy.pages import BasePage
from tests.editor import plain, posted, stored

pytestmark = pytest.mark.django_db

MISSING = "Part of the form was missing"
MADE_BY_SCRIPT = ("-count", "-TOTAL_FORMS")
TYPES = [
    model
    for model in apps.get_models()
    if issubclass(model, BasePage) and model.__name__ != "EventPage"  # the demo has none
]


@pytest.fixture
def chief(site):
    """An account that may change every page."""
    return User.objects.create_superuser("whole.forms@bamako.example", "x")


@pytest.fixture
def browser(client, chief):
    """A browser in which that account is signed in."""
    client.force_login(chief)
    return client


def without_script(data: dict) -> dict:
    """Give what a browser posts whose script made nothing."""
    return {name: value for name, value in data.items() if not name.endswith(MADE_BY_SCRIPT)}


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_no_editor_breaks_and_nothing_is_stored(browser, chief, model):
    page = model.objects.order_by("path").first().get_latest_revision_as_object()
    before = stored(page), page.revisions.count()
    data = posted(page, chief)
    sent = without_script(data)
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", sent)
    locked = page.get_lock() is not None
    if sent != data and not locked:
        assert answer.status_code == 200
        assert MISSING in answer.content.decode()
        page = model.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (stored(page), page.revisions.count()) == before
    assert answer.status_code in (200, 302)


def test_what_was_typed_and_what_was_stored_stay_on_screen(browser, chief):
    page = ContentPage.objects.exclude(body="[]").first().get_latest_revision_as_object()
    data = without_script(posted(page, chief)) | {"summary": "Typed just now."}
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", data)
    form = answer.context["form"]
    assert "Typed just now." in answer.content.decode()
    assert plain(form["body"].value()) == plain(page.body)
    assert form["body"].value()


def test_a_new_page_of_which_a_part_is_missing_is_not_made(browser, home):
    address = f"/admin/pages/add/embassy/contentpage/{home.pk}/"
    answer = browser.post(address, {"title": "A new one", "slug": "new-one"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert MISSING in text and 'value="A new one"' in text
    assert not ContentPage.objects.filter(slug="new-one").exists()


@pytest.mark.parametrize("count", ["", "x", "2"])
def test_a_count_that_does_not_fit_is_a_part_missing(browser, chief, count):
    page = ContentPage.objects.first().get_latest_revision_as_object()
    data = without_script(posted(page, chief)) | {"body-count": count, "sources-count": "0"}
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", data)
    assert answer.status_code == 200 and MISSING in answer.content.decode()


def test_a_whole_form_is_stored(browser, chief):
    page = ContentPage.objects.first().get_latest_revision_as_object()
    data = posted(page, chief) | {"summary": "Typed just now."}
    assert browser.post(f"/admin/pages/{page.pk}/edit/", data).status_code == 302
    assert ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == (
        "Typed just now."
    )
