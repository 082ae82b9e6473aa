"""A reader searches: narrows it, mistypes a word, finds nothing; no fault of access on the way."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.axe import faults

ADDRESSES = [
    *("/search/?q=mali", "/search/?q=mali&kind=officials", "/search/?q=embasssy"),
    *("/search/?q=xyzzy", "/search/?q=the", "/search/"),
    *("/fr/search/?q=mali", "/fr/search/?q=mali&kind=offices", "/fr/search/?q=ambasade"),
    *("/fr/search/?q=xyzzy", "/fr/search/?q=citizens"),
]


def test_a_mistyped_word_leads_to_what_was_meant_without_script(page_without_script):
    page = page_without_script
    page.goto("/search/")
    page.locator("#search-again").fill("embasssy")
    page.locator("#search-again").press("Enter")
    page.get_by_role("link", name="embassy", exact=True).click()
    expect(page.locator("main")).to_contain_text("pages found for “embassy”")
    narrowed = page.get_by_role("navigation", name="Kinds of pages")
    narrowed.get_by_role("link", name=re.compile("^Officials")).click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ pages? found for “embassy”"))
    for kind in page.locator(".results .card__meta").all_inner_texts():
        assert kind.startswith("Official")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_every_form_of_the_search_page_is_open_to_all(browser: Browser, server, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, base_url=server, color_scheme=scheme
    )
    context.set_default_timeout(60_000)
    page, found = context.new_page(), {}
    for address in ADDRESSES:
        page.goto(address)
        found[address] = faults(page)
    context.close()
    assert {address: fault for address, fault in found.items() if fault} == {}
