"""Two translators at one text, in real browsers: the second reads the first's words, loses none."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import databases
from tests.journeys.axe import DESK
from tests.journeys.conftest import tab
from tests.journeys.signing import sign_in

FIRST, SECOND = "Une première version", "Une seconde version"
FRENCH_PAGE = """
    SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale
    ON locale.id = page.locale_id WHERE page.slug = 'privacy' AND locale.language_code = 'fr'
"""


@pytest.fixture
def other(browser, server) -> Iterator[Page]:
    """A tab at a colleague's desk."""
    yield from tab(browser, server, DESK)


@pytest.fixture
def editor(server_database) -> str:
    """The address at which a page of the demo site is translated."""
    with databases.server(server_database) as cursor:
        cursor.execute(FRENCH_PAGE)
        return f"/admin/pages/{cursor.fetchone()[0]}/edit/"


def text(page: Page) -> Locator:
    """Give the first text of the editor, with its buttons: the title."""
    return page.locator(".js-translation-editor li:has(textarea, p)").first


def types(page: Page, words: str) -> None:
    """Open the field of the first text, type into it and store it."""
    text(page).get_by_role("button", name="Edit").click()
    text(page).locator("textarea").fill(words)
    text(page).get_by_role("button", name="Save").click()


def test_the_second_of_two_typists_is_shown_the_words_of_the_first(desk, other, editor, tmp_path):
    for each, role in ((desk, "section_editor"), (other, "public_affairs")):
        sign_in(each, role)
        each.goto(editor)
    types(desk, FIRST)
    expect(text(desk)).to_contain_text("Translated manually")
    types(other, SECOND)
    expect(text(other)).to_contain_text(f"“{FIRST}”")
    expect(text(other)).to_contain_text(SECOND)
    expect(other.get_by_role("alert").filter(has_text="stored other words")).to_be_visible()
    other.screenshot(path=tmp_path / "second-1280.png", full_page=True)
    text(other).get_by_role("button", name="Edit").click()
    expect(text(other).locator("textarea")).to_have_value(SECOND)
    text(other).get_by_role("button", name="Save").click()
    expect(text(other)).to_contain_text("Translated manually")
    expect(other.get_by_role("alert").filter(has_text="stored other words")).to_have_count(0)
    desk.reload()
    expect(text(desk)).to_contain_text(SECOND)
    types(desk, " ")
    expect(text(desk)).to_contain_text("Write the text, or take it away.")
    desk.screenshot(path=tmp_path / "nothing-1280.png", full_page=True)
