"""The source of a contact point is told in each language; one stored so far is in the first one."""

from django.db import migrations

import embassy.fields

GATHER = """
UPDATE embassy_contactpoint AS point
SET sources = jsonb_build_object(coalesce(mission.first_language, 'en'), point.source)
FROM wagtailcore_site AS site
LEFT JOIN embassy_missionsettings AS mission ON mission.site_id = site.id
WHERE site.id = point.site_id AND point.source <> ''
"""
SPREAD = """
UPDATE embassy_contactpoint AS point
SET source = (SELECT value FROM jsonb_each_text(point.sources) LIMIT 1)
WHERE point.sources <> '{}'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0019_text_typists'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactpoint',
            name='sources',
            field=embassy.fields.TextsField(blank=True, help_text='Where it was printed. Readers see this until somebody has tried it.', verbose_name='source'),
        ),
        migrations.RunSQL(GATHER, SPREAD),
        migrations.RemoveField(model_name='contactpoint', name='source'),
        migrations.RenameField(model_name='contactpoint', old_name='sources', new_name='source'),
    ]
