"""A file that readers are given stays as two people let it out, whatever screen is asked."""

import json
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Page

from advisories.models import Clearance, TravelAdvisoryPage
from advisories.vocabulary import State
from embassy.files.in_use import SEEN, is_held
from embassy.mission.belonging import site_of
from embassy.models import ContentPage, MissionDocument, MissionImage
from embassy.models.workflow import reading_of
from embassy.release import publishing
from sections.models import OfficeDocument, OfficePage
from tests.embassy.test_privacy import links_to, offers, page_with, shows
from tests.embassy.test_uploads import picture

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
WORDS = {"title": "Other", "description": "Another", "credit": "Nobody", "taken": "1990"}
FOCUS = {"focal_point_x": 1, "focal_point_y": 1, "focal_point_width": 2, "focal_point_height": 2}


def editor_of(file) -> str:
    """Give the address of a file's editor."""
    name = "wagtailimages" if isinstance(file, MissionImage) else "wagtaildocs"
    return reverse(f"{name}:edit", args=[file.pk])


def form_of(file, /, **changed) -> dict:
    """Give what the editor of a file posts, with some of it changed."""
    names = [name for name in type(file).admin_form_fields if name not in ("file", "tags")]
    known = {name: getattr(file, name) for name in names if name != "collection"}
    known = {name: "" if value is None else value for name, value in known.items()}
    return known | {"collection": file.collection_id, "tags": ""} | changed


def other_file(file) -> SimpleUploadedFile:
    """Give another file of the same kind."""
    if isinstance(file, MissionImage):
        return picture("other.png")
    return SimpleUploadedFile("other.txt", b"Pay in cash at the gate.", "text/plain")


def stored(file) -> dict:
    """Give what is stored of a file that readers see."""
    return type(file).objects.filter(pk=file.pk).values(*SEEN[type(file)]).get()


def put_on_page(home, file) -> ContentPage:
    """Publish a page that shows a file."""
    return page_with(home, shows(file) if isinstance(file, MissionImage) else offers(file))


@pytest.fixture(params=["image", "document"])
def file(request):
    """A picture, and a document."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("is_used", [True, False])
def test_another_file_behind_a_public_page_is_refused_with_a_sentence(
    editor_client, home, file, is_used
):
    if is_used:
        put_on_page(home, file)
    before = stored(file)
    answer = editor_client.post(editor_of(file), form_of(file, file=other_file(file)), **HOST)
    assert (stored(file) == before) is is_used
    if is_used:
        assert answer.status_code == 200
        assert "Readers see this" in answer.content.decode()
    else:
        assert answer.status_code == 302


@pytest.mark.parametrize("name", [*WORDS, *FOCUS])
def test_words_and_cut_that_readers_see_stay(editor_client, home, image, name):
    put_on_page(home, image)
    before, changed = stored(image), (WORDS | FOCUS)[name]
    answer = editor_client.post(editor_of(image), form_of(image, **{name: changed}), **HOST)
    assert "Readers see this" in answer.content.decode() and stored(image) == before


def test_every_field_of_the_forms_that_readers_see_is_held():
    unseen = {"collection", "tags"}
    for model, names in SEEN.items():
        assert set(model.admin_form_fields) - unseen == set(names)


def test_the_title_of_a_document_that_readers_see_stays(editor_client, home, document):
    page_with(home, links_to(document))
    answer = editor_client.post(editor_of(document), form_of(document, title="Other"), **HOST)
    assert "Readers see this" in answer.content.decode()
    assert stored(document)["title"] == "Fees"


def test_what_readers_do_not_see_may_change(editor_client, home, image):
    put_on_page(home, image)
    answer = editor_client.post(editor_of(image), form_of(image, tags="river"), **HOST)
    assert answer.status_code == 302
    assert [tag.name for tag in image.tags.all()] == ["river"]


def test_the_form_of_a_row_just_uploaded_is_no_way_around(editor_client, home, file):
    put_on_page(home, file)
    is_image = isinstance(file, MissionImage)
    name = "wagtailimages" if is_image else "wagtaildocs"
    prefix, before = ("image" if is_image else "doc"), stored(file)
    data = {f"{prefix}-{file.pk}-{key}": value for key, value in form_of(file, title="O").items()}
    address = reverse(f"{name}:edit_multiple", args=[file.pk])
    answer = editor_client.post(address, data, **HOST)
    assert answer.json()["success"] is False and stored(file) == before
    with transaction.atomic():  # the refusal rolls back
        editor_client.post(reverse(f"{name}:delete_multiple", args=[file.pk]), **HOST)
    assert stored(file) == before


@pytest.mark.parametrize("is_used", [True, False])
def test_deleting_what_a_page_shows_is_refused_with_a_sentence(editor_client, home, file, is_used):
    if is_used:
        put_on_page(home, file)
    name = "wagtailimages" if isinstance(file, MissionImage) else "wagtaildocs"
    address = reverse(f"{name}:delete", args=[file.pk])
    answer = editor_client.post(address, **HOST)
    assert type(file).objects.filter(pk=file.pk).exists() is is_used
    if is_used:
        assert answer["Location"] == editor_of(file)
        (said,) = get_messages(answer.wsgi_request)
        assert "Readers see this" in str(said)


def test_deleting_several_is_refused_when_readers_see_one(editor_client, home, file, collection):
    put_on_page(home, file)
    copy = type(file).objects.get(pk=file.pk)
    copy.pk = None
    copy.save()
    label = type(file)._meta
    address = reverse("wagtail_bulk_action", args=[label.app_label, label.model_name, "delete"])
    answer = editor_client.post(f"{address}?id={file.pk}&id={copy.pk}", **HOST)
    assert answer.status_code == 302
    assert type(file).objects.filter(pk__in=[file.pk, copy.pk]).count() == 2


def test_below_the_screens_the_model_refuses_too(home, file):
    put_on_page(home, file)
    before = stored(file)
    file.title = "Other"
    with pytest.raises(PermissionDenied, match="Readers see this"), transaction.atomic():
        file.save()
    file.save(update_fields=["file_size"])  # as Wagtail does for what it finds out by itself
    other = type(file).objects.get(pk=file.pk)
    other.file = other_file(file)
    with pytest.raises(PermissionDenied), transaction.atomic():
        other.save()
    rows = type(file).objects.filter(pk=file.pk)
    for delete in (rows.get().delete, rows.delete):
        with pytest.raises(PermissionDenied), transaction.atomic():
            delete()
    assert stored(file) == before


def test_a_picture_is_its_writers_again_when_no_page_shows_it(home, image):
    page = put_on_page(home, image)
    assert is_held(image)
    Page.objects.get(pk=page.pk).unpublish()
    assert not is_held(image)
    image.title = "Other"
    image.save()


def test_a_file_of_a_private_page_is_held_as_well(home, image):
    page = put_on_page(home, image)
    page.view_restrictions.create(restriction_type="login")
    assert is_held(image)


def test_a_file_in_words_that_wait_is_held_and_then_its_changer_is_their_writer(
    editor_client, home, staff, file
):
    writer, second = staff["section_editor"], staff["approver"]
    page = page_with(home)
    page.body = [shows(file) if isinstance(file, MissionImage) else offers(file)]
    page.save_revision(user=writer)
    assert not is_held(file)  # a draft of one's own
    publishing.submit(page, writer)
    assert is_held(file)
    answer = editor_client.post(editor_of(file), form_of(file, title="Other"), **HOST)
    assert "Readers see this" in answer.content.decode()
    assert publishing.writers_of(page) == {writer.pk}  # what was refused is nobody's
    publishing.give_back(page, second, "No.")
    assert not is_held(file)
    answer = editor_client.post(editor_of(file), form_of(file, title="Other"), **HOST)
    assert answer.status_code == 302 and stored(file)["title"] == "Other"
    assert publishing.writers_of(page) == {writer.pk, staff["public_affairs"].pk}


def test_a_file_in_words_that_wait_for_their_time_is_held(home, staff, image):
    page = page_with(home)
    page.save_revision().publish()
    page.refresh_from_db()
    page.body, page.go_live_at = [shows(image)], timezone.now() + timedelta(days=1)
    page.save_revision(user=staff["section_editor"])
    publishing.submit(page, staff["section_editor"])
    publishing.approve(page, staff["approver"], reading_of(page.get_latest_revision()))
    assert not Page.objects.get(pk=page.pk).specific.body and is_held(image)


def test_a_document_in_a_row_of_a_page_that_waits_is_held(staff, document):
    page = OfficePage.objects.live().first()
    page.document_rows.add(OfficeDocument(title="Fees", document=document))
    page.save_revision(user=staff["section_editor"])
    assert not is_held(document)
    publishing.submit(page, staff["section_editor"])
    assert is_held(document)


def test_a_document_in_a_warning_that_waits_is_held(document):
    advisory = TravelAdvisoryPage.objects.live().first()
    words = advisory.get_latest_revision_as_object()
    for text in (texts := words.texts.all()):
        text.summary = f'<p><a linktype="document" id="{document.pk}">Fees</a></p>'
    words.texts = texts
    Clearance.objects.update_or_create(
        page=advisory, defaults={"site": site_of(advisory), "state": State.DRAFT}
    )
    words.save_revision()
    assert not is_held(document)
    Clearance.objects.filter(page=advisory).update(state=State.REVIEW)
    assert is_held(document)


def test_a_file_that_all_missions_share_is_held_by_each(dakar, document):
    root = Collection.get_first_root_node()
    MissionDocument.objects.filter(pk=document.pk).update(collection=root)
    document.refresh_from_db()
    assert not is_held(document)
    page_with(dakar.root_page.specific, offers(document))
    assert is_held(document)


def test_the_sentence_is_french_where_the_browser_is(editor_client, home, image, compiled):
    put_on_page(home, image)
    data, french = form_of(image, title="Autre"), {"Accept-Language": "fr"}
    answer = editor_client.post(editor_of(image), data, headers=french, **HOST)
    assert "Les lecteurs voient" in answer.content.decode()
    assert json.dumps(stored(image)["title"]) == '"River"'
