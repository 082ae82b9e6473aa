"""What demo content made, under its keys; and of what day hours are, and when they were verified."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models


def date_hours_of_2012(apps, schema_editor):
    """Date the hours that a demo site took from the message of February 2, 2012."""
    hours = apps.get_model("embassy", "Schedule").objects
    hours.filter(source="Emergency Message, February 2, 2012").update(source_dated=date(2012, 2, 2))


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0011_broken_links'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(
            model_name='schedule',
            name='last_verified_on',
            field=models.DateField(blank=True, help_text='The day somebody made sure that these are the hours.', null=True, verbose_name='last verified on'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='source_dated',
            field=models.DateField(blank=True, help_text='Readers see it beside the hours until somebody has verified them since.', null=True, verbose_name='date of the source'),
        ),
        migrations.CreateModel(
            name='DemoRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255)),
                ('name', models.CharField(max_length=255)),
                ('model', models.CharField(max_length=100)),
                ('number', models.BigIntegerField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='demo_records', to='wagtailcore.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('site', 'key'), name='one_demo_record_per_key')],
            },
        ),
        migrations.RunPython(date_hours_of_2012, migrations.RunPython.noop),
    ]
