"""The worker that empties the outbox: takes what is due, sends it, writes down what came of it.

Each channel sends in threads of its own, so that a slow one holds up no other. The threads only
send; all rows are written by the one that runs the worker. When the database goes away what was
sent is kept in mind and written down once it is back.
"""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from advisories import outbox, untold
from advisories.models import Delivery
from advisories.outbox import Channel, Undeliverable
from advisories.vocabulary import Why

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1
CHASE_EVERY = timedelta(minutes=1)
FINISH_SECONDS = 30
Sent = Future[Undeliverable | None]


class Worker:
    """Sends until it is told to stop; several of them share the work."""

    def __init__(self, say: Callable[[str], None]):
        """Take where to report to."""
        self.say = say
        self.stopping = False
        self.channels = outbox.channels()
        self.pools = {each.name: ThreadPoolExecutor(each.at_once) for each in self.channels}
        self.under_way: dict[Sent, Delivery] = {}
        self.told = Counter()
        self.is_cut_off = False
        self.chased_at: datetime | None = None

    def stop(self) -> None:
        """Take nothing more; what is under way is finished and written down."""
        self.stopping = True

    def run(self, once: bool = False) -> Counter:
        """Work until told to stop, or `once`, until nothing is due; give the counts."""
        while not self.stopping:
            self.without_fail(self.turn)
            if once and not self.under_way and not self.is_cut_off:
                break
            self.pause()
        self.finish()
        return self.told

    def finish(self) -> None:
        """Wait for what is under way, and for the database to write it down in."""
        deadline = time.monotonic() + FINISH_SECONDS  # what is not written down is sent again
        while self.under_way and time.monotonic() < deadline:
            self.pause()
            self.without_fail(self.write_down)
        for pool in self.pools.values():
            pool.shutdown(wait=False)

    def turn(self) -> None:
        """Write down what was sent, and take as much as there are places for."""
        close_old_connections()
        self.write_down()
        self.chase(timezone.now())
        for channel in self.channels:
            self.take(channel, timezone.now())

    def chase(self, at: datetime) -> None:
        """Owe the letters about warnings that lack a language, every now and then."""
        if self.chased_at is None or at - self.chased_at >= CHASE_EVERY:
            self.chased_at = at
            try:
                untold.chase(at)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:  # a mistake of ours must not stop what is to be sent
                where = "".join(traceback.format_tb(error.__traceback__))
                logger.error("Chasing failed with %s:\n%s", type(error).__name__, where)

    def take(self, channel: Channel, at: datetime) -> None:
        """Lease what is due on a channel and hand it to its threads."""
        held = sum(delivery.channel == channel.name for delivery in self.under_way.values())
        if held >= channel.at_once:
            return
        for delivery in outbox.lease(channel, at, channel.at_once - held):
            sent = self.pools[channel.name].submit(attempt, channel, delivery, at)
            self.under_way[sent] = delivery

    def write_down(self) -> None:
        """Write down what came of each message that was sent or was not."""
        found = Counter()
        for sent in [sent for sent in self.under_way if sent.done()]:
            delivery, error = self.under_way[sent], sent.result()
            if error is None:
                outbox.done(delivery, timezone.now())
                found["delivered"] += 1
            else:
                again = outbox.failed(delivery, timezone.now(), error)
                found["to be tried again" if again else "given up"] += 1
            del self.under_way[sent]
        if found:
            self.told += found
            self.say(in_words(found))

    def without_fail(self, step: Callable[[], None]) -> None:
        """Take a step, or say that the database is gone, and go on."""
        try:
            step()
            if self.is_cut_off:
                self.say("The database is back.")
            self.is_cut_off = False
        except (OperationalError, InterfaceError):
            if not self.is_cut_off:
                self.say("The database does not answer; what was sent is kept in mind.")
            self.is_cut_off = True
            connection.close()

    def pause(self) -> None:
        """Wait for a message under way, or for a second."""
        if self.under_way and not self.is_cut_off:
            wait(self.under_way, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        else:
            time.sleep(LOOK_SECONDS)


def attempt(channel: Channel, delivery: Delivery, at: datetime) -> Undeliverable | None:
    """Send one message in a thread; give why it did not arrive, or nothing when it did."""
    try:
        channel.send(delivery, at)
    except Undeliverable as error:
        return error
    except Exception as error:  # a mistake of ours must not stop the rest
        where = "".join(traceback.format_tb(error.__traceback__))
        name = type(error).__name__  # without its words, which may hold personal data
        logger.error("Delivery %s failed with %s:\n%s", delivery.pk, name, where)
        return Undeliverable(Why.UNEXPECTED, name)
    finally:
        connection.close()
    return None


def in_words(counts: Counter) -> str:
    """Give counts as a line: “3 delivered, 1 to be tried again”."""
    return ", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing was due"
