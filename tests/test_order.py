"""The order of the suite leaves nothing out and lets nobody wait."""

from types import SimpleNamespace

import pytest

from tests.order import dealt


def item(name: str, *fixtures: str, mark: str = ""):
    """Give what pytest collects, as far as the order looks at it."""
    found = SimpleNamespace(name=name, fixturenames=list(fixtures))
    found.get_closest_marker = lambda asked: asked == mark
    return found


def suite() -> list:
    """Give a suite in which each kind of test stands in between the others."""
    return [
        found
        for number in range(20)
        for found in (
            item(f"any {number}", "db"),
            item(f"free {number}"),
            item(f"long {number}", "db", mark="long"),
            item(f"marked {number}", mark="django_db"),
            *([item(f"browser {number}", "server", "db")] if number < 5 else ()),
            *([item(f"nginx {number}", "front", "db")] if number < 5 else ()),
        )
    ]


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7])
def test_every_test_is_run_once(workers):
    items = suite()
    found = [entry.name for entry in dealt(items, workers)]
    assert sorted(found) == sorted(entry.name for entry in items)


def test_each_worker_begins_with_what_is_long_and_shares_no_server():
    items = suite()
    found = [entry.name.split()[0] for entry in dealt(items, 3)]
    parts = [found[:30], found[30:60], found[60:]]
    assert parts[0][:7] == ["long"] * 7 and "free" not in parts[0]
    for part, server in ((parts[1], "nginx"), (parts[2], "browser")):
        assert part[:10] == ["free"] * 10
        assert set(part[10:16]) == {"long"}
        assert [kind for kind in part if kind in ("browser", "nginx")] == [server] * 5


def test_tests_stay_in_their_random_order_within_a_kind():
    found = [entry.name for entry in dealt(suite(), 1) if entry.name.startswith("any")]
    assert found == [f"any {number}" for number in range(20)]
