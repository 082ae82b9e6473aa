"""The screens we added to the staff pages: axe finds nothing, at 360 light and 1280 dark.

What stands round them is Wagtail's own: its menu and header are not looked at.
"""

import pytest

from tests.journeys.axe import DESK, PHONE, faults_as
from tests.journeys.signing import sign_in

VIEWS = [(PHONE, "light"), (DESK, "dark")]
SCREENS = {
    "public_affairs": [
        *("/admin/", "/admin/requested/", "/admin/reports/look-after/"),
        *("/admin/questions/", "/admin/remarks/", "/admin/guides/first-day/"),
        "/admin/reports/broken-links/",
    ],
    "consular": ["/admin/", "/admin/warnings/", "/admin/warnings/new/", "/admin/warnings/reviews/"],
    "approver": ["/admin/", "/admin/deliveries/", "/admin/reports/audit/"],
}
FROM_LISTS = {
    "public_affairs": [("/admin/reports/look-after/", "/admin/publishing/")],
    "consular": [("/admin/warnings/", "/admin/warnings/")],
}


def led_to(desk, listed: str, begins: str) -> list[str]:
    """Give where rows of a list lead to."""
    desk.goto(listed)
    rows = desk.locator(f"main li a[href^='{begins}'], main td a[href^='{begins}']")
    return [address for address in rows.evaluate_all("all => all.map(one => one.pathname)")]


@pytest.mark.parametrize("role", SCREENS)
def test_axe_finds_nothing_on_the_screens_of_a_role(desk, role):
    sign_in(desk, role)
    addresses = list(SCREENS[role])
    for listed, begins in FROM_LISTS.get(role, []):
        addresses += led_to(desk, listed, begins)[:3]
    found = {}
    for address in dict.fromkeys(addresses):
        answer = desk.goto(address)
        assert answer.status == 200, address
        for size, scheme in VIEWS:
            if faults := faults_as(desk, size, scheme, "main"):
                found[f"{address} {size['width']} {scheme}"] = faults
    assert found == {}


def test_what_stands_above_a_locked_warning_is_read_in_both_schemes(desk):
    sign_in(desk, "consular")
    listed = led_to(desk, "/admin/warnings/", "/admin/warnings/")
    number = next(key for one in listed if (key := one.split("/")[3]).isdecimal())
    desk.goto(f"/admin/pages/{number}/edit/")
    desk.locator(".messages").get_by_role("link", name="Go to its desk").wait_for()
    for size, scheme in [*VIEWS, (DESK, "light")]:
        assert faults_as(desk, size, scheme, ".messages") == []
