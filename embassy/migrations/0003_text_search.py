"""Text search that ignores accents: one configuration per language, and one for any language."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CONFIGURATIONS = {
    "simple_unaccent": ("simple", "simple"),
    "en_unaccent": ("english", "english_stem"),
    "fr_unaccent": ("french", "french_stem"),
}


def make(name: str, copied: str, dictionary: str) -> str:
    """Give the SQL that makes a configuration."""
    words = "hword, hword_part, word"
    return (
        f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {copied});"
        f"ALTER TEXT SEARCH CONFIGURATION {name} "
        f"ALTER MAPPING FOR {words} WITH unaccent, {dictionary};"
    )


class Migration(migrations.Migration):
    """Installs the extensions and makes the configurations."""

    dependencies = [("embassy", "0002_mission")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        *(
            migrations.RunSQL(
                make(name, copied, dictionary), f"DROP TEXT SEARCH CONFIGURATION {name};"
            )
            for name, (copied, dictionary) in CONFIGURATIONS.items()
        ),
    ]
