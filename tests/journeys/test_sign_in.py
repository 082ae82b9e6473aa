"""A member of staff signs in with a passkey, while somebody else guesses at the password."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.journeys.axe import faults
from tests.journeys.signing import give_code, give_password, of_role, sign_in

SIGN_IN, SECURITY = "/account/sign-in/", "/account/security/"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page: Page) -> str:
    """Give the browser a device that keeps passkeys; gives the device's id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.device = session
    return added["authenticatorId"]


def add_passkey(page: Page, name: str) -> None:
    """Add a passkey on the account's own page."""
    page.goto(f"{SECURITY}passkeys/add/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(f"**{SECURITY}")


def sign_out(page: Page) -> None:
    """End the session."""
    page.goto(SECURITY)
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"**{SIGN_IN}")


@pytest.fixture
def forgotten_tries(server_database):
    """Lets the accounts that a test locked be used by the next."""
    yield
    with databases.server(server_database) as cursor:
        cursor.execute("DELETE FROM accounts_signinfailure")
        assert cursor.rowcount


def test_a_passkey_is_the_way_in_while_the_password_is_locked(page, forgotten_tries):
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    with_device(page)
    sign_in(page, "consular")
    add_passkey(page, "My telephone")
    expect(page.locator("main")).to_contain_text("My telephone")
    sign_out(page)

    email, password = of_role("consular")
    for word in [*["wrong"] * 5, password]:
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(word)
        with page.expect_navigation():  # the sentence of the try before stands there until then
            page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("A passkey works all the same")

    page.goto(f"{SIGN_IN}?next=/admin/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/account/")
    assert complaints == []


def test_a_passkey_is_a_second_factor_too(page):
    with_device(page)
    sign_in(page, "section_editor")
    add_passkey(page, "Key")
    sign_out(page)
    page.goto("/admin/account/")
    give_password(page, "section_editor")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/account/")


def test_a_device_without_the_passkey_says_so(page):
    with_device(page)
    page.goto(SIGN_IN)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("No passkey was given.")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_a_passkey_that_was_removed_is_refused(page):
    with_device(page)
    sign_in(page, "break_glass")
    add_passkey(page, "Lost")
    page.get_by_role("link", name="Remove Lost").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.wait_for_url(f"**{SECURITY}")
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("main")).to_contain_text("That did not work.")


def test_without_javascript_a_code_gets_one_in(page_without_script):
    page = page_without_script
    page.goto(SIGN_IN)
    assert not page.get_by_role("button", name="passkey").count()
    expect(page.locator("main")).to_contain_text("passkeys need a newer browser with JavaScript")
    give_password(page, "duty_officer")
    give_code(page, "duty_officer")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_sound_on_a_telephone(page, scheme):
    page.emulate_media(color_scheme=scheme)
    found = {}
    with_device(page)
    page.goto(f"{SIGN_IN}?ended=1")
    found["sign in"] = faults(page)
    give_password(page, "approver")
    page.locator("input[name=code]").fill("1")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("That did not work.").wait_for()
    found["code"] = faults(page)
    give_code(page, "approver")
    page.wait_for_url("**/admin/")
    paths = ["", "passkeys/add/", "codes/new/", "password/", "app/remove/"]
    for path in paths:
        page.goto(f"{SECURITY}{path}")
        found[path] = faults(page)
    page.goto(f"{SECURITY}codes/new/")
    page.get_by_role("button", name="Make new recovery codes").click()
    page.wait_for_url(f"**{SECURITY}codes/")
    found["codes"] = faults(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a file").click()
    assert len(re.findall(r"\d{4} \d{4}", Path(download.value.path()).read_text())) == 10
    page.get_by_role("button", name="I have kept them").click()
    page.goto("/account/prove/code/")
    found["prove"] = faults(page)
    assert {path: fault for path, fault in found.items() if fault} == {}
