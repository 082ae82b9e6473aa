"""Keeps what an item of the feed said beside the draft that it made."""

from django.db import migrations, models

KEEP_WHAT_IS_HELD = """
    UPDATE advisories_feeddraft SET body = held.body
    FROM advisories_countryadvice AS held WHERE held.sha256 = advisories_feeddraft.sha256
"""


class Migration(migrations.Migration):
    """Adds the words, and lets an item make no draft."""

    dependencies = [("advisories", "0010_help_texts")]

    operations = [
        migrations.AddField(
            model_name="feeddraft",
            name="body",
            field=models.TextField(
                blank=True, default="", help_text="HTML as served; empty where it was not kept."
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="feeddraft",
            name="revision",
            field=models.BigIntegerField(
                null=True,
                help_text="The revision that holds the words as they came; none: no draft.",
            ),
        ),
        migrations.RunSQL(KEEP_WHAT_IS_HELD, migrations.RunSQL.noop),
    ]
