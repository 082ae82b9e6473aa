"""Every item of the staff's menus leads somewhere, whoever sees it."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ELSEWHERE = ("/account/sign-out/", "/admin/logout/")


@pytest.mark.parametrize(
    ("role", "language"), [("section_editor", "en"), ("duty_officer", "en"), ("approver", "fr")]
)
def test_no_item_of_the_menu_is_dead(staff, role, language):
    browser = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=language)
    browser.force_login(staff[role])
    html = browser.get("/admin/").content.decode()
    addresses = set(re.findall(r'"url": ?"(/[^"]+)"', html)) - set(ELSEWHERE)
    assert "/admin/reports/look-after/" in addresses
    answers = {address: browser.get(address).status_code for address in sorted(addresses)}
    assert {code for code in answers.values()} <= {200, 302}, answers
