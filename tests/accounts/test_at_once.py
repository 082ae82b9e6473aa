"""Several at once, each with a connection of its own: none is counted twice, none gets in twice."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connections

from accounts import codes, throttling
from accounts.models import SignInFailure
from embassy.demo import demo_site
from tests.accounts.signing import (
    recovery_codes_of,
    with_app,
)
from tests.factories import person

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at_once(number: int, act: Callable[[], object]) -> list:
    """Do something in several threads that start together; give what came of each."""
    start, came = threading.Barrier(number), []

    def run() -> None:
        start.wait()
        try:
            came.append(act())
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _number in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def is_looked_at() -> bool:
    """Try something wrong, and tell whether it was looked at."""
    try:
        throttling.begin("ann@bamako.example", "192.0.2.1", NOON)
    except throttling.Locked:
        return False
    return True


def test_several_wrong_tries_at_once_are_all_counted(committed_database):
    came = at_once(12, is_looked_at)
    assert len(came) == 12 and sum(came) == 5
    assert SignInFailure.objects.count() == 5


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_several_who_send_one_code_at_once_one_gets_in(committed_database, kind):
    user = person(demo_site(), "section_editor", "twice@bamako.example")
    secret = with_app(user)
    code = codes.code_at(secret, NOON) if kind == "app" else recovery_codes_of(user)[0]
    came = at_once(6, lambda: bool(codes.spend(user, code, NOON)))
    assert sorted(came) == [False] * 5 + [True]
