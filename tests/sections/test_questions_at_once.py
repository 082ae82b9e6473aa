"""At the same moment: one form sent by many presses, and two who settle one question."""

import threading

from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from advisories.models import Delivery
from embassy.approval import Refused
from sections import questions
from sections.models import Question
from tests.advisories.sending import people
from tests.receivers import PATIENCE
from tests.sections.asking import center, sent

State = Question.State


def at_once(*acts) -> list:
    """Do all of this at the same moment; give what came of each."""
    start, found = threading.Barrier(len(acts)), []

    def run(act) -> None:
        start.wait(PATIENCE)
        found.append(act())
        connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return found


def test_pressed_many_times_at_once_it_is_stored_once(committed_database):
    assert at_once(*[lambda: sent().status_code] * 6) == [200] * 6
    assert Question.objects.count() == 1
    assert Delivery.objects.filter(channel="mail_office").count() == 1


def test_two_who_settle_at_once_do_not_both(committed_database):
    site, staff = people()
    words = questions.Asked("Is it open?", "", "awa@reader.example", "", "en")
    questions.ask(site, center(), words, "203.0.113.7", timezone.now())
    question = Question.objects.get()

    def settle(role: str, to: str) -> bool:
        try:
            questions.settle(question, "waiting", to, staff[role], timezone.now())
        except Refused:
            return False
        return True

    done = at_once(
        lambda: settle("consular", State.ANSWERED),
        lambda: settle("section_editor", State.SET_ASIDE),
    )
    assert sorted(done) == [False, True]
    assert ModelLogEntry.objects.filter(action__startswith="sections.").count() == 1
