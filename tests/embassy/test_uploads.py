"""Files that are not what they should be are refused with a sentence; missing ones do no harm."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from embassy.models import ContentPage, MissionDocument, MissionImage, MissionSettings

pytestmark = pytest.mark.django_db


def picture(name: str = "river.png") -> SimpleUploadedFile:
    """Give a small real picture."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#a52").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def photo() -> bytes:
    """Give a real photo's bytes."""
    file = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def collection(site):
    return MissionSettings.for_site(site).collection


def upload(client, url: str, file, collection):
    """Post a file as the upload form does."""
    data = {"title": "A file", "file": file, "collection": collection.pk}
    return client.post(url, data, HTTP_HOST="localhost")


def test_picture_is_taken(editor_client, collection):
    response = upload(editor_client, "/admin/images/add/", picture(), collection)
    assert response.status_code == 302
    assert MissionImage.objects.filter(title="A file").exists()


@pytest.mark.parametrize(
    "broken",
    [
        SimpleUploadedFile("a.png", b"this is no picture", "image/png"),
        SimpleUploadedFile("a.exe", b"MZ", "application/octet-stream"),
        SimpleUploadedFile("a.svg", b"<svg onload='x()'/>", "image/svg+xml"),
        SimpleUploadedFile("a.png", b"", "image/png"),
        SimpleUploadedFile("a.jpg", photo()[:400], "image/jpeg"),
        SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0garbage", "image/jpeg"),
        SimpleUploadedFile("a.png", picture().read()[:60], "image/png"),
    ],
)
def test_broken_picture_is_refused_with_a_sentence(editor_client, collection, broken):
    response = upload(editor_client, "/admin/images/add/", broken, collection)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not MissionImage.objects.filter(title="A file").exists()


def test_document_of_a_wrong_type_is_refused_with_a_sentence(editor_client, collection):
    wrong = SimpleUploadedFile("run.exe", b"MZ", "application/octet-stream")
    response = upload(editor_client, "/admin/documents/add/", wrong, collection)
    assert response.status_code == 200
    (sentence,) = response.context["form"].errors["file"]
    assert "exe" in sentence and "pdf" in sentence
    assert not MissionDocument.objects.filter(title="A file").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"MZ not a pdf"), ("a.docx", b"%PDF-1.4"), ("a.txt", b"a\0b"), ("a.rtf", b"x")],
)
def test_document_that_is_not_what_its_name_says_is_refused(
    editor_client, collection, name, content
):
    wrong = SimpleUploadedFile(name, content)
    response = upload(editor_client, "/admin/documents/add/", wrong, collection)
    (sentence,) = response.context["form"].errors["file"]
    assert "whatever its name says" in sentence
    assert response.content.decode().count("whatever its name says") == 1
    assert 'value="A file"' in response.content.decode()  # nothing typed is lost
    assert "is not allowed" not in response.content.decode()
    assert not MissionDocument.objects.filter(title="A file").exists()


def test_a_document_whose_name_has_no_ending_is_told_what_to_do(editor_client, collection):
    wrong = SimpleUploadedFile("form", b"%PDF-1.4")
    response = upload(editor_client, "/admin/documents/add/", wrong, collection)
    (sentence,) = response.context["form"].errors["file"]
    assert "Rename the file first" in sentence


def test_a_document_without_a_file_is_refused_with_one_sentence(editor_client, collection):
    response = upload(editor_client, "/admin/documents/add/", "", collection)
    assert response.context["form"].errors["file"] == ["This field is required."]


def test_a_file_that_is_not_taken_leaves_the_one_that_is_there(editor_client, collection):
    kept = MissionDocument.objects.create(
        title="Form", file=SimpleUploadedFile("f.pdf", b"%PDF-1.4"), collection=collection
    )
    wrong = SimpleUploadedFile("g.pdf", b"MZ not a pdf")
    response = upload(editor_client, f"/admin/documents/edit/{kept.pk}/", wrong, collection)
    (sentence,) = response.context["form"].errors["file"]
    assert "whatever its name says" in sentence
    kept.refresh_from_db()
    assert kept.file.read() == b"%PDF-1.4" and kept.title == "Form"


def test_several_documents_at_once_are_each_refused_with_one_sentence(editor_client, collection):
    wrong = SimpleUploadedFile("a.pdf", b"MZ not a pdf")
    data = {"title": "A file", "files[]": wrong, "collection": collection.pk}
    response = editor_client.post("/admin/documents/multiple/add/", data, HTTP_HOST="localhost")
    told = response.json()
    assert not told["success"] and "whatever its name says" in told["error_message"]
    assert "is not allowed" not in told["error_message"]


def test_type_and_size_are_read_from_the_stored_file(editor_client, collection):
    upload(
        editor_client, "/admin/documents/add/", SimpleUploadedFile("f.pdf", b"%PDF-1.4"), collection
    )
    document = MissionDocument.objects.get(title="A file")
    assert document.type_name == "PDF"
    assert document.get_file_size() == 8


def test_page_whose_picture_is_gone_is_still_served(home, client, collection):
    image = MissionImage.objects.create(title="River", file=picture(), collection=collection)
    value = {"image": image, "caption": "The river"}
    page = ContentPage(title="River", slug="river", body=[("picture", value)])
    home.add_child(instance=page)
    assert client.get("/river/", HTTP_HOST="localhost").status_code == 200
    image.renditions.all().delete()
    Path(image.file.path).unlink()
    response = client.get("/river/", HTTP_HOST="localhost")
    assert response.status_code == 200
    assert "The river" in response.content.decode()
