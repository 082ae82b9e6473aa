"""A slip of the finger in a date stays in its field, where it is refused, and is never today."""

from tests.journeys.signing import sign_in
from tests.journeys.test_officer import edit_page, save_draft

SLIP = "2015-99-01"


def test_a_keyboard_closes_the_calendar_that_its_field_opened(desk):
    sign_in(desk, "public_affairs")
    edit_page(desk, "/officials/paul-a-folmsbee/")
    desk.locator("#id_terms-0-begins").focus()
    desk.keyboard.press("Tab")  # faster than the calendar of the first field opens
    desk.wait_for_timeout(400)
    opened = desk.locator(".xdsoft_datetimepicker:visible")
    assert opened.count() == 1
    desk.keyboard.press("Escape")
    opened.first.wait_for(state="hidden")
    assert desk.evaluate("document.activeElement.id") == "id_terms-0-ends"


def test_a_date_that_is_none_stays_as_typed_and_is_refused(desk):
    sign_in(desk, "public_affairs")
    edit_page(desk, "/officials/paul-a-folmsbee/")
    field = desk.locator("#id_terms-0-begins")
    field.fill(SLIP)
    field.press("Tab")
    desk.wait_for_timeout(300)  # the picker would rewrite it as soon as the field is left
    assert field.input_value() == SLIP
    desk.keyboard.press("Escape")
    save_draft(desk)
    desk.get_by_text("Enter a valid date.").first.wait_for()
    assert desk.locator("#id_terms-0-begins").input_value() == SLIP
