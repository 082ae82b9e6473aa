"""An administrator invites somebody on a telephone, who comes in with a passkey; then they part."""

import hashlib

import psycopg2
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.journeys.axe import faults
from tests.journeys.signing import server_database, sign_in
from tests.journeys.test_sign_in import with_device

MAIL, TOKEN = "awa.diarra@bamako.example", "journey-of-the-administrator"
PLANT = """
    UPDATE accounts_invitation SET digest = %s WHERE used_at IS NULL AND account_id =
    (SELECT id FROM embassy_user WHERE email = %s)
"""  # the letter itself went to the memory of the server


def plant_token() -> None:
    """Let the letter that was sent open with an address that the journey knows."""
    known = settings.DATABASES["default"]
    connection = psycopg2.connect(
        dbname=server_database(),
        user=known["USER"],
        password=known["PASSWORD"] or None,
        host=known["HOST"] or None,
        port=known["PORT"] or None,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(PLANT, [hashlib.sha256(TOKEN.encode()).hexdigest(), MAIL])
        assert cursor.rowcount == 1
    connection.close()


def is_narrow(page: Page) -> bool:
    """Whether a page fits its window; a table may be pushed sideways within it."""
    return not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def invite(page: Page) -> None:
    """Invite somebody as a duty officer, whose role one administrator gives alone."""
    page.goto("/django-admin/embassy/user/add/")
    page.get_by_label("Mail address").fill(MAIL)
    page.get_by_label("First name").fill("Awa")
    page.get_by_label("Duty officer").check()
    assert is_narrow(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"The invitation to {MAIL} is on its way")).to_be_visible()


def come_in(guest: Page) -> None:
    """Open the letter, choose a passkey, and see the staff pages."""
    with_device(guest)
    guest.goto(f"/account/invitation/{TOKEN}/")
    assert guest.url.endswith("/account/invitation/") and faults(guest) == []
    guest.get_by_role("button", name="Go on with a passkey").click()
    guest.get_by_role("button", name="Add a passkey").click()
    guest.wait_for_url("**/account/security/codes/")
    guest.get_by_role("button", name="I have kept them").click()
    guest.wait_for_url("**/admin/")


def test_somebody_is_invited_comes_in_and_leaves(page, browser, server):
    sign_in(page, "administrator", "/django-admin/")
    invite(page)
    plant_token()
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=server)
    guest = context.new_page()
    come_in(guest)
    page.get_by_role("link", name=MAIL).click()
    closing = page.get_by_role("link", name="Close the account")
    closing.wait_for()
    assert is_narrow(page)
    closing.click()
    page.get_by_label("Reason").fill("Moved to Dakar")
    assert is_narrow(page)
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("The account is closed.")).to_be_visible()
    guest.goto("/admin/")
    guest.wait_for_url("**/account/sign-in/**")
    guest.goto(f"/account/invitation/{TOKEN}/")
    expect(guest.get_by_role("heading", level=1)).to_have_text("This invitation is not good")
    assert faults(guest) == []
    context.close()
