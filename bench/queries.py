"""Counts the database queries of every page, with 10 and with 1,000 siblings.

    python -m bench.queries

Works on a copy of the demo site in a database of its own, which is dropped at the end. Prints a
table with the limit; exit status 1 when a page is over it or when siblings change the number.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")

import django

django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from advisories.models import AlertPage, Issued  # noqa: E402
from relations.models import FactSheetPage, NewsPage  # noqa: E402
from sections.models import OfficePage, OfficialPage  # noqa: E402
from tests import databases  # noqa: E402

LIMIT = 12
LISTS = [
    ("/sections-offices/", OfficePage, {}),
    ("/officials/", OfficialPage, {}),
    ("/news/", NewsPage, {"date": "2026-01-01"}),
    ("/fact-sheets/", FactSheetPage, {}),
]


def queries_of(path: str) -> int:
    """Count the queries of a page on its second view."""
    client = Client(HTTP_HOST="localhost")
    client.get(path)
    with CaptureQueriesContext(connections["default"]) as captured:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path} answered {status}.")
    return len(captured)


def add_siblings(path: str, model: type, fields: dict, number: int) -> None:
    """Add published pages below a list until it has a number of them."""
    from embassy.demo import under

    parent = under(path.strip("/"))
    for index in range(parent.get_children().count(), number):
        page = model(title=f"Sibling {index}", slug=f"sibling-{index}", **fields)
        parent.refresh_from_db()
        parent.add_child(instance=page)


def add_alerts(number: int) -> None:
    """Add issued alerts of the past until there are a number of them."""
    from embassy.demo import under

    source = AlertPage.objects.first()
    row = Issued.objects.filter(page=source).first()
    names = ("kind", "effective", "is_historic", "category", "urgency", "severity", "certainty")
    facts = {name: getattr(source, name) for name in (*names, "response_type")}
    parent = under("alerts")
    for index in range(parent.get_children().count(), number):
        page = AlertPage(title=f"Alert {index}", slug=f"alert-{index}", **facts)
        parent.refresh_from_db()
        parent.add_child(instance=page)
        row.pk, row.page_id, row._state.adding = None, page.pk, True
        row.save()


def every_page() -> list[tuple[int, str]]:
    """Count the queries of every public page of the demo site."""
    from embassy.demo import home

    pages = home().get_descendants(inclusive=True).live().specific()
    return sorted(((queries_of(page.url), page.url) for page in pages), reverse=True)


def with_siblings(number: int) -> dict[str, int]:
    """Count the queries of each list when it has a number of pages."""
    for path, model, fields in LISTS:
        add_siblings(path, model, fields, number)
    add_alerts(number)
    return {path: queries_of(path) for path in [*(entry[0] for entry in LISTS), "/alerts/", "/"]}


def main() -> int:
    """Print both tables."""
    setup_test_environment()
    name = databases.clone(databases.template(), "bench")
    connections["default"].settings_dict["NAME"] = name
    try:
        rows = every_page()
        few, many = with_siblings(10), with_siblings(1000)
    finally:
        connections["default"].close()
        databases.discard(name)
    print(f"{'queries':>7}  page (limit {LIMIT})")
    for number, path in rows:
        print(f"{number:7d}  {path}{'  OVER' if number > LIMIT else ''}")
    print(f"\n{'10':>5} {'1,000':>6}  siblings")
    for path, number in few.items():
        print(f"{number:5d} {many[path]:6d}  {path}{'' if number == many[path] else '  GROWS'}")
    over = any(number > LIMIT for number, _path in rows) or max(many.values()) > LIMIT
    return int(over or few != many)


if __name__ == "__main__":
    sys.exit(main())
