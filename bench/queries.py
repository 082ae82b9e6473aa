"""Counts the database queries of every page in both languages, with 10 and with 1,000 siblings.

    python -m bench.queries

Works on a copy of the demo site in a database of its own, which is dropped at the end; there every
page is given a French one, and pages with every field filled are added. Prints a table with the
limit; exit status 1 when a page is over it or when siblings change the number.
"""

import os
import sys
from tempfile import TemporaryDirectory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")

import django

django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    override_settings,
    setup_test_environment,
)
from wagtail.models import Locale, Page, Site  # noqa: E402

from advisories.models import AlertPage, Issued  # noqa: E402
from embassy.demo import demo_site, under  # noqa: E402
from embassy.demo import home as demo_home  # noqa: E402
from embassy.language.languages import with_prefix  # noqa: E402
from embassy.models import HomePage  # noqa: E402
from relations.models import FactSheetPage, NewsPage  # noqa: E402
from sections.models import OfficePage, OfficialPage  # noqa: E402
from tests import databases  # noqa: E402
from tests.embassy import full_pages  # noqa: E402

LIMIT = 12
LISTS = [
    ("/sections-offices/", OfficePage, {}),
    ("/officials/", OfficialPage, {}),
    ("/news/", NewsPage, {"date": "2026-01-01"}),
    ("/fact-sheets/", FactSheetPage, {}),
]


def queries_of(path: str) -> int:
    """Count the queries of a page whose response nobody keeps, in a process that runs already."""
    client = Client(HTTP_HOST="localhost")
    client.get(path)
    with CaptureQueriesContext(connections["default"]) as captured:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path} answered {status}.")
    return len(captured)


def add_siblings(parent: Page, model: type, fields: dict, number: int) -> None:
    """Add published pages below a list until it has a number of them."""
    for index in range(parent.get_children().count(), number):
        names = {"title": f"Sibling {index}", "slug": f"sibling-{index}", "locale": parent.locale}
        page = model(**names, **fields)
        parent.refresh_from_db()
        parent.add_child(instance=page)


def add_alerts(number: int) -> None:
    """Add issued alerts of the past until there are a number of them."""
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


def add_french(home: HomePage) -> HomePage:
    """Give every page of one language that has none a published French one; give the home."""
    locale, _made = Locale.objects.get_or_create(language_code="fr")
    pages = home.get_descendants(inclusive=True).live().order_by("path").specific()
    for page in list(pages):
        above = page.get_parent()
        if page.in_all_languages or page.has_translation(locale):
            continue
        if page == home or above.has_translation(locale):
            page.copy_for_translation(locale).save_revision().publish()
    return HomePage.objects.get(pk=home.get_translation(locale).pk)


def add_full(top: HomePage, site: Site) -> None:
    """Add a plain page and an office with every field filled below a home page."""
    targets = full_pages.Targets(top, site, 10)
    full_pages.content_page(top, targets)
    full_pages.office_page(top, targets)


def every_page(home: HomePage, french: HomePage) -> list[tuple[int, str]]:
    """Count the queries of every public page of the mission, in the languages it has."""
    paths = ["/search/?q=mali", "/fr/search/?q=mali"]
    for top in (home, french):
        pages = top.get_descendants(inclusive=True).live()
        for page in pages.exclude(slug__startswith="target-").specific():
            paths.append(page.url)
            if page.in_all_languages:
                paths.append(with_prefix(page.url, "fr"))
    return sorted(((queries_of(path), path) for path in paths), reverse=True)


def with_siblings(number: int) -> dict[str, int]:
    """Count the queries of each list when it has a number of pages."""
    french = Locale.objects.get(language_code="fr")
    for path, model, fields in LISTS:
        listing = under(path.strip("/"))
        add_siblings(listing, model, fields, number)
        add_siblings(listing.get_translation(french), model, fields, number)
    add_alerts(number)
    paths = [*(entry[0] for entry in LISTS), "/alerts/", "/"]
    return {path: queries_of(path) for path in [*paths, *(with_prefix(p, "fr") for p in paths)]}


def main() -> int:
    """Print both tables."""
    setup_test_environment()
    name = databases.clone(databases.template(), "bench")
    connections["default"].settings_dict["NAME"] = name
    try:
        with TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            home, site = demo_home(), demo_site()
            french = add_french(home)
            add_full(home, site)
            add_full(french, site)
            rows = every_page(home, french)
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
