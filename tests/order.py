"""In which order the tests are run by several workers, each of whom starts with a part of the list.

The longest come first, so that no worker is left with one at the end. While the first worker makes
the template database, the others begin with what needs none. Tests that share a server, or what
else takes long to make, stand together: each worker who meets one of them would make its own.
"""

from django.test import TransactionTestCase

SHARED = ("tried_at_home", "front", "server", "dakar", "nairobi")
"""Fixtures that are made once and take long to make."""
DATABASE = {"db", "django_db_setup", "template_database"}


def dealt(items: list, workers: int) -> list:
    """Give the tests in an order of which xdist cuts one part for each worker, in equal numbers.

    Whoever is done takes from the end of another's part.
    """
    heads, rest = heads_of(items, workers)
    found = []
    for number, head in enumerate(heads):
        size = (len(items) - len(found)) // (workers - number)
        more = max(0, size - len(head))
        found += [*head, *rest[:more]]
        del rest[:more]
    return [*found, *rest]


def heads_of(items: list, workers: int) -> tuple[list[list], list]:
    """Give what each worker begins with, and the tests that anybody may run at any time."""
    heads: list[list] = [[] for _worker in range(workers)]
    others = heads[1:] or heads
    kinds: dict[str, list] = {name: [] for name in ("free", "long", *SHARED, "rest")}
    for item in items:
        kinds[kind_of(item)].append(item)
    for place, item in enumerate(kinds["free"]):
        others[place % len(others)].append(item)
    for place, item in enumerate(kinds["long"]):
        heads[place % workers].append(item)
    for place, name in enumerate(SHARED):
        heads[place % workers].extend(kinds[name])
    return heads, kinds["rest"]


def kind_of(item) -> str:
    """Say of a test whether it shares something, is long, or needs no database."""
    for name in SHARED:
        if name in item.fixturenames:
            return name
    if item.get_closest_marker("long"):
        return "long"
    return "rest" if needs_database(item) else "free"


def needs_database(item) -> bool:
    """Whether a test waits for the template database."""
    if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames):
        return True
    return issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
