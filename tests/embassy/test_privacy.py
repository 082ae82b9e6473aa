"""Files are given to nobody but staff until a page uses them that anyone may open."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from advisories.models import TravelAdvisoryPage
from embassy.files.privacy import is_public
from embassy.models import ContentPage, MissionImage
from tests.advisories.factories import issue
from tests.embassy.photos import photo_with_traces
from tests.factories import person
from tests.french import in_french

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def page_with(home: Page, *blocks: tuple, slug: str = "files", **fields) -> ContentPage:
    """Make a page below home with these blocks."""
    page = ContentPage(title="Files", slug=slug, body=list(blocks), **fields)
    return home.add_child(instance=page)


def shows(image) -> tuple:
    """Give the block that shows a picture."""
    return ("picture", {"image": image, "caption": ""})


def offers(document) -> tuple:
    """Give the block that offers a document."""
    return ("documents", {"title": "", "documents": [document]})


def links_to(document) -> tuple:
    """Give a paragraph that links to a document."""
    return ("paragraph", f'<p><a linktype="document" id="{document.pk}">Fees</a></p>')


def status_of(address: str, client: Client | None = None, host: str = "localhost") -> int:
    """Ask for an address, as a visitor unless somebody is given."""
    return (client or Client()).get(address, HTTP_HOST=host).status_code


def test_a_file_no_page_uses_is_the_staffs(image, document, editor_client):
    size = image.get_rendition("width-40").url
    for address in (size, document.url, image.file.url):
        assert status_of(address) == 404
        assert status_of(address, editor_client) == 200


@pytest.mark.parametrize("block", [offers, links_to])
def test_a_document_is_everybodys_while_a_published_page_uses_it(home, document, block):
    page = page_with(home, block(document), live=False)
    assert status_of(document.url) == 404
    page.save_revision().publish()
    assert Client().get(document.url, **HOST).getvalue() == b"%PDF-1.4 fees"
    Page.objects.get(pk=page.pk).unpublish()
    assert status_of(document.url) == 404


def test_a_picture_is_everybodys_while_a_published_page_uses_it(home, image):
    page = page_with(home, shows(image))
    size = image.get_rendition("width-40").url
    assert status_of(size) == 200
    page.body = []
    page.save_revision()  # a draft without it
    assert status_of(size) == 200
    page.save_revision().publish()
    assert status_of(size) == 404


def test_a_draft_of_a_published_page_gives_nothing_away(home, image, document, editor_client):
    page = page_with(home)
    page.body = [shows(image), offers(document)]
    page.save_revision()
    shown = editor_client.get(f"/admin/pages/{page.pk}/view_draft/", **HOST).content.decode()
    sizes = [rendition.url for rendition in image.renditions.all()]
    assert sizes and all(size in shown for size in sizes)
    for address in (*sizes, document.url):
        assert status_of(address) == 404
        assert status_of(address, editor_client) == 200


def test_originals_are_the_staffs_even_while_a_page_shows_the_picture(home, image, editor_client):
    page_with(home, shows(image))
    assert status_of(image.file.url) == 404
    assert status_of(image.file.url, editor_client) == 200


def test_a_page_of_another_mission_makes_nothing_public(dakar, document, image):
    page_with(dakar.root_page.specific, offers(document), shows(image))
    size = image.get_rendition("width-40").url
    for host in ("localhost", dakar.hostname):
        assert status_of(document.url, host=host) == status_of(size, host=host) == 404


def test_a_public_file_is_given_at_the_address_of_its_mission_only(home, dakar, document, image):
    page_with(home, offers(document), shows(image))
    size = image.get_rendition("width-40").url
    assert status_of(document.url) == status_of(size) == 200
    for address in (document.url, size):
        assert status_of(address, host=dakar.hostname) == 404


def test_staff_of_another_mission_are_visitors(client, dakar, document, image):
    client.force_login(person(dakar, "public_affairs"))
    size = image.get_rendition("width-40").url
    for address in (document.url, size, image.file.url):
        assert status_of(address, client) == 404
        assert status_of(address, client, dakar.hostname) == 404


def test_whoever_may_read_a_private_page_may_see_its_files(home, document, image, client):
    page = page_with(home, offers(document), shows(image))
    size = image.get_rendition("width-40").url
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="salt"
    )
    assert status_of(document.url) == status_of(size) == 404
    address = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    client.post(address, {"password": "salt", "return_url": "/files/"}, **HOST)
    for file in (document.url, size):
        answer = client.get(file, **HOST)
        assert answer.status_code == 200 and "public" not in answer["Cache-Control"]
        assert status_of(file) == 404


def test_a_page_below_a_private_one_is_private_with_its_files(home, document):
    above = page_with(home, slug="above")
    page_with(above, offers(document))
    assert status_of(document.url) == 200
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    assert status_of(document.url) == 404


def test_a_deleted_page_takes_its_files_back(home, document):
    page_with(home, offers(document)).delete()
    assert status_of(document.url) == 404


def test_a_page_in_another_language_makes_its_files_public(home, document):
    page_with(in_french(home), offers(document), slug="fichiers")
    assert status_of(document.url) == 200


def test_words_of_a_warning_under_way_make_nothing_public_and_an_issue_does_for_good(document):
    page = TravelAdvisoryPage.objects.get()
    text = page.texts.get(language="en")
    before = text.summary
    text.summary = f'<p><a linktype="document" id="{document.pk}">Fees</a></p>'

    text.save()
    TravelAdvisoryPage.objects.get().save()  # the page's own row names it now
    assert status_of(document.url) == 404
    issue(TravelAdvisoryPage.objects.get())
    assert status_of(document.url) == 200
    text.summary = before
    text.save()
    issue(TravelAdvisoryPage.objects.get())
    assert status_of(document.url) == 200  # the earlier issue keeps its address


def test_pictures_are_kept_like_pages_and_by_browsers_longer(home, image, editor_client):
    page_with(home, shows(image))
    size = image.get_rendition("width-40").url
    answer = Client().get(size, HTTP_ACCEPT_ENCODING="gzip", **HOST)
    policy = answer["Cache-Control"]
    assert "public" in policy and "max-age=3600" in policy and "s-maxage=" in policy
    assert "X-Accel-Expires" in answer and not answer.cookies and "Vary" not in answer
    assert "Content-Encoding" not in answer and answer["Content-Type"] == "image/jpeg"
    again = Client().get(size, HTTP_IF_NONE_MATCH=answer["ETag"], **HOST)
    assert again.status_code == 304
    own = editor_client.get(size, **HOST)["Cache-Control"]
    assert "private" in own and "public" not in own


def test_what_is_not_there_is_told_like_what_is_private(image):
    private = Client().get(image.get_rendition("width-40").url, **HOST)
    missing = Client().get(f"/media/images/{image.pk}/none.jpg", **HOST)
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content


def test_nothing_else_of_the_media_folder_is_served(home, document, image, editor_client):
    page_with(home, offers(document), shows(image))
    for path in (document.file.name, f"images/../{document.file.name}", "images/", ""):
        assert status_of(f"/media/{path}", editor_client) == 404
    assert status_of("/media/images/1/%00.jpg") == 404


def test_a_size_that_is_gone_from_the_disk_is_not_found(home, image):
    page_with(home, shows(image))
    size = image.get_rendition("width-40")
    size.file.storage.delete(size.file.name)
    assert status_of(size.url) == 404


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("spec", ["original", "width-40|format-jpeg", "width-40|format-png"])
def test_no_size_says_where_it_was_taken(collection, kind, spec):
    file = ContentFile(photo_with_traces(kind), f"river.{kind.lower()}")
    image = MissionImage.objects.create(title="River", file=file, collection=collection)
    assert b"SECRET" in image.file.open().read()
    size = image.get_rendition(spec)
    data = size.file.read()
    assert b"SECRET" not in data
    with size.file.open("rb") as stored, Image.open(stored) as shown:
        assert not shown.getexif() and not {"comment", "xmp", "exif"} & set(shown.info)


def test_a_turned_photo_is_turned_once(collection):
    file = ContentFile(photo_with_traces("JPEG", orientation=6), "turned.jpg")
    image = MissionImage.objects.create(title="Turned", file=file, collection=collection)
    size = image.get_rendition("width-30")
    with size.file.open("rb") as stored, Image.open(stored) as shown:
        assert shown.size == (30, 40) and not shown.getexif()


def test_each_use_is_one_rule(home, site, document):
    assert not is_public(document, site)
    page_with(home, links_to(document))
    assert is_public(document, site)
