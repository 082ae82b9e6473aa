"""The manners of public data: who may read it, what is answered 304, what a failure looks like."""

import json

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver

from embassy.machines.public_data import json_response, public_data

pytestmark = pytest.mark.django_db
PATHS = [
    "/alerts/feed.atom",
    "/alerts/feed.rss",
    "/alerts/archive.atom",
    "/alerts/cap.atom",
    "/alerts/alerts.geojson",
    "/travel-advisory/feed.atom",
    "/travel-advisory/advisory.json",
    "/travel-advisory/areas.geojson",
    "/holidays.ics",
    "/news/feed.atom",
    "/api/v1/offices",
    "/api/v1/openapi.json",
]


def ask(path: str, method: str = "get", **headers):
    """Ask for an address as a program does."""
    return getattr(Client(), method)(path, HTTP_HOST="localhost", headers=headers)


@pytest.mark.parametrize("path", PATHS)
def test_every_website_may_read_it_and_nobody_gets_a_cookie(path):
    response = ask(path, origin="https://elsewhere.example")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    policy = response["Cache-Control"]
    assert "public" in policy and "s-maxage=" in policy and "max-age=0" in policy


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_is_answered_304(path):
    etag = ask(path)["ETag"]
    again = ask(path, if_none_match=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert ask(path, "head", if_none_match=etag).status_code == 304
    assert ask(path, if_none_match=f'"other", W/{etag.removeprefix("W/")}').status_code == 304
    assert ask(path, if_none_match='"other"').status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"if_modified_since": "yesterday"},
        {"if_modified_since": "Sat, 99 Foo 99999999 99:99:99 GMT"},
        {"if_modified_since": "Sat, 21 Nov 2099 12:00:00 GMT"},
        {"if_modified_since": ""},
        {"if_none_match": "no quotes"},
        {"if_none_match": '"half, ,,W/'},
        {"if_none_match": "é" * 3},
    ],
)
def test_a_bad_condition_is_no_condition(path, headers):
    response = ask(path, **headers)
    assert response.status_code == 200 and response.content


@pytest.mark.parametrize("path", PATHS)
def test_head_says_what_get_says_without_a_body(path):
    get, head = ask(path), ask(path, "head")
    assert head.status_code == 200 and not head.content
    assert head["ETag"] == get["ETag"] and head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_may_ask_first_and_nothing_can_be_written(path):
    first = ask(path, "options", origin="https://elsewhere.example")
    assert (first.status_code, first.content) == (204, b"")
    assert first["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in first["Access-Control-Allow-Headers"]
    assert first["Access-Control-Allow-Origin"] == "*"
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(strict, method)(path, HTTP_HOST="localhost")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", PATHS)
def test_whoever_is_signed_in_is_given_the_same(path, editor_client):
    assert editor_client.get(path).content == Client().get(path).content


def test_what_is_compressed_keeps_its_name():
    packed = ask("/api/v1/openapi.json", accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    again = ask("/api/v1/openapi.json", accept_encoding="gzip", if_none_match=packed["ETag"])
    assert again.status_code == 304


def test_a_failure_says_so_and_is_logged(caplog):
    @public_data
    def failing(request):
        raise KeyError("secret detail")

    response = failing(RequestFactory().get("/x"))
    assert response.status_code == 500
    assert response.content == b"This cannot be read at the moment. Try again in a minute.\n"
    assert "ETag" not in response
    assert "KeyError" in caplog.text


def test_what_json_cannot_hold_is_an_error():
    with pytest.raises(ValueError):
        json_response({"latitude": float("nan")})
    assert json.loads(json_response({"a": "é"}).content) == {"a": "é"}


def test_every_address_for_machines_has_these_manners():
    get_resolver().url_patterns  # noqa: B018
    for path in PATHS:
        assert getattr(get_resolver().resolve(path).func, "csrf_exempt", False), path
