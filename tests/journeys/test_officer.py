"""A member of staff changes a page in the Wagtail admin and sees it on the public page."""

import re

from tests.journeys.signing import sign_in


def edit_page(desk, path: str) -> None:
    """Open the editor of the page at a public address, where the user bar leads."""
    html = desk.request.get(path).text()
    desk.goto(re.search(r"/admin/pages/\d+/edit/", html)[0])


def save_draft(desk) -> None:
    """Store the words without handing them to anybody: second of the editor's buttons."""
    save = desk.get_by_role("button", name="Save draft").first
    if not save.is_visible():
        desk.get_by_role("button", name="More actions").first.click()
    save.click()


SUMMARY = "Whom to ask about a visa, and how."


def test_changed_summary_shows_on_the_public_page_once_a_second_person_approves(desk, page):
    sign_in(desk, "public_affairs")
    edit_page(desk, "/visas/")
    desk.get_by_role("textbox", name="Summary").fill(SUMMARY)
    desk.get_by_role("button", name="Submit for a second person").first.click()
    desk.get_by_text("Yours, waiting for a second person").or_(
        desk.get_by_text(re.compile("now waits for a second person"))
    ).first.wait_for()
    desk.goto("/visas/")
    assert SUMMARY not in desk.locator("main").inner_text()
    sign_in(page, "approver")  # on a telephone
    page.goto("/admin/")
    page.get_by_role("link", name="Visas", exact=True).first.click()
    page.get_by_text(SUMMARY).first.wait_for()
    page.get_by_role("button", name="Approve and publish").click()
    page.get_by_text("Approved. Readers see it now.").first.wait_for()
    desk.goto("/visas/")
    assert SUMMARY in desk.locator("main").inner_text()


def test_section_editor_cannot_publish(desk):
    sign_in(desk, "section_editor")
    edit_page(desk, "/privacy/")
    assert desk.get_by_role("button", name="Submit for a second person").first.is_visible()
    assert not desk.get_by_role("button", name="Publish", exact=True).count()


def test_django_admin_leads_to_the_editor(desk):
    sign_in(desk, "public_affairs")
    desk.goto("/django-admin/sections/officepage/?q=Press")
    desk.get_by_role("link", name="Press Office").click()
    desk.wait_for_url("**/admin/pages/*/edit/")
    assert "Press Office" in desk.title()


def test_administrator_sees_accounts_of_the_mission(desk):
    sign_in(desk, "administrator", "/django-admin/")
    desk.goto("/django-admin/embassy/user/")
    text = desk.locator("#result_list").inner_text()
    assert "editor@bamako.example" in text
