"""The password, asked again before a grave step: not to be guessed from an open browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from embassy.acts.proof import TRIES, WAIT, WRONG, prove
from embassy.approval import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(staff):
    """Whoever may issue alone, with a password that tests know."""
    staff["break_glass"].set_password("right one")
    staff["break_glass"].save()
    return staff["break_glass"]


def test_the_right_password_proves_it_and_is_not_written_down(chief, home):
    prove(chief, "right one", home, timezone.now())
    assert not PageLogEntry.objects.filter(action=WRONG).exists()


def test_after_a_few_wrong_ones_even_the_right_one_has_to_wait(chief, home):
    for _try in range(TRIES):
        with pytest.raises(Refused, match="not your password"):
            prove(chief, "wrong", home, timezone.now())
    with pytest.raises(Refused, match="Too many wrong tries"):
        prove(chief, "right one", home, timezone.now())
    assert PageLogEntry.objects.filter(action=WRONG, user=chief).count() == TRIES


def test_waiting_ends(chief, home):
    for _try in range(TRIES):
        with pytest.raises(Refused):
            prove(chief, "wrong", home, timezone.now())
    first = PageLogEntry.objects.filter(action=WRONG).earliest("timestamp").timestamp
    with pytest.raises(Refused):
        prove(chief, "right one", home, first + WAIT - timedelta(seconds=1))
    prove(chief, "right one", home, first + WAIT)


def test_a_colleague_does_not_wait_for_it(chief, home, staff):
    for _try in range(TRIES):
        with pytest.raises(Refused):
            prove(chief, "wrong", home, timezone.now())
    staff["approver"].set_password("another")
    staff["approver"].save()
    prove(staff["approver"], "another", home, timezone.now())
