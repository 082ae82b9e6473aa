"""A reader without an account asks an office, and says whether a page was useful."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import faults
from tests.journeys.signing import sign_in
from tests.sections.asking import ASK, CENTER

WORDS = {
    "/": ("Ask a question", "Send", "Your question was sent", "Yes", "Thank you"),
    "/fr/": (
        "Poser une question",
        "Envoyer",
        "Votre question a été envoyée",
        "Oui",
        "Merci",
    ),
}


def cookies(page: Page) -> list:
    """Give the cookies that a reader's browser has."""
    return page.context.cookies()


@pytest.mark.parametrize("language", ["/", "/fr/"])
def test_a_reader_asks_on_a_phone(page, language):
    ask, send, sent, _yes, _thanks = WORDS[language]
    page.goto(language.rstrip("/") + CENTER)
    page.get_by_role("link", name=ask).click()
    expect(page.locator("h1")).to_have_text(ask)
    assert faults(page) == []
    page.get_by_role("button", name=send).click()
    expect(page.locator(".field__error")).to_have_count(2)
    assert faults(page) == []
    page.locator("[name=question]").fill(f"Is it open on Saturday? {language}")
    page.locator("[name=phone]").fill("20 70 23 00")
    page.get_by_role("button", name=send).click()
    expect(page.locator("h1")).to_have_text(sent)
    assert faults(page) == [] and cookies(page) == []
    assert page.url.endswith("/ask/")


def test_without_scripts_it_is_the_same(page_without_script):
    page = page_without_script
    page.goto(ASK)
    page.locator("[name=question]").fill("Does it work without scripts?")
    page.locator("[name=mail]").fill("reader@reader.example")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("Your question was sent")


@pytest.mark.parametrize("language", ["/", "/fr/"])
def test_a_reader_says_whether_a_page_was_useful(page, language):
    _ask, _send, _sent, yes, thanks = WORDS[language]
    page.goto(f"{language}privacy/")
    assert faults(page) == []
    page.locator("#why").fill(f"Clear words {language}")
    page.get_by_role("button", name=yes, exact=True).click()
    expect(page.locator("h1")).to_have_text(thanks)
    assert faults(page) == [] and cookies(page) == []
    page.locator("main a").click()
    page.wait_for_url(f"**{language}privacy/")


def test_staff_read_and_settle_it(desk):
    desk.goto(ASK)
    desk.locator("[name=question]").fill("Who reads this?")
    desk.locator("[name=mail]").fill("reader@reader.example")
    desk.get_by_role("button", name="Send").click()
    reference = desk.locator("main strong").inner_text().split()[-1]
    sign_in(desk, "section_editor")
    expect(desk.locator("body")).to_contain_text("Questions of readers")
    desk.goto("/admin/questions/")
    desk.get_by_role("link", name=reference).click()
    expect(desk.locator(".desk")).to_contain_text("Who reads this?")
    desk.get_by_role("button", name="Answered").click()
    desk.wait_for_url("**/admin/questions/")
    expect(desk.locator("body")).to_contain_text(f"Noted: {reference}")
    expect(desk.get_by_role("link", name=reference)).to_have_count(0)
