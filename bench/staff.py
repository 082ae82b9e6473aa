"""Counts and times the first screen of every role, and the report of what to look after.

    python -m bench.staff

With 10 and with 1,000 rows of everything that can wait: pages, warnings, requested acts of facts,
contact points to try, broken links. Works on a copy of the demo site in a database of its own,
which is dropped at the end. Prints a table with the limits; exit status 1 when a screen is over one
or when its number of queries grows. Milliseconds are medians of 9 views in this process.
"""

import os
import sys
import time
from datetime import timedelta
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")

import django

django.setup()

from django.contrib.auth.signals import user_logged_in  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from advisories.models import AlertPage, Clearance  # noqa: E402
from advisories.vocabulary import State  # noqa: E402
from embassy.acts.requested_facts import values_of  # noqa: E402
from embassy.demo import demo_site, sign_ins, under  # noqa: E402
from embassy.models import ContactPoint, ContentPage, LinkProblem, RequestedAct, User  # noqa: E402
from embassy.models.links import LinkFault  # noqa: E402
from embassy.models.requested_act import kind_of  # noqa: E402
from tests import databases  # noqa: E402
from tests.conftest import prove_forced_sign_in  # noqa: E402

FEW, MANY = 10, 1000
QUERIES, MILLISECONDS = 90, 1500
VIEWS = 9
REPORT = "/admin/reports/look-after/"
EDITOR, CHIEF = "section_editor", "administrator"


def screens() -> list[tuple[str, str]]:
    """Give role and address of every screen that is measured."""
    roles = [role for role, _mail, _word in sign_ins()]
    first = [(role, "/django-admin/" if role == CHIEF else "/admin/") for role in roles]
    return [*first, *((role, REPORT) for role in roles if role != CHIEF)]


def measured(users: dict[str, User]) -> dict[tuple[str, str], tuple[int, float]]:
    """Give queries and median milliseconds of each screen."""
    found = {}
    for role, address in screens():
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(users[role])
        browser.get(address)
        with CaptureQueriesContext(connections["default"]) as captured:
            status = browser.get(address).status_code
        if status != 200:
            raise RuntimeError(f"{address} answered {status} to {role}.")
        found[role, address] = len(captured), median(timed(browser, address) for _ in range(VIEWS))
    return found


def timed(browser: Client, address: str) -> float:
    """Give the milliseconds of one view."""
    begun = time.perf_counter()
    browser.get(address)
    return (time.perf_counter() - begun) * 1000


def fill(users: dict[str, User], begin: int, end: int) -> None:
    """Let everything wait that has a number from `begin` to below `end`."""
    site, writer = demo_site(), users[EDITOR]
    ask(site, writer, begin, end)
    lay_pages(site, writer, begin, end)
    lay_alerts(site, users["duty_officer"], begin, end)


def ask(site, writer: User, begin: int, end: int) -> None:
    """Enter contact points that nobody has tried, and ask for a change of each."""
    rows = [
        ContactPoint(site=site, purpose="office", label={"en": f"Desk {n}"}, value="+22320702300")
        for n in range(begin, end)
    ]
    now = timezone.now()
    for point in ContactPoint.objects.bulk_create(rows):
        values = values_of(point)
        RequestedAct.objects.create(
            site=site,
            content_type=kind_of(point),
            object_id=str(point.pk),
            label=str(point.label),
            act=RequestedAct.Act.CHANGE,
            parameters={"values": values | {"value": "+22320702301"}},
            before=values,
            asked_by=writer,
            asked_at=now,
            writers=[writer.pk],
        )


def lay_pages(site, writer: User, begin: int, end: int) -> None:
    """Let pages wait for a second person, each with a link that leads nowhere."""
    home, now = site.root_page, timezone.now()
    for n in range(begin, end):
        page = ContentPage(title=f"Page {n}", slug=f"page-{n}", locale=home.locale)
        home.add_child(instance=page)
        page.save_revision(user=writer)
        page.get_workflow().start(page, writer)
        LinkProblem.objects.create(
            site=site,
            page=page,
            address=f"https://gone.example/{n}",
            is_external=True,
            fault=LinkFault.GONE,
            detail="404",
            first_seen=now,
            last_seen=now,
        )


def lay_alerts(site, writer: User, begin: int, end: int) -> None:
    """Let alerts wait for approval."""
    source, parent = AlertPage.objects.first(), under("alerts")
    names = ("kind", "category", "urgency", "severity", "certainty", "response_type")
    now = timezone.now()
    facts = {name: getattr(source, name) for name in names}
    facts |= {"effective": now, "expires": now + timedelta(hours=6)}
    for n in range(begin, end):
        page = AlertPage(title=f"Waiting {n}", slug=f"waiting-{n}", **facts)
        parent.add_child(instance=page)
        revision = page.save_revision(user=writer)
        Clearance.objects.update_or_create(
            page=page,
            defaults={
                "site": site,
                "state": State.REVIEW,
                "revision": revision.pk,
                "submitted_by": writer,
                "submitted_at": now,
            },
        )


def main() -> int:
    """Print the table."""
    setup_test_environment()
    user_logged_in.connect(prove_forced_sign_in)
    name = databases.clone(databases.template(), "bench")
    connections["default"].settings_dict["NAME"] = name
    try:
        users = {role: User.objects.get(email=mail) for role, mail, _word in sign_ins()}
        fill(users, 0, FEW)
        few = measured(users)
        fill(users, FEW, MANY)
        many = measured(users)
    finally:
        connections["default"].close()
        databases.discard(name)
    return told(few, many)


def told(few: dict, many: dict) -> int:
    """Print what was measured beside the limits; whether something is over them."""
    print(f"{'queries':>14} {'milliseconds':>15}   limits {QUERIES} and {MILLISECONDS}")
    print(f"{FEW:6d} {MANY:7d} {FEW:7d} {MANY:7d}   rows that wait")
    bad = False
    for screen, (queries, took) in few.items():
        more, longer = many[screen]
        grows, over = more != queries, max(queries, more) > QUERIES or longer > MILLISECONDS
        bad = bad or grows or over
        words = f"{'  GROWS' if grows else ''}{'  OVER' if over else ''}"
        role, address = screen
        print(f"{queries:6d} {more:7d} {took:7.0f} {longer:7.0f}   {role} {address}{words}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
