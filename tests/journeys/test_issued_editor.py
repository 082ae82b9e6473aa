"""An officer opens the editor of a warning that was issued: nothing there alarms for nothing."""

import re

from tests.journeys.signing import sign_in
from tests.journeys.test_officer import edit_page


def test_the_checklist_of_an_issued_warning_stays_as_the_server_wrote_it(desk):
    sign_in(desk, "duty_officer")
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    edit_page(desk, "/travel-advisory/")
    desk.wait_for_load_state("networkidle")
    html = desk.request.get(desk.url).text()
    written = re.findall(r'<li class="desk__(?:done|todo)">([^<]+)</li>', html)
    shown = desk.locator(".desk--beside li").all_inner_texts()
    assert written and shown == [" ".join(words.split()) for words in written]
    assert desk.get_by_text("This was issued and cannot be changed here.").first.is_visible()
    assert not [url for url in asked if url.endswith("/live/")]
    assert not desk.get_by_text("Part of the form was missing").count()


def test_the_checklist_of_a_new_alert_alarms_for_nothing_while_the_editor_is_drawn(desk):
    sign_in(desk, "duty_officer")
    answers = []
    desk.on("response", lambda answer: answers.append(answer))
    desk.goto("/admin/warnings/new/")
    desk.locator("form:has([name=preset]) button").first.click()
    desk.wait_for_url("**/edit/")
    desk.wait_for_function("() => document.querySelector('.desk__count')?.textContent")
    asked = [answer for answer in answers if answer.url.endswith("/live/")]
    assert asked and all(answer.ok for answer in asked)
    assert not desk.get_by_text("Part of the form was missing").count()
    assert "fill in" in " ".join(desk.locator(".desk--beside li").all_inner_texts()).lower()
