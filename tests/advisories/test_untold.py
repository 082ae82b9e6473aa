"""A warning that lacks a language of its mission: its writers are told until it does not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from advisories import untold
from advisories.models import AlertText, Delivery
from advisories.outbox import GATHERS
from advisories.worker import Worker
from embassy import upkeep
from embassy.models import Letter, MissionSettings
from tests.advisories.factories import alert, issue
from tests.advisories.sending import pass_over, signed_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def page(staff):
    """An alert that was issued in English, with nothing owed of it yet."""
    now = timezone.now()
    page = alert(now - HOUR, now + timedelta(days=30), "Bridge closed")
    Letter.objects.all().delete()
    Delivery.objects.all().delete()
    return page


@pytest.fixture
def sent(page):
    """When that was."""
    return page.issued_rows.get().issue.sent


def add_french(page) -> None:
    """Update the alert with a French text."""
    words = {"location": "Bamako", "event": "…", "actions": "- …", "assistance": "…"}
    page.texts.add(AlertText(language="fr", title="Pont fermé", **words))
    issue(page)


def rows_for(user, at) -> list:
    """Give what the first screen names of it."""
    found = {part.key: part.rows for part in upkeep.parts_for(user, at)}
    return [row for row in found.get("untold", []) if row.name == "Bridge closed"]


def lines() -> int:
    """Count the lines of letters that are owed about it."""
    return Letter.objects.filter(about="untold").values("key").distinct().count()


def test_its_writers_see_it_until_it_is_told(page, sent, staff, dakar):
    at = sent + HOUR
    [row] = rows_for(staff["duty_officer"], at)
    assert row.address == f"/admin/warnings/{page.pk}/"
    assert row.why.replace("\xa0", " ") == (
        "not in French yet, for 1 hour: update it with the text"
    )
    assert not rows_for(staff["section_editor"], at)
    assert not [one for one in untold.untold(dakar, at) if one.row.page_id == page.pk]
    add_french(page)
    assert not rows_for(staff["duty_officer"], at)


def test_the_list_of_warnings_says_it_too(page, staff):
    desk = signed_in(staff["duty_officer"])
    said = desk.get("/admin/warnings/").content.decode()
    assert said.count("not in French yet, for") == 1
    add_french(page)
    assert "not in French yet" not in desk.get("/admin/warnings/").content.decode()


def test_what_is_over_or_an_exercise_lacks_nothing(page, staff):
    end = page.expires
    assert rows_for(staff["duty_officer"], end - SECOND)
    assert not rows_for(staff["duty_officer"], end)
    now = timezone.now()
    alert(now - HOUR, now + HOUR, "Trial", status="Exercise")
    assert "Trial" not in {one.row.title for one in untold.untold(page.get_site(), now)}


def test_a_mission_of_one_language_lacks_nothing(page, sent, site):
    MissionSettings.objects.filter(site=site).update(languages=["en"])
    assert untold.untold(site, sent) == []


@pytest.mark.parametrize(
    ("after", "letters"),
    [
        (timedelta(), 1),
        (6 * HOUR - SECOND, 1),
        (6 * HOUR, 2),
        (168 * HOUR - SECOND, 4),
        (168 * HOUR, 5),
        (400 * HOUR, 5),
    ],
)
def test_letters_leave_at_their_hours_and_each_once(page, sent, after, letters):
    moments = [sent + hours for hours in untold.CHASED_AFTER if hours < after] + [sent + after]
    for at in moments:
        untold.chase(at)
        untold.chase(at)
    assert lines() == letters


def test_a_letter_names_the_warning_and_says_nothing_once_it_is_told(page, sent, staff):
    untold.chase(sent)
    pass_over(sent + GATHERS + SECOND)
    [letter] = [one for one in mail.outbox if one.to == [staff["duty_officer"].email]]
    assert "“Bridge closed” is not in French yet" in letter.body
    assert f"/admin/warnings/{page.pk}/" in letter.body
    mail.outbox.clear()
    untold.chase(sent + 6 * HOUR)
    add_french(page)
    pass_over(sent + 6 * HOUR + GATHERS + SECOND)
    assert not [one for one in mail.outbox if "Bridge closed" in one.body]


def test_a_fault_of_ours_stops_nothing_that_is_to_be_sent(monkeypatch, caplog, sent):
    def fails(at):
        raise ValueError(" ".join(["the", "words", "of", "somebody"]))  # source is in the log

    taken = []
    monkeypatch.setattr(untold, "chase", fails)
    monkeypatch.setattr("advisories.worker.close_old_connections", lambda: None)  # the test's own
    monkeypatch.setattr(Worker, "take", lambda self, channel, at: taken.append(channel))
    worker = Worker(say=lambda words: None)
    worker.turn()
    assert taken == list(worker.channels)
    assert "Chasing failed with ValueError" in caplog.text
    assert "the words of somebody" not in caplog.text


def test_a_worker_asks_once_a_minute(monkeypatch, sent):
    asked = []
    monkeypatch.setattr(untold, "chase", asked.append)
    worker = Worker(say=lambda words: None)
    moments = [sent, sent + timedelta(seconds=59), sent + timedelta(seconds=60)]
    for at in moments:
        worker.chase(at)
    assert asked == [moments[0], moments[2]]
