"""Forms of the editor of which a part is missing: nothing is stored, nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import StreamField

from advisories.models import TravelAdvisoryPage
from embassy.models import ContentPage, User
from embassy.pages import BasePage
from embassy.release.whole_forms import WholeForm, unknown_blocks
from relations.models import EventPage, NewsIndexPage
from tests.editor import block_data, plain, posted, query, stored
from tests.two_people import posted_and_approved

pytestmark = pytest.mark.django_db

MISSING = "Part of the form was missing"
MADE_BY_SCRIPT = ("-count", "-TOTAL_FORMS")
TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]


def first(model: type) -> BasePage:
    """Give the first page of a type as last saved; an event, which the demo lacks, is made."""
    if not model.objects.exists():
        event = EventPage(
            title="Open house",
            starts=datetime(2026, 12, 1, 9, tzinfo=UTC),
            ends=datetime(2026, 12, 1, 11, tzinfo=UTC),
            time_zone="Africa/Bamako",
            venue="U.S. Embassy in Bamako",
        )
        NewsIndexPage.objects.get(locale__language_code="en").add_child(instance=event)
    return model.objects.order_by("path").first().get_latest_revision_as_object()


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
    page = first(model)
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


KIND = "A block of a kind that this site does not have (nonexistent) was sent"


def streams() -> list[tuple[type, str]]:
    """Give every StreamField of every model."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and field.model is model
    ]


def forms_of(model: type) -> type:
    """Give the form in which a model is edited: its own, or that of the page whose row it is."""
    keys = [field for field in model._meta.fields if isinstance(field, ParentalKey)]
    owner = keys[0].related_model if keys else model
    return owner.get_edit_handler().get_form_class()


def test_every_stream_is_edited_in_a_form_that_is_looked_at():
    assert streams()
    assert [m for m, _name in streams() if not issubclass(forms_of(m), WholeForm)] == []


def test_one_in_a_row_of_a_page_is_refused_too(chief):
    page = TravelAdvisoryPage.objects.get().get_latest_revision_as_object()
    data = posted(page, chief)
    name = next(name for name in data if name.endswith("-advice-0-type"))
    form = forms_of(TravelAdvisoryPage)(
        query(data | {name: "nonexistent"}),
        instance=page,
        for_user=chief,
        parent_page=page.get_parent(),
    )
    assert not form.is_valid()
    assert any(sentence.startswith(KIND) for sentence in form.errors["__all__"])


@pytest.mark.parametrize(
    ("model", "name"),
    [stream for stream in streams() if issubclass(stream[0], BasePage)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_block_of_a_kind_there_is_not_is_refused(browser, chief, model, name):
    page = first(model)
    data = posted(page, chief)
    number = int(data[f"{name}-count"])
    sent = data | {
        f"{name}-count": number + 1,
        f"{name}-{number}-type": "nonexistent",
        f"{name}-{number}-deleted": "",
        f"{name}-{number}-order": number,
        f"{name}-{number}-id": "",
        f"{name}-{number}-value-title": "Words that were typed",
    }
    form = forms_of(model)(
        query(sent), instance=page, for_user=chief, parent_page=page.get_parent()
    )
    assert not form.is_valid()
    sentence = form.errors[name][-1]
    assert sentence.startswith(KIND) and "Nothing was stored" in sentence
    assert sentence.endswith("Its words were: Words that were typed")


def edited(browser, chief, body: list, **changed):
    """Post a page with a body through the editor; give the answer and the page as it is then."""
    page = ContentPage.objects.order_by("path").first().get_latest_revision_as_object()
    page.body = body
    data = posted(page, chief) | changed | {"summary": "Typed just now."}
    before = plain(ContentPage.objects.get(pk=page.pk).body)
    second = User.objects.get(email="approver@bamako.example")
    address = f"/admin/pages/{page.pk}/edit/"
    answer = posted_and_approved(browser, address, data, second, page)
    after = ContentPage.objects.get(pk=page.pk)
    assert (plain(after.body) == before) == (answer.status_code == 200)
    return answer


def test_a_page_is_not_published_without_its_body(browser, chief):
    body = [("paragraph", "<p>All there is</p>"), ("heading", {"text": "Kept", "level": "2"})]
    answer = edited(browser, chief, body, **{"body-0-type": "nonexistent"})
    assert answer.status_code == 200
    form = answer.context["form"]
    for place in ("body", "__all__"):
        [sentence] = form.errors[place]
        assert sentence.startswith(KIND)
        assert sentence.endswith("Its words were: All there is")
    assert "Kept" in plain(form["body"].value())
    text = answer.content.decode()
    assert "Typed just now." in text and "All there is" in text


def test_a_block_that_was_taken_out_is_not_looked_at(browser, chief):
    body = [("paragraph", "<p>Gone</p>"), ("paragraph", "<p>Kept</p>")]
    changed = {"body-0-type": "nonexistent", "body-0-deleted": "1"}
    assert edited(browser, chief, body, **changed).status_code == 302


class Inner(blocks.StreamBlock):
    """A stream in a struct in a list in a stream."""

    text = blocks.CharBlock(required=False)


class Outer(blocks.StreamBlock):
    """What holds it."""

    rows = blocks.ListBlock(blocks.StructBlock([("inner", Inner(required=False))]))


@pytest.mark.parametrize(("kind", "found"), [("text", 0), ("nonexistent", 1)])
def test_streams_within_lists_are_looked_at(kind, found):
    block = Outer()
    value = block.to_python(
        [{"type": "rows", "value": [{"inner": [{"type": "text", "value": "x"}]}]}]
    )
    data = query(block_data(block, value, "body"))
    assert data["body-0-value-0-value-inner-0-type"] == "text"
    data["body-0-value-0-value-inner-0-type"] = kind
    assert len(list(unknown_blocks(block, data, "body"))) == found
