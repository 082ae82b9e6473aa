"""The leaving-site notice: signed targets only, the whole address shown, a way back."""

import pytest
from django.core.signing import Signer

from embassy.leaving import SALT, leaving_url, target_of

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
