"""An editor tells the server that somebody types, seldom, and nothing while nobody does."""

from tests.journeys.signing import sign_in


def test_typing_is_told_once_in_five_minutes(desk):
    sign_in(desk, "section_editor")
    desk.clock.install()
    desk.goto("/admin/snippets/embassy/closure/add/")
    told = []
    desk.on(
        "request",
        lambda sent: told.append(sent) if sent.method == "POST" and "/session/" in sent.url else 0,
    )
    field = desk.locator("input[type=text]:visible").first
    field.click()
    field.press_sequentially("Closed")
    assert told == []  # opening the page was activity enough
    desk.clock.fast_forward("06:00")
    desk.wait_for_timeout(300)
    assert told == []  # nobody touched a key
    with desk.expect_response(lambda answer: "/session/" in answer.url) as answer:
        field.press_sequentially(" for the day")
    assert answer.value.status == 204
    desk.clock.fast_forward("04:50")
    field.press_sequentially(" and the night")
    desk.wait_for_timeout(300)
    assert len(told) == 1
    desk.clock.fast_forward("00:15")
    with desk.expect_response(lambda answer: "/session/" in answer.url):
        desk.mouse.click(5, 5)
    assert len(told) == 2
