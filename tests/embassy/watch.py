"""Watches the rows of a mission, and those that point to them, for any change."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from wagtail.models import Page, Revision

from tests.embassy.neighbors import OURS, THEIRS, Neighbor

IDS = (THEIRS, THEIRS + 2000)
ALWAYS = ("django_session", 'INTO "embassy_auditentry"')  # what reading alone writes
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Watch:
    """Remembers what a mission has, and tells whether it still has just that.

    A row of ours that points to one of theirs counts as theirs: it is how a page would show what
    another mission has.
    """

    def __init__(self, theirs: Neighbor):
        self.digests = " UNION ALL ".join(digests(theirs))
        self.before = self.state()
        self.written = False

    def note(self, execute, sql, params, many, context):
        """Note statements that write; a wrapper for a database connection."""
        self.written |= not sql.startswith(READS) and not any(name in sql for name in ALWAYS)
        return execute(sql, params, many, context)

    def has_changed(self) -> bool:
        """Whether anything was written since the last question, and to what is theirs."""
        written, self.written = self.written, False
        return written and self.state() != self.before

    def state(self) -> list:
        """Give a digest of everything watched, table by table."""
        with connection.cursor() as cursor:
            cursor.execute(self.digests)
            return sorted(cursor.fetchall(), key=str)  # PostgreSQL may ask tables side by side


def digests(theirs: Neighbor) -> Iterator[str]:
    """Give a query for every table that may have rows of a mission."""
    for model in apps.get_models(include_auto_created=True):
        tests = list(tests_of(model))
        if model is Page:
            tests.append(f"path LIKE '{theirs.site.root_page.path}%'")
        if tests and model._meta.managed and model._meta.label != "sessions.Session":
            table = model._meta.db_table
            yield (
                f"SELECT '{table}', md5(string_agg(t::text, '' ORDER BY t::text)) "
                f"FROM {table} t WHERE {' OR '.join(tests)}"
            )


def tests_of(model: type[Model]) -> Iterator[str]:
    """Give conditions that hold for rows with one of their ids, or one that names theirs."""
    low, high = IDS
    for field in model._meta.local_fields:
        if field.column.endswith("object_id"):
            yield f"{field.column}::text BETWEEN '{low}' AND '{high}'"
        elif (field.primary_key or field.remote_field) and is_number(field):
            yield f"{field.column} BETWEEN {low} AND {high}"
    if model is Revision:
        yield f"id >= {OURS} AND content::text LIKE '%{THEIRS}%'"


def is_number(field: Field) -> bool:
    """Whether ids in a column are numbers."""
    return "int" in field.db_type(connection) or "serial" in field.db_type(connection)
