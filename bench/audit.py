"""Measures what the audit costs: writing with and without its chain, and reading with many entries.

    python -m bench.audit [ENTRIES]

Works on a copy of the demo site in a database of its own, which is dropped at the end. "Hashed
while inserting" is the peer: the same lock and hash, held until each act's transaction ends.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter, sleep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")

import django

django.setup()

from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from embassy.auditing import audit, audit_chain  # noqa: E402
from embassy.demo import demo_site  # noqa: E402
from embassy.models import AuditEntry, User  # noqa: E402
from tests import databases  # noqa: E402

ACTS = 300
WORK = 0.005
"""How long the rest of an act's transaction takes, in seconds."""


def act(way: str, site) -> None:
    """Do something that is put on record, in one of three ways."""
    with transaction.atomic():
        audit.record(audit.CHANGED, at=timezone.now(), of=site)
        if way == "without a chain":
            connection.run_on_commit.clear()
        elif way == "hashed while inserting":
            connection.run_on_commit.clear()
            audit.seal()
        sleep(WORK)


def rate(way: str, threads: int, site) -> float:
    """Give the acts a second of some threads at once."""

    def many(_number: int) -> None:
        """Act again and again."""
        try:
            for _act in range(ACTS // threads):
                act(way, site)
        finally:
            connection.close()

    begun = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(many, range(threads)))
    return ACTS / (perf_counter() - begun)


def fill(number: int, site) -> None:
    """Add entries in bulk and seal them."""
    user = User.objects.get(email="consul@bamako.example")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO embassy_auditentry"
            " (at, by_id, action, target_type, target_id, target_label, site_id, details)"
            " SELECT now() - n * interval '1 minute', %s, 'wagtail.edit', 'embassy.contentpage',"
            " (n %% 900)::text, 'Page ' || n, %s, '{\"revision\": 7}'"
            " FROM generate_series(1, %s) AS n",
            [user.pk, site.pk, number],
        )
    begun = perf_counter()
    audit.seal()
    print(f"closing {number} seals at once: {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    faults = [fault for _seal, fault in audit_chain.faults() if fault]
    print(f"checking {AuditEntry.objects.count()}: {perf_counter() - begun:.1f} s, {faults}")


def read() -> None:
    """Time the report, as it is asked for."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email="approver@bamako.example"))
    day = timezone.localdate()
    for query in ("", f"since={day}&until={day}", "words=nowhere", "action=embassy.exported"):
        times = []
        for _time in range(5):
            begun = perf_counter()
            client.get(f"/admin/reports/audit/?{query}")
            times.append(perf_counter() - begun)
        print(f"report ?{query}: {median(times) * 1000:.0f} ms")


def main(entries: int) -> None:
    """Measure all."""
    site = demo_site()
    for threads in (1, 4):
        for way in ("without a chain", "sealed after the commit", "hashed while inserting"):
            found = median(rate(way, threads, site) for _time in range(3))
            print(f"{threads} at once, {way}: {found:.0f} acts a second")
            audit.seal()
    fill(entries, site)
    read()


if __name__ == "__main__":
    template = databases.template()
    name = databases.clone(template, "bench_audit")
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
    try:
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
    finally:
        connections["default"].close()
        databases.discard(name)
