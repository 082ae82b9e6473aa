"""Somebody issues alone, at a desk with a passkey; a colleague stands by it afterwards."""

from collections.abc import Iterator

import pytest

from advisories.demo.alert import ENGLISH, FRENCH, typeset
from tests.journeys.axe import AXE
from tests.journeys.signing import sign_in
from tests.journeys.test_duty_officer import Hands, write
from tests.journeys.test_sign_in import add_passkey, with_device

REASON = "The line to the approvers is dead."
RULES = "{runOnly: ['label', 'button-name', 'color-contrast', 'aria-valid-attr']}"


@pytest.fixture
def written(desk, tmp_path) -> Iterator[str]:
    """The desk of an exercise that the chief wrote, who has a passkey; gives its address."""
    device = with_device(desk)
    sign_in(desk, "break_glass")
    add_passkey(desk, "Key")
    desk.authenticator = device
    chief = Hands(desk, tmp_path, "chief")
    desk.goto("/admin/warnings/new/")
    chief.press("button", "Demonstration, as an exercise")
    write(
        chief, [ENGLISH | {"title": "Alone at night"}, typeset(FRENCH) | {"title": "Seul la nuit"}]
    )
    chief.tick("Bamako")
    chief.choose("told_staff", "same")
    chief.press("button", "Submit for approval")
    desk.get_by_text("Waiting for approval").first.wait_for()
    address = desk.url
    yield address
    desk.goto(address)
    if desk.get_by_role("button", name="Take back").count():  # or it would wait in other journeys
        desk.get_by_role("button", name="Take back").click()
        desk.get_by_text("Taken back.").first.wait_for()


def test_a_passkey_in_place_of_the_password(desk, page, written, tmp_path):
    desk.get_by_text("Break the glass: issue it alone").first.click()
    passkey = desk.get_by_role("button", name="Use my passkey instead")
    passkey.click()  # without a reason nothing is asked of the device
    assert desk.locator("#reason-glass").evaluate("field => field.validity.valueMissing")
    desk.locator("#reason-glass").fill(REASON)
    assert (
        desk.evaluate(f"{AXE}; axe.run('#reason-glass, .desk form', {RULES})")["violations"] == []
    )
    desk.screenshot(path=tmp_path / "glass-1280.png", full_page=True)

    passkey.click()
    desk.get_by_text("Issued by you alone.").first.wait_for()

    sign_in(page, "approver")
    page.goto("/admin/")
    page.get_by_text(REASON).first.wait_for()
    page.goto(written)
    page.get_by_role("button", name="Confirm it").click()
    page.get_by_text("Two people stand behind it now.").first.wait_for()


def test_a_device_without_the_passkey_loses_nothing(desk, written):
    desk.device.send("WebAuthn.clearCredentials", {"authenticatorId": desk.authenticator})
    desk.get_by_text("Break the glass: issue it alone").first.click()
    desk.locator("#reason-glass").fill(REASON)
    desk.get_by_role("button", name="Use my passkey instead").click()
    desk.get_by_text("No passkey was given.").first.wait_for()
    assert desk.locator("#reason-glass").input_value() == REASON
    desk.locator("#password-glass").fill("guess")
    desk.get_by_role("button", name="Issue it alone").click()
    desk.get_by_text("That is not your password").first.wait_for()
    assert desk.locator("#reason-glass").input_value() == REASON
