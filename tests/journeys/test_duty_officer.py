"""The message of 2012 walked as an exercise: draft, review, in force, update, all clear.

The duty officer sits at a desk, the approver holds a phone. Each picture lies in the test's own
folder, so that somebody can look at the whole way.
"""

import re
from pathlib import Path

import pytest

from advisories.demo.alert import ENGLISH, FRENCH, typeset
from tests import cap
from tests.journeys.signing import sign_in

MOST_INTERACTIONS = 12
WHERE = ["Bamako", "Kati", "Ségou"]
NAMES = ("title", "location", "event", "actions", "assistance")
OUT_OF_ITS_BOX = "boxes => boxes.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"


class Hands:
    """A person at a browser, who counts what they do besides typing."""

    def __init__(self, page, folder: Path, who: str):
        self.page, self.folder, self.who = page, folder, who
        self.done = 0

    def press(self, role: str, name, **options) -> None:
        """Press a button or follow a link."""
        self.done += 1
        self.page.get_by_role(role, name=name, **options).first.click()

    def choose(self, name: str, value: str) -> None:
        """Choose from a list."""
        self.done += 1
        self.page.locator(f'[name="{name}"]').select_option(value)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.done += 1
        self.page.get_by_label(label, exact=True).check()

    def type(self, name: str, text: str) -> None:
        """Type words; that is not counted."""
        self.page.locator(f'[name="{name}"]').fill(text)

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        self.page.screenshot(path=self.folder / f"{name}-{self.who}.png", full_page=True)


@pytest.fixture
def officer(desk, tmp_path) -> Hands:
    """The duty officer, signed in."""
    sign_in(desk, "duty_officer")
    return Hands(desk, tmp_path, "officer")


@pytest.fixture
def approver(page, tmp_path) -> Hands:
    """The approver with a phone, signed in."""
    sign_in(page, "approver")
    return Hands(page, tmp_path, "approver")


def write(officer: Hands, texts: list[dict]) -> None:
    """Type the words in every language."""
    for number, words in enumerate(texts):
        for name in NAMES:
            officer.type(f"texts-{number}-{name}", words[name])


def approve(approver: Hands, title: str, name: str) -> None:
    """Find what waits on the first screen, read it and let it out."""
    approver.page.goto("/admin/")
    approver.press("link", re.compile(title[:40]))
    approver.page.get_by_role("button", name="Approve and issue").wait_for()
    approver.picture(f"{name}-to-approve")
    width = approver.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, "The approver scrolls sideways."
    assert approver.page.locator(".desk__face").evaluate_all(OUT_OF_ITS_BOX) == []
    approver.press("button", "Approve and issue")
    approver.page.get_by_text("Issued to those who take part in the exercise").wait_for()


def message(approver: Hands, number: int) -> str:
    """Give the CAP message of an issue, as those who take part in the exercise read it."""
    address = approver.page.locator('a[href*="/drills/"]').first.get_attribute("href")
    path = re.sub(r"^https?://[^/]+", "", address)
    path = re.sub(r"/\d+/$", f"/{number}/", path)
    approver.page.goto(path)
    approver.picture(f"issue-{number}")
    assert "EXERCISE" in approver.page.locator("main").inner_text()
    answer = approver.page.request.get(f"{path}cap.xml")
    cap.read(answer.body())
    return answer.text()


def test_the_message_of_2012_as_an_exercise(officer, approver):
    officer.press("link", "Warnings")
    officer.press("link", "New alert")
    officer.press("button", "Demonstration, as an exercise")
    write(officer, [ENGLISH, typeset(FRENCH)])
    for place in WHERE:
        officer.tick(place)
    officer.choose("told_staff", "same")
    officer.page.locator(".desk__count").first.wait_for()
    assert re.search(r"\d+ units in (GSM-7|UCS-2)", officer.page.locator("main").inner_text())
    officer.picture("1-written")
    slug = officer.page.locator('[name="slug"]').input_value()
    officer.press("button", "Submit for approval")
    officer.page.get_by_text("Waiting for approval").first.wait_for()
    officer.picture("2-submitted")
    assert officer.done <= MOST_INTERACTIONS
    assert not officer.page.get_by_role("button", name="Approve and issue").count()
    desk = officer.page.url

    approve(approver, ENGLISH["title"], "3")
    first = message(approver, 1)
    assert "<status>Exercise</status>" in first and "<msgType>Alert</msgType>" in first

    officer.page.goto(desk)
    officer.press("button", "Update", exact=True)
    officer.type("texts-0-event", "On February 2, protests began to spread through the country.")
    officer.press("button", "Submit for approval")
    officer.page.get_by_text("Waiting for approval").first.wait_for()
    approve(approver, ENGLISH["title"], "4")
    second = message(approver, 2)
    assert "<msgType>Update</msgType>" in second
    assert reference_in(second) == [identifier_in(first)]

    officer.page.goto(desk)
    officer.page.get_by_text("Give the all clear").click()
    officer.page.locator("#all_clear-en").fill("The exercise ends here.")
    officer.page.locator("#all_clear-fr").fill("L’exercice prend fin.")
    officer.picture("5-all-clear")
    officer.page.locator("details[open]").get_by_role("button").click()
    officer.page.get_by_text("Waiting for approval").first.wait_for()
    approve(approver, ENGLISH["title"], "6")
    third = message(approver, 3)
    assert "<responseType>AllClear</responseType>" in third
    assert "The exercise ends here." in third
    assert identifier_in(first) in reference_in(third)
    assert identifier_in(second) in reference_in(third)

    assert "<web>" not in first  # the addresses of a drill lapse, a message stays
    for public in ("/", "/alerts/", "/fr/alerts/", "/emergency/", "/sitemap.xml"):
        assert slug not in approver.page.request.get(public).text()
    assert approver.page.request.get(f"/alerts/{slug}/").status == 404


def identifier_in(message: str) -> str:
    """Give a message's name."""
    return re.search(r"<identifier>([^<]+)", message)[1]


def reference_in(message: str) -> list[str]:
    """Give the names of the messages that a message refers to."""
    found = re.search(r"<references>([^<]+)", message)[1]
    return [reference.split(",")[1] for reference in found.split()]
