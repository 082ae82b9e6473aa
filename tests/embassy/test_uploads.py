"""Files that are not what they should be are refused with a sentence; missing ones do no harm."""

import io
import re
import struct
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from embassy.files.picture_ends import behind
from embassy.files.uploads import CheckedImageField
from embassy.models import ContentPage, MissionDocument, MissionImage
from tests.embassy import files_made as made

pytestmark = pytest.mark.django_db
IMAGES, DOCUMENTS = "/admin/images/add/", "/admin/documents/add/"


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
        SimpleUploadedFile("a.png", picture().read()[:-20], "image/png"),
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
        editor_client, "/admin/documents/add/", SimpleUploadedFile("f.pdf", made.pdf()), collection
    )
    document = MissionDocument.objects.get(title="A file")
    assert document.type_name == "PDF"
    assert document.get_file_size() == len(made.pdf())


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


def refused(client, url: str, name: str, content: bytes, collection) -> str:
    """Post a file that is refused; give the one sentence."""
    response = upload(client, url, SimpleUploadedFile(name, content), collection)
    assert response.status_code == 200, "It was taken."
    (sentence,) = response.context["form"].errors["file"]
    assert 'value="A file"' in response.content.decode()  # nothing typed is lost
    assert not MissionImage.objects.filter(title="A file").exists()
    assert not MissionDocument.objects.filter(title="A file").exists()
    return sentence


def taken(client, url: str, name: str, content: bytes, collection):
    """Post a file that is taken; give its row."""
    response = upload(client, url, SimpleUploadedFile(name, content), collection)
    told = response.content.decode() if response.status_code == 200 else ""
    assert response.status_code == 302, re.findall(r'class="error-message".*?</', told, re.DOTALL)
    model = MissionImage if url == IMAGES else MissionDocument
    return model.objects.get(title="A file")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", made.huge_png(20_000, 10_000)),
        ("a.jpg", made.huge_jpeg(20_000, 10_000)),
        ("a.gif", made.huge_gif(20_000, 10_000)),
        ("a.webp", made.huge_webp(16_000, 12_500)),
    ],
)
def test_200_megapixels_are_refused_before_they_are_decoded(
    editor_client, collection, name, content, monkeypatch
):
    monkeypatch.setattr(Image, "open", None)  # neither Pillow nor Willow gets to see it
    monkeypatch.setattr("willow.Image.open", None)
    sentence = refused(editor_client, IMAGES, name, content, collection)
    assert "200 megapixels" in sentence and "At most 64 megapixels" in sentence


def test_a_bomb_of_pixels_is_refused(editor_client, collection):
    content = made.bomb_png(40_000, 30_000)
    assert len(content) < 400_000
    sentence = refused(editor_client, IMAGES, "a.png", content, collection)
    assert "1,200 megapixels (40,000 × 30,000)" in sentence


def test_the_limit_is_where_the_settings_say(editor_client, collection, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1200
    taken(editor_client, IMAGES, "a.png", made.picture(size=(40, 30)), collection).delete()
    content = made.picture(size=(41, 30))
    sentence = refused(editor_client, IMAGES, "a.png", content, collection)
    assert "has 0.1 megapixels (41 × 30). At most 0.1" in sentence


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_frames_of_an_animation_count_together(editor_client, collection, settings, kind):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40 * 30 * 3
    name = f"a.{kind.lower()}"
    taken(editor_client, IMAGES, name, made.picture(kind, frames=3), collection).delete()
    sentence = refused(editor_client, IMAGES, name, made.picture(kind, frames=4), collection)
    assert "(40 × 30, 4 times)" in sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_kind_of_picture_is_taken_whole_and_refused_in_half(editor_client, collection, kind):
    content = made.picture(kind, (300, 200))
    name = f"a.{kind.lower()}"
    refused(editor_client, IMAGES, name, content[: len(content) // 2], collection)
    assert taken(editor_client, IMAGES, name, content, collection).width == 300


@pytest.mark.parametrize(
    ("kind", "frames"),
    [("JPEG", 1), ("PNG", 1), ("AVIF", 1), ("GIF", 1), ("GIF", 3), ("WEBP", 1), ("WEBP", 3)],
)
def test_a_picture_that_lacks_its_end_is_refused(kind, frames):
    content = made.picture(kind, (60, 40), frames)
    field, name = CheckedImageField(), f"a.{kind.lower()}"
    assert field.to_python(SimpleUploadedFile(name, content)).image
    lacks = [*range(1, 41), *range(41, len(content), len(content) // 40)]
    for missing in lacks:
        with pytest.raises(ValidationError) as told:
            field.to_python(SimpleUploadedFile(name, content[:-missing]))
        assert told.value.code == "invalid_image", missing


@pytest.mark.parametrize(("kind", "begins"), [("GIF", b"\x2c\0\0\0\0"), ("WEBP", b"VP8 ")])
def test_a_later_picture_of_an_animation_that_is_broken_is_found(
    editor_client, collection, kind, begins
):
    content, name = bytearray(made.picture(kind, (60, 40), 3)), f"a.{kind.lower()}"
    at = content.rindex(begins) + 8  # behind the name and size of the last one
    content[at : at + 400] = bytes(400)
    refused(editor_client, IMAGES, name, bytes(content), collection)


def test_what_a_camera_packs_behind_a_photo_does_no_harm(editor_client, collection):
    content = made.picture("MPO", (60, 40), frames=2)
    assert taken(editor_client, IMAGES, "a.jpg", content, collection).width == 60


BEHIND = [
    (made.office(), "an archive"),
    (b"\0\r\n" + made.office() + bytes(70_000), "an archive"),
    (b"Rar!\x1a\x07\1\0", "an archive"),
    (b"\x1f\x8b\x08" + bytes(20), "an archive"),
    (b"<script>alert(1)</script>", "a program"),
    (b"\n<!DOCTYPE html><p>x", "a program"),
    (b"film" * 9 + b"<?PHP system(1);", "a program"),
    (b"\0\0MZ\x90\0", "a program"),
    (made.pdf(), "a program"),
]


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize(("rest", "words"), BEHIND)
def test_what_stands_behind_the_end_of_a_picture_is_refused_if_it_is_more(kind, rest, words):
    frames = 2 if kind in ("MPO", "GIF", "WEBP") else 1
    name = f"a.{kind.lower().replace('mpo', 'jpg')}"
    content = made.picture(kind, (60, 40), frames)
    assert CheckedImageField().to_python(SimpleUploadedFile(name, content)).image
    with pytest.raises(ValidationError) as told:
        CheckedImageField().to_python(SimpleUploadedFile(name, content + rest))
    (sentence,) = told.value.messages
    assert told.value.code == "two_in_one" and words in sentence and "save it anew" in sentence


def test_a_picture_that_is_an_archive_as_well_is_refused_in_the_editor(editor_client, collection):
    content = made.picture("JPEG", (60, 40)) + made.office()
    assert "an archive like ZIP" in refused(editor_client, IMAGES, "a.jpg", content, collection)


FILM = struct.pack(">I4s4s", 16, b"ftyp", b"mp42") + bytes(4) + b"moov" + bytes(500)
SMALLER = made.picture("JPEG", (30, 20))
GAIN_MAP = SMALLER[:2] + made.jpeg_note(b"<x:xmpmeta><rdf:RDF/></x:xmpmeta>") + SMALLER[2:]
NOTES = b"\0\0\x01\nMotionPhoto_Data" + FILM + b"SEFH" + bytes(24) + b"SEFT"


@pytest.mark.parametrize("rest", [FILM, SMALLER, GAIN_MAP, GAIN_MAP + FILM, NOTES, bytes(4096)])
def test_what_a_telephone_packs_behind_a_photo_is_taken(editor_client, collection, rest):
    photo = made.picture("JPEG", (60, 40))
    content = photo[:2] + made.jpeg_note(b"Exif\0\0" + SMALLER) + photo[2:] + rest
    assert taken(editor_client, IMAGES, "a.jpg", content, collection).width == 60


def test_the_end_of_a_photo_is_not_that_of_the_small_copy_inside():
    photo = made.picture("JPEG", (60, 40))
    notes = made.jpeg_note(b"Exif\0\0" + SMALLER + b"<script>"), made.jpeg_note(b"%PDF-1.4")
    content = photo[:2] + b"".join(notes) + photo[2:]
    assert behind(io.BytesIO(content)) == b""
    assert behind(io.BytesIO(content + b"more")) == b"more"


def test_a_picture_without_its_end_is_refused_among_several(editor_client, collection):
    sent = {"title": "A file", "collection": collection.pk}
    sent["files[]"] = SimpleUploadedFile("a.png", picture().read()[:-20])
    url = "/admin/images/multiple/add/"
    told = editor_client.post(url, sent, HTTP_HOST="localhost").json()
    assert not told["success"] and "corrupted image" in told["error_message"]
    assert not MissionImage.objects.exists()


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg"])
@pytest.mark.parametrize("begins", [b"", b"<?xml version='1.0'?>", b"\xef\xbb\xbf \n"])
def test_a_drawing_is_refused_whatever_its_name(editor_client, collection, name, begins):
    content = begins + b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"
    sentence = refused(editor_client, IMAGES, name, content, collection)
    assert "SVG" in sentence and "Save it as PNG" in sentence


def test_a_picture_of_another_kind_than_its_name_says_is_refused(editor_client, collection):
    sentence = refused(editor_client, IMAGES, "a.png", made.picture("JPEG"), collection)
    assert "What is in this file is not what its name says (.png)." in sentence


@pytest.mark.parametrize("url", [IMAGES, DOCUMENTS])
def test_an_empty_file_is_refused(editor_client, collection, url):
    name = "a.png" if url == IMAGES else "a.pdf"
    assert "empty" in refused(editor_client, url, name, b"", collection)


FETCHES = (
    b'<Relationships><Relationship Id="1" Type="http://x/%s" Target="%s" TargetMode="External"/>'
)
COMMANDS = b"<w:instrText>DDEA</w:instrText><w:instrText>UTO cmd /c calc</w:instrText>"
OPENS = b"7 0 <</Type /Action /D (>>) /S /URI /URI (https://x)>>"  # packed, as object 7


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", made.office(), "is no PDF"),
        ("a.pdf", b"\n" + made.pdf(), "is no PDF"),
        ("a.pdf", made.pdf() + made.office(), "ZIP archive as well"),
        ("a.txt", b"words" + made.office(), "is no TXT"),
        ("a.rtf", b"{\\rtf1 x}" + made.office(), "ZIP archive as well"),
        ("a.docx", b"MZ" + made.office(), "is no DOCX"),
        ("a.docx", made.office("xl/workbook.xml"), "is no DOCX"),
        ("a.docx", made.office()[:-30], "is no DOCX"),
        ("a.csv", b"  <HTML><script>x()</script>", "is no CSV"),
        ("a.txt", b"\xef\xbb\xbf<svg onload='x()'/>", "is no TXT"),
        ("a.txt", b"#!/bin/sh\n", "is no TXT"),
        ("a.csv", made.pdf(), "is no CSV"),
        ("a.docx", made.office(word__vbaProject_dot_bin=b"x"), "macros"),
        ("a.docx", made.office(type="application/vnd.ms-office.vbaProject"), "macros"),
        ("a.docx", made.office(type="application/vnd.ms-word.document.macroEnabled.main+xml"),
         "macros"),
        ("a.xlsx", made.office("xl/workbook.xml", xl__macrosheets__a_dot_xml=b"x"), "macros"),
        ("a.odt", made.office("content.xml", Basic__Standard__a_dot_xml=b"x"), "macros"),
        ("a.docx", made.office(word__embeddings__oleObject1_dot_bin=b"x"), "objects of other"),
        ("a.docx", made.office(word___rels__settings_dot_xml_dot_rels=FETCHES % (
            b"attachedTemplate", b"http://x.example/t.dotm")), "fetched from elsewhere"),
        ("a.docx", made.office(word___rels__document_dot_xml_dot_rels=FETCHES % (
            b"image", b"file:///\\\\x\\y.png")), "fetched from elsewhere"),
        ("a.docx", made.office(word__footer1_dot_xml=COMMANDS), "a command to another program"),
        ("a.xlsx", made.office("xl/workbook.xml", xl__externalLinks__e_dot_xml=b"<ddeLink x='y'/>"),
         "a command to another program"),
        ("a.docx", made.locked(made.office()), "without a password"),
        ("a.rtf", b"{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}}", "objects of other"),
        ("a.pdf", made.pdf(b"<</S /JavaScript /JS (app.alert\\(1\\))>>"), "JavaScript"),
        ("a.pdf", made.pdf(b"<</S/J#61vaScript/JS(x)>>"), "JavaScript"),
        ("a.pdf", made.pdf(b"<</S /Launch /F (cmd.exe)>>"), "starts programs"),
        ("a.pdf", made.pdf(b"<</Type /EmbeddedFile>>"), "files inside it"),
        ("a.pdf", made.pdf(b"<</XFA 5 0 R>>"), "only one program"),
        ("a.pdf", made.pdf(made.packed(b"2 0 <</S /JavaScript /JS (x)>>")), "JavaScript"),
        ("a.pdf", made.pdf(made.packed(b"2 0 <</S /Launch>>", b"/Filter [ /FlateDecode ]")),
         "starts programs"),
        ("a.pdf", made.pdf(made.packed(b"x", b"/Filter [/ASCIIHexDecode /FlateDecode]")),
         "cannot be looked into"),
        ("a.pdf", made.pdf(made.packed(b"x").replace(b"\x78\x9c", b"zz")), "cannot be looked into"),
        ("a.pdf", made.pdf(trailer=b"/Encrypt 4 0 R"), "is locked"),
        ("a.pdf", made.pdf(catalog=b"/OpenAction <</S /JavaScript /JS (x)>>"), "JavaScript"),
        ("a.pdf", made.pdf(catalog=b"/Names <</JavaScript 2 0 R>>"), "JavaScript"),
        ("a.pdf", made.pdf_of_streams(b"<</OpenAction <</S /JavaScript /JS (x)>>>>"), "JavaScript"),
        ("a.pdf", made.pdf_of_streams(b"<</Names <</JavaScript 9 0 R>>>>"), "JavaScript"),
        ("a.pdf", made.pdf(b"<</S /Rendition /JS (x)>>"), "plays by itself"),
        ("a.pdf", made.pdf(b"<</AA <</O <</S /SubmitForm /F (https://x)>>>>>>"), "sends what"),
        ("a.pdf", made.pdf(b"<</S /ImportData /F (x)>>"), "reads another file"),
        ("a.pdf", made.pdf(b"<</S /GoToR /F (\\\\x\\y)>>"), "opens another file"),
        ("a.pdf", made.pdf(catalog=b"/OpenAction <</S /URI /URI (https://x)>>"), "by themselves"),
        ("a.pdf", made.pdf(b"<</S /URI /URI (https://x)>>", catalog=b"/OpenAction 2 0 R"),
         "by themselves"),
        ("a.pdf", made.pdf(made.packed(OPENS), catalog=b"/OpenAction 7 0 R"), "by themselves"),
        ("a.pdf", made.pdf(made.packed(OPENS.replace(b"URI /U", b"#55RI /U")),
                           catalog=b"/OpenAction 07 0 R"), "by themselves"),
        ("a.pdf", made.pdf_of_streams(b"<</OpenAction <</S /URI /URI (https://x)>>>>"),
         "by themselves"),
        ("a.pdf", made.pdf(b"<</S /URI /URI (https://x)>>",
                           made.packed(b"9 0 <</Type /Catalog /OpenAction 2 0 R>>")),
         "by themselves"),
        ("a.pdf", made.pdf(made.packed(OPENS),
                           made.packed(b"9 0 <</Type /Catalog /OpenAction 7 0 R>>")),
         "by themselves"),
        ("a.pdf", made.pdf(made.packed(OPENS[:-2] + b" " * 5000), catalog=b"/OpenAction 7 0 R"),
         "cannot be looked into"),
        ("a.pdf", made.pdf(made.packed(b"x 0 <<>>")), "cannot be looked into"),
        ("a.pdf", made.pdf(made.packed(b"2 0 <<>>").replace(b"/First 4", b"/First 9 0 R")),
         "cannot be looked into"),
        ("a.pdf", made.pdf(*(b"<</OpenAction %d 0 R>>" % n for n in range(20, 40))),
         "cannot be looked into"),
        ("a.pdf", b"%PDF-1.4\n<</JS (app.alert(1))>>", "breaks off"),
        ("a.pdf", b"%PDF-1.4", "breaks off"),
        ("a.pdf", b"%PDF-1.4\nstartxref\n9\n%%EOF", "breaks off"),
        ("a.pdf", b"%PDF-1.4\nstartxref\n9999999999\n%%EOF", "breaks off"),
        ("a.pdf", made.pdf().replace(b"/Root", b"/Rood"), "breaks off"),
        ("a.pdf", made.pdf().replace(b"1 0 obj", b"5 0 obj"), "breaks off"),
        ("a.pdf", made.pdf().replace(b"startxref\n", b"startxref\n1"), "breaks off"),
        ("a.pdf", made.pdf_of_streams()[:-20], "breaks off"),
    ],
)  # fmt: skip
def test_documents_that_are_two_things_or_act_are_refused(
    editor_client, collection, name, content, words
):
    assert words in refused(editor_client, DOCUMENTS, name, content, collection)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", made.pdf(b"<</S /URI /URI (https://state.gov)>>", made.packed(b"2 0 <</A 1>>"))),
        (
            "a.pdf",
            made.pdf(b"<</S /URI /URI (https://x)>>", catalog=b"/OpenAction [1 0 R /Fit]"),
        ),
        (
            "a.pdf",
            made.pdf(
                made.packed(b"7 0 <</S /GoTo /D [1 0 R /Fit]>> <</S /URI /URI (https://x)>>"),
                catalog=b"/OpenAction 7 0 R",
            ),
        ),
        ("a.pdf", made.pdf(b"<</Title (How /JavaScripts and /Launches work)>>")),
        ("a.pdf", made.pdf_of_streams()),
        ("a.pdf", made.pdf() + b"\r\n" + bytes(5000)),
        (
            "a.pdf",
            made.pdf()
            + b"2 0 obj <</A 1>> endobj\n"
            + made.pdf()[made.pdf().index(b"startxref") :],
        ),
        ("a.docx", made.office(word__media__a_dot_png=made.picture())),
        ("a.docx", made.office(word___rels__a_dot_rels=FETCHES % (b"hyperlink", b"https://x/"))),
        (
            "a.docx",
            made.office(
                word___rels__settings_dot_xml_dot_rels=FETCHES
                % (b"attachedTemplate", b"file:///C:\\Letters\\l.dotm")
            ),
        ),
        ("a.docx", made.office(word__a_dot_xml=b"<w:t>How DDEAUTO works</w:t>")),
        ("a.xlsx", made.office("xl/workbook.xml")),
        ("a.pptx", made.office("ppt/presentation.xml")),
        ("a.odt", made.office("content.xml")),
        ("a.rtf", b"{\\rtf1 Fees: 10}"),
        ("a.txt", "Frais : 10 €\n".encode()),
        ("a.csv", b"fee;amount\nvisit;0\n"),
    ],
)
def test_honest_documents_are_taken(editor_client, collection, name, content):
    assert taken(editor_client, DOCUMENTS, name, content, collection).file.read() == content


def test_an_office_file_that_unpacks_to_too_much_is_refused_unopened(editor_client, collection):
    content = made.office_bomb(201)
    assert len(content) < 400_000
    sentence = refused(editor_client, DOCUMENTS, "a.docx", content, collection)
    assert "Unpacked" in sentence and "At most 200.0" in sentence.replace("\xa0", " ")
    lie = made.says_it_unpacks_to(made.office(), 3_000_000_000)
    assert "2.8" in refused(editor_client, DOCUMENTS, "a.docx", lie, collection)


def test_an_office_file_of_too_many_parts_is_refused(editor_client, collection, settings):
    settings.UPLOADS = settings.UPLOADS | {"members": 3}
    taken(editor_client, DOCUMENTS, "a.docx", made.office(a=b"x"), collection).delete()
    content = made.office(a=b"x", b=b"x")
    assert "At most" in refused(editor_client, DOCUMENTS, "a.docx", content, collection)


def test_a_document_may_have_as_many_bytes_as_the_settings_say(editor_client, collection, settings):
    settings.UPLOADS = settings.UPLOADS | {"document_bytes": 2000}
    taken(editor_client, DOCUMENTS, "a.txt", b"x" * 2000, collection).delete()
    sentence = refused(editor_client, DOCUMENTS, "a.txt", b"x" * 2001, collection)
    assert "At most 2.0" in sentence.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd"),
        ("..\\..\\boot.txt", "boot"),
        ("a\u202etxt.exe.txt", "a"),
        ("<img src=x>.txt", ""),
        ("CON\x01.txt", "CON"),
    ],
)
def test_names_are_made_harmless(editor_client, collection, sent, kept):
    name = taken(editor_client, DOCUMENTS, sent, b"words", collection).file.name
    assert re.fullmatch(r"documents/[\w.-]+\.txt", name, re.ASCII) and kept in name
    assert ".." not in name


@pytest.mark.parametrize("url", [IMAGES, DOCUMENTS])
def test_a_very_long_name_is_kept_short(editor_client, collection, url):
    kind, content = ("png", made.picture()) if url == IMAGES else ("txt", b"words")
    name = taken(editor_client, url, "a" * 250 + f".{kind}", content, collection).file.name
    assert len(name) <= 100 and name.endswith(f".{kind}")


@pytest.mark.parametrize(("url", "name"), [(IMAGES, "a.png"), (DOCUMENTS, "a.txt")])
def test_titles_hold_nothing_invisible(editor_client, collection, url, name):
    content = made.picture() if url == IMAGES else b"words"
    data = {"title": "A\u202e file\u200b", "collection": collection.pk}
    sent = data | {"file": SimpleUploadedFile(name, content)}
    editor_client.post(url, sent, HTTP_HOST="localhost")
    model = MissionImage if url == IMAGES else MissionDocument
    assert model.objects.get(title="A file").title == "A file"
    sent = data | {"title": "\u202e", "file": SimpleUploadedFile(name, content)}
    response = editor_client.post(url, sent, HTTP_HOST="localhost")
    assert response.context["form"].errors["title"]


EVERYWHERE = [
    ("/admin/images/multiple/add/", "files[]", "a.png", made.huge_png(20_000, 10_000), "200 mega"),
    ("/admin/images/chooser/create/", "image-chooser-upload-file", "a.png",
     made.huge_png(20_000, 10_000), "200 mega"),
    ("/admin/documents/multiple/add/", "files[]", "a.pdf", made.office(), "is no PDF"),
    ("/admin/documents/chooser/create/", "document-chooser-upload-file", "a.pdf", made.office(),
     "is no PDF"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "field", "name", "content", "words"), EVERYWHERE)
def test_every_screen_refuses_alike(editor_client, collection, url, field, name, content, words):
    before = field.removesuffix("file") if "chooser" in field else ""
    sent = {f"{before}title": "A file", f"{before}collection": collection.pk}
    sent[field] = SimpleUploadedFile(name, content)
    response = editor_client.post(url, sent, HTTP_HOST="localhost")
    assert response.status_code == 200 and words in response.content.decode()
    assert not MissionImage.objects.exists() and not MissionDocument.objects.exists()


def test_another_file_for_an_image_is_checked_too(editor_client, collection):
    image = taken(editor_client, IMAGES, "a.png", made.picture(), collection)
    url, sent = f"/admin/images/{image.pk}/", made.huge_png(20_000, 10_000)
    response = upload(editor_client, url, SimpleUploadedFile("b.png", sent), collection)
    assert "200 megapixels" in response.context["form"].errors["file"][0]
    image.refresh_from_db()
    assert image.width == 40 and "/b" not in image.file.name


def test_the_same_picture_twice_is_pointed_out(editor_client, collection):
    taken(editor_client, IMAGES, "a.png", picture().read(), collection)
    sent = {"title": "Again", "files[]": picture("b.png"), "collection": collection.pk}
    told = editor_client.post("/admin/images/multiple/add/", sent, HTTP_HOST="localhost").json()
    assert told["success"] and told["duplicate"]
