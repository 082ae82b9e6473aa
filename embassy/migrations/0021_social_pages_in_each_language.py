"""The name of a social page is told in each language; one stored so far is in the first one."""

from django.db import migrations

import embassy.fields

GATHER = """
UPDATE embassy_socialpage AS page
SET names = jsonb_build_object(coalesce(mission.first_language, 'en'), page.name)
FROM embassy_missionsettings AS mission
WHERE mission.id = page.mission_id
"""
SPREAD = """
UPDATE embassy_socialpage AS page
SET name = left((SELECT value FROM jsonb_each_text(page.names) LIMIT 1), 60)
WHERE page.names <> '{}'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0020_sources_in_each_language'),
    ]

    operations = [
        migrations.AddField(
            model_name='socialpage',
            name='names',
            field=embassy.fields.TextsField(help_text='The network as people know it, and whose page it is.', verbose_name='network'),
        ),
        migrations.RunSQL(GATHER, SPREAD),
        migrations.RemoveField(model_name='socialpage', name='name'),
        migrations.RenameField(model_name='socialpage', old_name='names', new_name='name'),
    ]
