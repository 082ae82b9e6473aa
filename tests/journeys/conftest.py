"""A real server on a database of its own, and a real browser."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from bin.bootstrap import BROWSERS
from tests import databases
from tests.journeys.axe import DESK, PHONE
from tests.servers import running

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=60_000)  # milliseconds; a busy machine is slow, not wrong

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launched(playwright: Playwright) -> Browser:
    """Start the leanest Chromium that is installed."""
    found = next(path for path in BROWSERS if path.exists())
    return playwright.chromium.launch(executable_path=found, args=FLAGS)


@pytest.fixture(scope="session")
def server_database(template_database) -> Iterator[str]:
    """The name of the copy of the demo site's database that the server runs on."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = databases.clone(template_database, f"{worker}_server")
    yield name
    databases.discard(name)


@pytest.fixture(scope="session")
def server(server_database) -> Iterator[str]:
    """The address of a server that runs the demo site."""
    with running(server_database) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one for each worker."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


def tab(browser: Browser, address: str, size: dict[str, int], **how) -> Iterator[Page]:
    """Give a new tab without history, in a window of a size, at an address; closes it after."""
    context = browser.new_context(viewport=size, base_url=address, **how)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser, server) -> Iterator[Page]:
    """A new tab of a phone-sized window without history, at the site's address."""
    yield from tab(browser, server, PHONE)


@pytest.fixture
def desk(browser, server) -> Iterator[Page]:
    """A new tab of a desk-sized window."""
    yield from tab(browser, server, DESK)


@pytest.fixture
def page_without_script(browser, server) -> Iterator[Page]:
    """A new tab in which JavaScript is off."""
    yield from tab(browser, server, PHONE, java_script_enabled=False)


@pytest.fixture
def end_session(desk, server_database):
    """Ends the sign-in of the browser, as time does."""

    def end(page=desk) -> None:
        cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        with databases.server(server_database) as cursor:
            key = cookies["sessionid"]
            cursor.execute("DELETE FROM django_session WHERE session_key = %s", [key])
            assert cursor.rowcount == 1

    return end
