"""A changed number: one at a desk asks, another confirms on a telephone, and readers see it then.

Each picture lies in the test's own folder, so that somebody can look at the whole way.
"""

from playwright.sync_api import Page, expect

from tests.journeys.axe import AXE
from tests.journeys.signing import sign_in
from tests.journeys.test_administrator import is_narrow
from tests.journeys.test_interrupted import sentence, sign_in_again

NEW, SHOWN = "+223 6675 2861", "+223 66 75 28 61"
RULES = "{runOnly: ['label', 'button-name', 'heading-order', 'aria-valid-attr', 'link-name']}"


def faults_of_ours(page: Page) -> list[str]:
    """Give what axe finds wrong with our part of a screen; the frame around it is Wagtail's."""
    result = page.evaluate(f"{AXE}; axe.run('.desk', {RULES})")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in result["violations"]]


def test_a_changed_number_takes_two_people(page, desk, browser, server, end_session, tmp_path):
    reader = browser.new_context(base_url=server).new_page()
    sign_in(desk, "consular")
    desk.goto("/admin/snippets/embassy/contactpoint/")
    desk.get_by_role("link", name="Emergencies after hours").first.click()
    desk.locator("[name=value]").fill(NEW)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("waits for a second person").first).to_be_visible()
    reader.goto("/")
    assert SHOWN not in reader.content()
    desk.goto("/admin/requested/")
    desk.screenshot(path=tmp_path / "asked-1280.png", full_page=True)
    expect(desk.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    sign_in(page, "approver")
    page.goto("/admin/")
    page.screenshot(path=tmp_path / "first-360.png", full_page=True)
    page.goto("/admin/requested/")
    page.screenshot(path=tmp_path / "waits-360.png", full_page=True)
    assert is_narrow(page) and faults_of_ours(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.screenshot(path=tmp_path / "waits-1280.png", full_page=True)
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_text("Decline", exact=True).first.click()
    page.locator("textarea[name=reason]").fill("Nobody answers there.")
    end_session(page)
    page.get_by_role("button", name="Decline", exact=True).click()
    sentence(page, "Your sign-in has ended").wait_for()
    page.screenshot(path=tmp_path / "ended-360.png", full_page=True)
    assert page.locator("textarea[name=reason]").input_value() == "Nobody answers there."
    sign_in_again(page, "approver")
    page.reload()  # what is answered without words is not kept
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("Readers see it from now on")).to_be_visible()
    page.screenshot(path=tmp_path / "done-360.png", full_page=True)
    reader.goto("/")
    assert SHOWN in reader.content()
    reader.context.close()
