"""Every change of a mission's facts changes the version under which they are kept in memory."""

from django.db import migrations

TABLES = [
    "embassy_contactpoint",
    "embassy_schedule",
    "embassy_scheduleperiod",
    "embassy_closure",
    "embassy_servicehours",
    "embassy_socialpage",
    "wagtailcore_site",
]

FUNCTION = """
INSERT INTO embassy_factsversion (id, version) VALUES (1, gen_random_uuid());
CREATE FUNCTION embassy_facts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE embassy_factsversion SET version = gen_random_uuid();
    RETURN NULL;
END
$$;
"""

TRIGGER = """
CREATE TRIGGER {table}_changes_facts
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION embassy_facts_changed();
"""


HOME_TRIGGER = """
CREATE TRIGGER wagtailcore_home_changes_facts
    AFTER UPDATE ON wagtailcore_page
    FOR EACH ROW WHEN (OLD.depth = 2 AND OLD.url_path IS DISTINCT FROM NEW.url_path)
    EXECUTE FUNCTION embassy_facts_changed();
"""


class Migration(migrations.Migration):
    """Puts the triggers on the tables of facts."""

    dependencies = [("embassy", "0003_text_search")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION embassy_facts_changed() CASCADE;"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER {table}_changes_facts ON {table};"
            )
            for table in TABLES
        ),
        migrations.RunSQL(
            HOME_TRIGGER, "DROP TRIGGER wagtailcore_home_changes_facts ON wagtailcore_page;"
        ),
    ]
