"""The titles of pages that are one record in all languages are kept in memory with the facts."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER {table}_changes_facts
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION embassy_facts_changed();
"""


class Migration(migrations.Migration):
    """Puts the triggers of the facts on their tables."""

    dependencies = [
        ("advisories", "0002_frozen_rows"),
        ("embassy", "0005_facts_version"),
    ]

    operations = [
        migrations.RunSQL(
            TRIGGER.format(table=table), f"DROP TRIGGER {table}_changes_facts ON {table};"
        )
        for table in ("advisories_alertindexpage", "advisories_traveladvisorypage")
    ]
