"""Steps that the tests about the import share."""

from datetime import UTC, datetime

from django.db import connection

from advisories import lifecycle
from advisories.models import TravelAdvisoryPage
from advisories.vocabulary import Act

AT = datetime(2026, 6, 9, 12, tzinfo=UTC)
HOST = {"HTTP_HOST": "localhost"}


def approve(page, staff, at=AT):
    """Let the words under way out: the officer submits, the approver approves."""
    clearance = lifecycle.submit(fresh(page), staff["duty_officer"], at)
    return lifecycle.approve(fresh(page), staff["approver"], at, clearance.reading)


def fresh(page):
    """Give the page as it is stored now."""
    return TravelAdvisoryPage.objects.get(pk=page.pk)


def words(page):
    """Give the page with the words under way."""
    return fresh(page).get_latest_revision_as_object()


def everything() -> dict[str, str]:
    """Give a digest of every table, to see whether anything was written."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f"SELECT md5(string_agg(line, '' ORDER BY line)) FROM "
                f'(SELECT row::text AS line FROM "{table}" row) lines'
            )
            found[table] = cursor.fetchone()[0]
    return found


def changed_since(before: dict[str, str]) -> set[str]:
    """Give the tables that are not as they were."""
    after = everything()
    return {table for table in after if before[table] != after[table]}


def kinds(report) -> list[str]:
    """Give what became of each mission's advisory."""
    return [outcome.kind for outcome in report.outcomes]


def under_way(page, staff):
    """Words that the officer has stored."""
    lifecycle.reopen(fresh(page), staff["duty_officer"], AT, Act.UPDATE)
    words(page).save_revision(user=staff["duty_officer"])
