"""A visitor on a phone finds what people come for, in at most two clicks from the home page."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import databases
from tests.servers import running


@pytest.fixture(scope="module")
def server(template_database) -> Iterator[str]:
    """A server whose facts no journey of staff has changed, in whatever order they are walked."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = databases.clone(template_database, f"{worker}_visitor")
    with running(name) as address:
        yield address
    databases.discard(name)


def open_menu(page) -> None:
    """Open the menu of a phone-sized page."""
    page.get_by_role("button", name="Menu", exact=True).click()


def test_office_and_its_extension(page):
    page.goto("/")
    page.locator("main").get_by_role("link", name="Sections & offices").first.click()
    expect(page.get_by_text("2570").first).to_be_visible()
    page.get_by_role("link", name="Defense Attaché Office").first.click()
    expect(page.get_by_text(re.compile("2572")).first).to_be_visible()


@pytest.mark.parametrize(
    ("tile", "words"),
    [
        ("Officials", "Paul A. Folmsbee"),
        ("U.S.–Mali relations", "1960"),
        ("Fact sheet", "$135.4 million"),
    ],
)
def test_one_click_from_home(page, tile, words):
    page.goto("/")
    page.locator("main").get_by_role("link", name=tile, exact=True).first.click()
    expect(page.locator("main")).to_contain_text(words)


def test_travel_advisory_in_one_click(page):
    page.goto("/")
    page.get_by_role("link", name="Read the travel advisory").click()
    expect(page).to_have_url(re.compile(r"/travel-advisory/$"))
    expect(page.locator("main")).to_contain_text("Level 4: Do Not Travel")
    expect(page.locator("main")).to_contain_text("July 9, 2026")


def test_message_of_2012_in_two_clicks(page):
    page.goto("/")
    page.get_by_role("link", name="All alerts and messages").click()
    page.get_by_role("link", name=re.compile("Emergency Message for U.S. Citizens")).click()
    for words in ("not in force", "Kati", "+223 20 70 23 01"):
        expect(page.locator("main")).to_contain_text(words)


def test_emergency_number_is_on_every_page_and_can_be_tapped(page):
    for path in ("/", "/relations/", "/no/such/page/"):
        page.goto(path)
        links = page.locator('a[href="tel:+22366752860"]')
        assert links.first.is_visible(), path


def test_menu_opens_on_a_phone(page):
    page.goto("/")
    open_menu(page)
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Visas").click()
    expect(page.locator("h1")).to_have_text("Visas")


@pytest.mark.parametrize("path", ["/", "/fr/"])
def test_the_menu_gives_way_to_what_has_the_focus(page_without_script, path):
    page = page_without_script
    page.goto(path)
    button, menu = page.locator(".menu-button--open"), page.locator("#menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    last = menu.get_by_role("link").last
    last.focus()
    page.keyboard.press("Shift+Tab")
    expect(menu).to_be_visible()
    last.focus()
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    assert is_seen(page.locator("*:focus"))
    page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    expect(menu).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(menu).to_be_hidden()
    assert is_seen(page.locator("*:focus"))


@pytest.mark.parametrize("path", ["/emergency/", "/fr/emergency/", "/offline/", "/fr/offline/"])
def test_whom_to_call_fits_whatever_space_a_reader_asks_for(page, path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    script = """() => {
        const style = new CSSStyleSheet();
        style.replaceSync(`* { letter-spacing: .12em !important; line-height: 1.5 !important;
            word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
        document.adoptedStyleSheets = [style];
        return document.documentElement.scrollWidth;
    }"""
    assert page.evaluate(script) == 320


def is_seen(element) -> bool:
    """Whether nothing lies over the middle of an element."""
    script = """element => {
        const box = element.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        return element.contains(document.elementFromPoint(x, y));
    }"""
    return element.evaluate(script)


def test_everything_works_without_javascript(page_without_script):
    page = page_without_script
    page.goto("/")
    open_menu(page)
    menu = page.get_by_role("navigation", name="Main menu")
    menu.get_by_role("link", name="Officials").click()
    expect(page.locator("h1")).to_have_text("Officials")
    page.get_by_label("Who held which post on").fill("2015-10-15")
    page.get_by_role("button", name="Show").click()
    row = page.get_by_role("row", name=re.compile("^Ambassador"))
    expect(row.locator("td").first).to_contain_text("Paul A. Folmsbee")


def test_search_finds_without_accents(page):
    page.goto("/search/?q=segou")
    assert page.get_by_role("link", name=re.compile("Emergency Message")).first.is_visible()


def test_skip_links_lead_past_navigation_and_breadcrumb(desk):
    desk.goto("/officials/paul-a-folmsbee/")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.getAttribute('href')") == "#main"
    past_breadcrumb = desk.get_by_role("link", name="Skip the breadcrumb")
    past_breadcrumb.focus()
    assert past_breadcrumb.is_visible()
    desk.keyboard.press("Enter")
    assert desk.url.endswith("#main")


def test_leaving_notice_shows_the_address_and_leads_back(page, server):
    page.goto("/citizen-services/")
    from embassy.links.leaving import leaving_url

    page.goto(
        leaving_url("https://example.org/very/long?x=1"), referer=f"{server}/citizen-services/"
    )
    assert "https://example.org/very/long?x=1" in page.locator("main").inner_text()
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(f"{server}/citizen-services/")
