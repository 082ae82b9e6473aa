"""Languages of either direction: no style names left or right, and every page says its own."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from embassy.serving.refusals import broken

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
COMMENT = re.compile(r"//.*")
SIDED = re.compile(
    r"(?:(?<=[;{\s])(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?<=[;{\s])(?:left|right)(?=\s*:)"
    r"|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b)"
)
WRITTEN = sorted((ROOT / "static" / "src" / "scss").glob("*.scss"))
BUILT = sorted((ROOT / "static" / "build").glob("*.css"))


def sided(text: str) -> list[str]:
    """Give what a style says of left and right."""
    return SIDED.findall(COMMENT.sub("", text))


@pytest.mark.parametrize("file", [*WRITTEN, *BUILT], ids=lambda file: file.name)
def test_no_style_names_left_or_right(file):
    assert sided(file.read_text()) == []


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("ol{padding-left:1rem}", ["padding-left"]),
        ("a { top: 0; left: 0 }", ["left"]),
        ("td{text-align: right;}", ["text-align: right"]),
        ("a{border-left-color:red}", ["border-left"]),
        (".left{inset-inline-start:0;align-items:left}", []),
        ("a{color:red} // left: a word", []),
    ],
)
def test_what_names_a_side_is_found(style, found):
    assert sided(style) == found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/emergency/", 200),
        ("/offline/", 200),
        ("/nope/", 404),
        ("/account/sign-in/", 200),
    ],
)
def test_every_page_says_its_direction(site, path, status):
    for prefix, language in (("", "en"), ("/fr", "fr")):
        if prefix and path.startswith("/account/"):
            continue
        answer = Client().get(prefix + path, HTTP_HOST="localhost")
        assert answer.status_code == status
        assert said(answer) == (language, "ltr"), path


def test_the_page_that_says_that_something_broke_does_too():
    assert said(broken(None)) == ("en", "ltr")


def said(answer) -> tuple[str, str]:
    """Give language and direction of a page."""
    page = BeautifulSoup(answer.content.decode(), "html.parser").html
    return page.get("lang"), page.get("dir")
