"""The leaving-site notice: signed targets only, the whole address shown, a way back."""

import pytest
from django.core.signing import Signer
from django.urls import reverse
from lxml import html
from wagtail.rich_text import expand_db_html
from wagtail.test.utils.form_data import rich_text

from embassy.blocks import LinkBlock, SourceBlock
from embassy.links.leaving import SALT, in_ascii, leaving_url, target_of
from embassy.models import ContentPage, MissionSettings
from tests.editor import posted
from tests.embassy.test_countries import form_data

pytestmark = pytest.mark.django_db


def test_link_elsewhere_leads_to_the_notice(client):
    url = leaving_url("https://example.org/a?b=c&d=<e>")
    page = client.get(url, HTTP_HOST="localhost").content.decode()
    assert "https://example.org/a?b=c&amp;d=&lt;e&gt;" in page
    assert 'href="https://example.org/a?b=c&amp;d=&lt;e&gt;"' in page


def test_cancel_goes_back_to_where_the_reader_was(client):
    response = client.get(
        leaving_url("https://example.org/"),
        HTTP_HOST="localhost",
        HTTP_REFERER="http://localhost/relations/",
    )
    assert 'href="http://localhost/relations/"' in response.content.decode()


def test_cancel_never_leads_elsewhere(client):
    response = client.get(
        leaving_url("https://example.org/"),
        HTTP_HOST="localhost",
        HTTP_REFERER="https://evil.example/",
    )
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("own", ["https://travel.state.gov/x", "https://ml.usembassy.gov/"])
def test_addresses_of_the_department_need_no_notice(own):
    assert leaving_url(own) == own


@pytest.mark.parametrize(
    "wrong",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "//example.org/",
        "https://",
        "https://user:pass@example.org/",
        "https://exam ple.org/",
        "https://example.org/\nx",
        "http://[::1",
        "",
    ],
)
def test_anything_but_a_plain_web_address_is_not_linked(wrong, client):
    assert leaving_url(wrong) == ""
    signed = Signer(salt=SALT).sign(wrong)
    assert target_of(signed) == ""
    assert client.get("/leaving/", {"to": signed}, HTTP_HOST="localhost").status_code == 404


@pytest.mark.parametrize("forged", ["", "https://example.org/", "https://example.org/:abc", "\x00"])
def test_forged_target_is_not_found(forged, client):
    response = client.get("/leaving/", {"to": forged}, HTTP_HOST="localhost")
    assert response.status_code == 404


def test_signature_of_another_purpose_is_not_accepted(client):
    signed = Signer(salt="other").sign("https://example.org/")
    assert client.get("/leaving/", {"to": signed}, HTTP_HOST="localhost").status_code == 404


def test_look_alike_host_needs_a_notice():
    assert leaving_url("https://notstate.gov/").startswith("/leaving/")
    assert leaving_url("https://state.gov.evil.example/").startswith("/leaving/")


TURNED = "https://evil.example/\u202egnp.exe"
CYRILLIC = "https://\u0455tate.gov/"


@pytest.mark.parametrize(
    ("written", "ascii_only"),
    [
        (TURNED, "https://evil.example/%E2%80%AEgnp.exe"),
        (CYRILLIC, "https://xn--tate-f9d.gov/"),
        ("https://ambassade-s\u00e9gou.example:8080/\u00e9?q=\u00e9#\u00e9", None),
        ("https://xn--tate-f9d.gov/a%C3%A9", "https://xn--tate-f9d.gov/a%C3%A9"),
        ("https://[2001:db8::1]:443/", "https://[2001:db8::1]:443/"),
    ],
)
def test_an_address_is_led_to_in_ascii(written, ascii_only):
    expected = ascii_only or ("https://xn--ambassade-sgou-lkb.example:8080/%C3%A9?q=%C3%A9#%C3%A9")
    assert in_ascii(written) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        "https://evil.example\\.state.gov/",  # browsers go to evil.example
        "https://state.gov\\@evil.example/",
        "https://a..example/",
        "https://\u202e.example/",
        "https://ex%61mple.org/",
    ],
)
def test_an_address_whose_host_is_none_is_not_linked(wrong):
    assert leaving_url(wrong) == ""


def test_letters_that_look_alike_are_not_the_department():
    assert leaving_url(CYRILLIC).startswith("/leaving/")
    assert leaving_url("https://\uff53tate.gov/x") == "https://state.gov/x"  # what browsers ask


@pytest.mark.parametrize("written", [TURNED, CYRILLIC])
@pytest.mark.parametrize("signed_before", [True, False])
def test_the_notice_shows_where_the_browser_will_go(client, written, signed_before):
    signed = Signer(salt=SALT).sign(written)  # as links were signed that somebody has kept
    url = "/leaving/" if signed_before else leaving_url(written)
    data = {"to": signed} if signed_before else {}
    tree = html.fromstring(client.get(url, data, HTTP_HOST="localhost").content.decode())
    [shown] = tree.xpath("//p[@class='long-url']/bdi/text()")
    assert shown == in_ascii(written) == tree.xpath("//a[@class='usa-button']/@href")[0]
    host = shown.split("/")[2]
    assert tree.xpath("//a[@class='usa-button']")[0].text_content().strip().endswith(f" {host}")
    beside = tree.xpath("//main//p[not(@class)]/bdi/text()")
    assert beside == (["\u0455tate.gov"] if written == CYRILLIC else [])


@pytest.mark.parametrize("written", [TURNED, CYRILLIC])
def test_stored_links_are_led_through_it(written, client):
    asked = leaving_url(written)
    assert html.fromstring(expand_db_html(f'<a href="{written}">x</a>')).get("href") == asked
    link = LinkBlock().to_python({"address": written})
    assert link.url == asked and link.text == in_ascii(written)
    assert SourceBlock().to_python({"title": "x", "address": written}).url == asked


LINK = {"words": "x", "page": None, "document": None, "address": "", "unverified": False}
SOURCE = {
    "title": "x",
    "publisher": "",
    "dated": "",
    "address": "",
    "unverified": False,
    "language": "",
}


def body_of(page, staff) -> dict:
    """Give what the editor posts for a page with one paragraph and one list of links."""
    page.body = [("paragraph", "<p>x</p>"), ("links", {"title": "", "links": [LINK]})]
    return posted(page, staff["public_affairs"])


@pytest.mark.parametrize("where", ["paragraph", "links", "source"])
def test_an_address_with_something_unseen_is_refused(editor_client, home, staff, where):
    page = ContentPage.objects.descendant_of(home).first().get_latest_revision_as_object()
    page.sources = [("source", SOURCE)]
    name, sent = {
        "paragraph": ("body-0-value", rich_text(f'<p>Read <a href="{TURNED}">it</a></p>')),
        "links": ("body-1-value-links-0-value-address", TURNED),
        "source": ("sources-0-value-address", TURNED),
    }[where]
    data = body_of(page, staff)
    assert name in data
    answer = editor_client.post(f"/admin/pages/{page.pk}/edit/", data | {name: sent})
    assert answer.status_code == 200
    field = "sources" if where == "source" else "body"
    [sentence] = answer.context["form"].errors[field]
    assert "U+202E, after “https://evil.example/”" in sentence
    kept = {name: sent.replace("\u202e", "") if where != "paragraph" else rich_text("<p>x</p>")}
    assert editor_client.post(f"/admin/pages/{page.pk}/edit/", data | kept).status_code == 302


def test_an_address_of_the_mission_with_something_unseen_is_refused(editor_client, site):
    mission = MissionSettings.for_site(site)
    address = reverse("wagtailsettings:edit", args=["embassy", "missionsettings", site.pk])
    data = form_data(editor_client.get(address)) | {"worldwide_caution_url": TURNED}
    answer = editor_client.post(address, data)
    [sentence] = answer.context["form"].errors["worldwide_caution_url"]
    assert "U+202E, after “https://evil.example/”" in sentence
    assert MissionSettings.objects.get(pk=mission.pk).worldwide_caution_url != TURNED
