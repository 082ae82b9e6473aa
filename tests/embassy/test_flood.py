"""What slows down a flood of forms: both edges of its windows, and what is kept of senders."""

from datetime import UTC, datetime, timedelta

import pytest

from embassy.models import Sending, SendingSalt
from embassy.readers import flood
from embassy.readers.flood import Flood, Limits

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = Limits("test", sender=2, target=3, minutes=60, repeat_minutes=10)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


class Shelf:
    """Counts what was stored, and refers to each by its number."""

    def __init__(self) -> None:
        self.stored = 0

    def put(self) -> str:
        """Store one more."""
        self.stored += 1
        return str(self.stored)


@pytest.fixture
def shelf() -> Shelf:
    """Where what is taken goes."""
    return Shelf()


def send(shelf, at=AT, address="203.0.113.7", target="a", words=None) -> str:
    """Send a form with words of its own, unless some are given."""
    said = words if words is not None else [f"{shelf.stored} {at} {address}"]
    return flood.once(LIMITS, target, address, said, at, shelf.put)


@pytest.mark.parametrize(("after", "is_taken"), [(HOUR - SECOND, False), (HOUR, True)])
def test_one_sender_is_taken_again_when_the_window_is_over(shelf, after, is_taken):
    send(shelf)
    send(shelf, AT + SECOND)
    if is_taken:
        assert send(shelf, AT + after) == "3"
        return
    with pytest.raises(Flood) as refused:
        send(shelf, AT + after)
    assert refused.value.by_sender and refused.value.seconds == 1 and shelf.stored == 2


@pytest.mark.parametrize(("after", "is_taken"), [(HOUR - SECOND, False), (HOUR, True)])
def test_one_target_is_open_again_when_the_window_is_over(shelf, after, is_taken):
    for number in range(3):
        send(shelf, address=f"203.0.113.{number}")
    if is_taken:
        assert send(shelf, AT + after, "203.0.113.9") == "4"
        return
    with pytest.raises(Flood) as refused:
        send(shelf, AT + after, "203.0.113.9")
    assert not refused.value.by_sender


def test_other_senders_and_other_targets_are_taken_meanwhile(shelf):
    for _n in range(2):
        send(shelf)
    with pytest.raises(Flood):
        send(shelf)
    assert send(shelf, address="203.0.113.8") == "3"
    with pytest.raises(Flood):  # one sender for all targets together
        send(shelf, target="b")
    assert send(shelf, address="203.0.113.9", target="b") == "4"


@pytest.mark.parametrize(
    ("after", "reference"),
    [(timedelta(minutes=10) - SECOND, "1"), (timedelta(minutes=10), "2")],
)
def test_the_same_words_are_stored_once_within_ten_minutes(shelf, after, reference):
    assert send(shelf, words=["same"]) == "1"
    assert send(shelf, AT + after, address="203.0.113.8", words=["same"]) == reference
    assert send(shelf, AT + after, target="b", words=["same"], address="203.0.113.9") != "1"


def test_a_repeat_is_no_new_try(shelf):
    for _n in range(9):
        assert send(shelf, words=["same"]) == "1"
    assert Sending.objects.count() == 1


def test_words_are_not_taken_for_others_that_run_together(shelf):
    assert flood.digest_of("f", "t", ["ab", "c"]) != flood.digest_of("f", "t", ["a", "bc"])


def test_neighbors_in_one_network_of_ipv6_count_together_and_others_do_not():
    keys = [
        flood.key_of(address, AT)
        for address in ("2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1", "203.0.113.7", "")
    ]
    assert keys[0] == keys[1] and len(set(keys)) == 4


def test_the_salt_changes_with_the_day_of_utc_and_the_old_one_is_gone():
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    before = flood.key_of("203.0.113.7", midnight - SECOND)
    assert flood.key_of("203.0.113.7", AT) == before
    assert flood.key_of("203.0.113.7", midnight) != before
    assert [salt.day for salt in SendingSalt.objects.all()] == [midnight.date()]


def test_what_fails_is_not_counted(shelf):
    def breaks() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        flood.once(LIMITS, "a", "203.0.113.7", ["x"], AT, breaks)
    assert not Sending.objects.exists()


def test_what_no_longer_counts_is_erased_by_the_next_and_each_night(shelf):
    send(shelf)
    send(shelf, AT + HOUR)
    assert Sending.objects.get().at == AT + HOUR
    assert flood.erase(AT + 2 * HOUR - SECOND) == 0
    assert flood.erase(AT + 2 * HOUR, dry_run=True) == 1 and Sending.objects.count() == 1
    assert flood.erase(AT + 2 * HOUR) == 1 and not Sending.objects.exists()
    assert SendingSalt.objects.count() == 1
    flood.erase(AT + timedelta(days=1))
    assert not SendingSalt.objects.exists()


def test_how_long_to_wait_is_rounded_up():
    refused = Flood(AT + timedelta(seconds=61, milliseconds=1), AT, by_sender=True)
    assert (refused.seconds, refused.minutes) == (62, 2)
