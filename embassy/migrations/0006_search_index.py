"""What keeps search fast with many pages; see docs/decisions/0003-search.md for the measurements.

Wagtail filters by title and body joined, so that is what is indexed. PostgreSQL takes joining them
for cheap, though it must first fetch a long text from elsewhere, and so it prefers to read the
whole table for a frequent word. The function `search_words` joins them too and says what it costs.
"""

from django.db import migrations

# In plpgsql: a function in SQL would be replaced by its body, and its cost be forgotten.
FUNCTION = """
CREATE FUNCTION search_words(title tsvector, body tsvector) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT COST 100 AS $$BEGIN RETURN title || body; END$$
"""

INDEXES = {
    # for readers, and for staff
    "search_words": "wagtailsearch_indexentry USING gin (search_words(title, body))",
    "search_title_and_body": "wagtailsearch_indexentry USING gin ((title || body))",
    # from an index entry, which keeps a page's key as text, to its page
    "search_page_key": "wagtailcore_page ((id::varchar(50)))",
}

# Long texts are kept apart from the rows, which thus are few to read when a word is frequent.
APART = "ALTER TABLE wagtailsearch_indexentry SET (toast_tuple_target = 512)"
AS_BEFORE = "ALTER TABLE wagtailsearch_indexentry RESET (toast_tuple_target)"


class Migration(migrations.Migration):
    """Makes the function and the indexes."""

    dependencies = [
        ("embassy", "0005_facts_version"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunSQL(APART, AS_BEFORE),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION search_words"),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {what}", f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
