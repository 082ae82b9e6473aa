"""Measures how soon an approved alert is on every public face, and what warnings cost a page.

    python -m bench.freshness

Runs the demo site as it is deployed (gunicorn behind nginx, both real) on a database of its own.
Several times: fills nginx's cache, approves an alert, and asks every face again and again, past the
cache and through it, until it says so. Then prints feed sizes with 50 alerts in force, as long as
the message of 2012 and each naming three regions, and the queries of the banner. The list of the
API holds whole texts in every language and is asked for in parts. Each figure stands beside its
limit; exit status 1 when one is over.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Site  # noqa: E402

from advisories import lifecycle  # noqa: E402
from advisories.demo.alert import ENGLISH, FRENCH, typeset  # noqa: E402
from advisories.models import AlertPage, AlertText  # noqa: E402
from advisories.templatetags.advisory_tags import read_standing  # noqa: E402
from embassy.demo import home  # noqa: E402
from embassy.models import Place, User  # noqa: E402
from tests import databases  # noqa: E402
from tests.advisories.factories import draft, index, issue, unsaved  # noqa: E402
from tests.deploy import front as deployed  # noqa: E402

ROUNDS = 5
UNCACHED, CACHED = 1.0, 5.0  # seconds
FEED_KB = 100.0
FEEDS = [
    "/alerts/feed.atom",
    "/alerts/feed.rss",
    "/alerts/cap.atom",
    "/alerts/alerts.geojson",
    "/fr/alerts/feed.atom",
    "/api/v1/alerts?limit=10",
]
FACES = ["/", "/officials/", "/alerts/", "/emergency/", *FEEDS]


def approved(number: int) -> tuple[str, float]:
    """Let two officers issue an alert; give its headline and when the approval was committed."""
    now = timezone.now()
    consul = User.objects.get(email="consul@bamako.example")
    approver = User.objects.get(email="approver@bamako.example")
    title = f"Bridge {number} is closed"
    page = draft(now, now + timedelta(hours=1), consul, title)
    read = lifecycle.submit(page, consul, now).reading
    page = AlertPage.objects.get(pk=page.pk)
    lifecycle.approve(page, approver, timezone.now(), read)
    return title, time.monotonic()


def seconds_until(front, path: str, words: str, since: float, cached: bool) -> float:
    """Ask a face until it says the words; signed-in readers are answered past the cache."""
    headers = {} if cached else {"Cookie": "sessionid=none"}
    while words not in front.get(path, **headers).text:
        if time.monotonic() - since > 30:
            return float("inf")
        time.sleep(0.02)
    return time.monotonic() - since


def one_round(front, number: int) -> dict[tuple[str, bool], float]:
    """Give the seconds of every face past the cache, and through a cache that was full."""
    for path in FACES:
        front.kept(path)
    title, since = approved(number)
    found = {}
    for cached in (False, True):
        for path in FACES:
            found[path, cached] = seconds_until(front, path, title, since, cached)
    return found


def measure_times(front) -> bool:
    """Print medians and the worst; say whether all are within their limits."""
    rounds = [one_round(front, number) for number in range(ROUNDS)]
    print(f"{'uncached':>16} {'cached':>16}   seconds until a face says it, {ROUNDS} rounds")
    print(f"{'median':>8}{'worst':>8} {'median':>8}{'worst':>8}   limits {UNCACHED}, {CACHED}")
    good = True
    for path in FACES:
        told = ""
        for cached, limit in ((False, UNCACHED), (True, CACHED)):
            taken = [one[path, cached] for one in rounds]
            good = good and max(taken) <= limit
            told += f"{statistics.median(taken):8.2f}{max(taken):8.2f} "
        print(f"{told}  {path}")
    return good


def long_alert(number: int, begins: datetime, ends: datetime) -> None:
    """Issue an alert in both languages that says as much as a real one and names three regions."""
    page = unsaved(begins, ends, f"{ENGLISH['title']} {number}")
    words = [("en", ENGLISH), ("fr", typeset(FRENCH))]
    page.texts = [
        AlertText(sort_order=order, language=code, **text | {"title": f"{text['title']} {number}"})
        for order, (code, text) in enumerate(words)
    ]
    regions = list(Place.objects.filter(iso_code__startswith="ML-").order_by("iso_code"))
    page.places = [regions[(number + step) % len(regions)] for step in range(3)]
    index(home()).add_child(instance=page)
    issue(page)


def measure_sizes(front) -> bool:
    """Print what feeds weigh with fifty alerts in force; say whether all are within the limit."""
    now = timezone.now()
    for number in range(50 - ROUNDS):
        end = now + timedelta(hours=1, minutes=number)
        long_alert(number, now - timedelta(minutes=5), end)
    time.sleep(CACHED)
    print(f"\n{'KB':>8}{'gzip':>8}   with 50 alerts in force, limit {FEED_KB} KB")
    good = True
    for path in FEEDS:
        body = front.get(path).body
        size, packed = len(body) / 1000, len(gzip.compress(body, 6)) / 1000
        good = good and size <= FEED_KB
        print(f"{size:8.1f}{packed:8.1f}   {path}")
    return good


def measure_banner() -> bool:
    """Print the queries of the banner; say whether it is one at most."""
    site = Site.find_for_request(RequestFactory().get("/"))
    read_standing(site, timezone.now())
    site = Site.objects.select_related("root_page").get(pk=site.pk)
    with CaptureQueriesContext(connections["default"]) as captured:
        read_standing(site, timezone.now())
    own = [query["sql"] for query in captured if "advisories_issued" in query["sql"]]
    print(f"\n{len(own):8d}   queries of the banner with 50 alerts in force, limit 1")
    return len(own) <= 1


def main() -> int:
    """Run the three measurements."""
    setup_test_environment()
    deployed.KEPT = int(CACHED)
    name = databases.clone(databases.template(), "bench")
    connections["default"].settings_dict["NAME"] = name
    try:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "media").mkdir()
            settings.MEDIA_ROOT = f"{folder}/media"
            with (
                deployed.gunicorn(Path(folder), name) as port,
                deployed.nginx(Path(folder), port) as front,
            ):
                good = [measure_times(front), measure_sizes(front), measure_banner()]
    finally:
        connections["default"].close()
        databases.discard(name)
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
