"""Several at once, each with a connection of its own: none is counted twice, none gets in twice."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.utils import timezone

from accounts import codes, invitations, offboarding, raising, throttling
from accounts.invitations import Gone, accept, invite_again
from accounts.keepers import administrators_of
from accounts.models import SignInFailure
from embassy import approval
from embassy.approval import Refused
from embassy.demo import demo_site
from embassy.models import MissionRole, User
from tests.accounts.signing import (
    recovery_codes_of,
    with_app,
)
from tests.accounts.test_invitations import invited
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


def test_of_two_who_open_a_letter_at_once_one_gets_in(committed_database):
    keeper = User.objects.get(email="admin@bamako.example")
    _account, token = invited(keeper, demo_site())

    def is_let_in() -> bool:
        try:
            accept(invitations.digest_of(token), "open sesame 77", timezone.now())
        except Gone:
            return False
        return True

    assert sorted(at_once(4, is_let_in)) == [False, False, False, True]


def test_two_letters_asked_for_at_once_leave_one_good(committed_database):
    keeper = User.objects.get(email="admin@bamako.example")
    account, _token = invited(keeper, demo_site())
    at_once(4, lambda: invite_again(keeper, account, timezone.now()))
    assert account.invitations.good(timezone.now()).count() == 1


def test_two_administrators_who_close_each_others_accounts_leave_one(committed_database):
    site = demo_site()
    one = User.objects.get(email="admin@bamako.example")
    two = User.objects.get(email="keeper@bamako.example")
    pairs = iter([(one, two), (two, one)])

    def closes() -> bool:
        by, account = next(pairs)
        try:
            return offboarding.off_board(by, account, timezone.now())
        except Refused:
            return False

    assert sorted(at_once(2, closes)) == [False, True]
    assert administrators_of(site).count() == 1


def test_of_two_answers_at_once_one_counts(committed_database):
    site = demo_site()
    one = User.objects.get(email="admin@bamako.example")
    two = User.objects.get(email="keeper@bamako.example")
    role = MissionRole.objects.get(site=site, role="administrator")
    account = User.objects.create_user("awa@bamako.example", "x", mission=site)
    request = raising.ask(one, account, role, "duty", timezone.now())

    def answers() -> bool:
        try:
            raising.decline(two, request, timezone.now())
        except Refused:
            return False
        return True

    assert sorted(at_once(4, answers)) == [False, False, False, True]


def test_of_two_confirmed_at_once_one_counts(committed_database):
    site, at = demo_site(), timezone.now()
    one = User.objects.get(email="admin@bamako.example")
    two = User.objects.get(email="keeper@bamako.example")
    awa = User.objects.create_user("awa@bamako.example", "x", mission=site)
    roles = MissionRole.objects.filter(site=site, role__in=["administrator", "approver"])
    requests = iter([raising.ask(one, awa, wanted, "duty", at) for wanted in roles])

    def confirms() -> bool:
        try:
            raising.confirm(two, next(requests), at)
        except Refused:
            return False
        return True

    assert sorted(at_once(2, confirms)) == [False, True]
    assert awa.groups.count() == 1 and not approval.of_both().exists()
