"""The database itself refuses to change or delete an issued warning."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION advisories_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued warning cannot be changed or deleted.';
END
$$;
CREATE TRIGGER advisories_issued_is_frozen
    BEFORE UPDATE OR DELETE ON advisories_issued
    FOR EACH ROW EXECUTE FUNCTION advisories_refuse_change();
"""

THAW = """
DROP TRIGGER advisories_issued_is_frozen ON advisories_issued;
DROP FUNCTION advisories_refuse_change();
"""


class Migration(migrations.Migration):
    """Puts the trigger on the table of issued warnings."""

    dependencies = [("advisories", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
