"""Somebody writes until the sign-in has ended, or the server is away: no word is lost.

The pictures lie in each test's own folder.
"""

import re

from advisories.demo.alert import ENGLISH, FRENCH, typeset
from tests.journeys.signing import give_code, give_password, sign_in
from tests.journeys.test_duty_officer import Hands, write
from tests.journeys.test_officer import edit_page, save_draft

# Wagtail saves by itself only what is typed after it has begun to watch; it may begin twice.
WATCHING = """document.addEventListener("w-unsaved:watch-edits", () => {
    document.documentElement.dataset.watching = "yes";
})"""
LEAVING = """() => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
}"""
LAST_WORDS = "Typed after the sign-in had ended"


def sign_in_again(desk, role: str) -> None:
    """Follow the link of the sentence and sign in, in the window that it opens."""
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Sign in in a new window").click()
    window = opened.value
    give_password(window, role)
    give_code(window, role)
    window.wait_for_url("**/admin/")
    window.close()


def sentence(desk, words: str):
    """Find a sentence beside the buttons."""
    return desk.locator("[data-session] [role=alert]").filter(has_text=words)


def test_an_alert_is_submitted_and_returned_while_the_sign_ins_end(
    desk, page, end_session, tmp_path
):
    sign_in(desk, "duty_officer")
    officer = Hands(desk, tmp_path, "officer")
    officer.press("link", "Warnings")
    officer.press("link", "New alert")
    officer.press("button", "Demonstration, as an exercise")
    write(officer, [ENGLISH, typeset(FRENCH)])
    officer.choose("told_staff", "same")
    end_session()
    officer.type("texts-0-title", LAST_WORDS)
    editor = desk.url
    officer.press("button", "Submit for approval")
    sentence(desk, "Your sign-in has ended").wait_for()
    officer.picture("ended")
    desk.set_viewport_size({"width": 360, "height": 800})
    sentence(desk, "Your sign-in has ended").scroll_into_view_if_needed()
    desk.screenshot(path=tmp_path / "ended-phone.png")
    desk.set_viewport_size({"width": 1280, "height": 900})
    assert desk.url == editor
    assert desk.locator('[name="texts-0-title"]').input_value() == LAST_WORDS
    sign_in_again(desk, "duty_officer")
    assert desk.locator('[name="texts-0-title"]').input_value() == LAST_WORDS
    officer.press("button", "Submit for approval")
    desk.get_by_text("Waiting for approval").first.wait_for()
    assert LAST_WORDS in desk.locator("main").inner_text()

    sign_in(page, "approver")
    page.goto(desk.url)
    page.get_by_text("Return to the writer").click()
    page.locator("#reason-return").fill("Name the bridge, please.")
    end_session(page)
    page.get_by_role("button", name="Return", exact=True).click()
    sentence(page, "Your sign-in has ended").wait_for()
    page.screenshot(path=tmp_path / "ended-at-desk.png", full_page=True)
    widest = page.locator("#reason-return").bounding_box()
    assert widest["x"] + widest["width"] <= 360, "The field is wider than the phone."
    assert page.locator("#reason-return").input_value() == "Name the bridge, please."
    sign_in_again(page, "approver")
    page.get_by_role("button", name="Return", exact=True).click()
    page.get_by_text("Returned", exact=True).first.wait_for()
    assert "Name the bridge, please." in page.locator("main").inner_text()


def test_the_editor_says_so_and_recovers_by_itself(desk, end_session):
    desk.add_init_script(WATCHING)
    sign_in(desk, "public_affairs")
    edit_page(desk, "/privacy/")
    desk.locator("html[data-watching]").wait_for()
    summary = desk.get_by_role("textbox", name="Summary")
    summary.press_sequentially(" Words that were stored in time.", delay=100)
    desk.get_by_text("Saved", exact=True).wait_for()
    end_session()
    summary.fill(LAST_WORDS)
    sentence(desk, "Your sign-in has ended").wait_for()
    desk.get_by_text("Autosave is paused").first.wait_for()
    with desk.expect_response("**/admin/session/**"):
        save_draft(desk)
    assert desk.evaluate(LEAVING), "The window closes without a question."
    with desk.expect_response("**/admin/session/**"):  # a late answer to what was asked in time
        desk.evaluate("document.dispatchEvent(new CustomEvent('editor:answered'))")
    desk.wait_for_timeout(300)
    assert sentence(desk, "Your sign-in has ended").is_visible()
    sign_in_again(desk, "public_affairs")
    desk.evaluate("window.dispatchEvent(new Event('focus'))")  # as when somebody comes back
    sentence(desk, "Your sign-in has ended").wait_for(state="detached")
    desk.get_by_text("Saved", exact=True).wait_for()
    assert LAST_WORDS in desk.request.get(desk.url).text()


def test_a_server_that_is_away_takes_nothing_with_it(desk):
    sign_in(desk, "public_affairs")
    edit_page(desk, "/visas/")
    desk.route("**/admin/session/**", lambda route: route.abort())
    desk.get_by_role("textbox", name="Summary").fill("Written in a storm.")
    editor = desk.url
    save_draft(desk)
    sentence(desk, "The server cannot be reached").wait_for()
    assert desk.url == editor
    desk.unroute("**/admin/session/**")
    save_draft(desk)  # it can be pressed again
    desk.get_by_text(re.compile("draft of .* saved|has been updated", re.I)).first.wait_for()
    assert "Written in a storm." in desk.request.get(editor).text()


def test_without_scripts_the_editor_says_what_it_needs(browser, server, desk, tmp_path):
    sign_in(desk, "public_affairs")
    edit_page(desk, "/visas/")
    state = desk.context.storage_state()
    context = browser.new_context(base_url=server, storage_state=state, java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.url)
    page.screenshot(path=tmp_path / "without-script.png")
    assert page.locator("noscript .without-script").is_visible()
    assert page.locator("noscript.capabilitymessage").is_hidden()
    context.close()
