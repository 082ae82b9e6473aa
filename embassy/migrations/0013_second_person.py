"""Pages go out by two people: the step in which one waits for the second, and who wrote what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

WARNINGS = ("alertpage", "traveladvisorypage")  # who wrote those is on record elsewhere


def note_writers(apps, schema_editor) -> None:
    """Note who wrote the drafts there are, so that none of them lets out words of their own."""
    page_model = apps.get_model("wagtailcore", "Page")
    drafts = page_model.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    public = dict(
        drafts.exclude(content_type__model__in=WARNINGS).values_list("pk", "live_revision_id")
    )
    stored = apps.get_model("wagtailcore", "Revision").objects.filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    found = stored.exclude(user=None).values_list("object_id", "user_id", "pk").order_by("pk")
    latest = {
        (int(page), user): revision
        for page, user, revision in found.iterator()
        if int(page) in public and revision > (public[int(page)] or 0)
    }
    writer = apps.get_model("embassy", "PageWriter")
    writer.objects.bulk_create(
        writer(page_id=page, user_id=user, revision=revision)
        for (page, user), revision in latest.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0012_demo_records_and_dated_hours'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BrokenGlass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.BigIntegerField(help_text='The words that went out.')),
                ('before', models.BigIntegerField(help_text='The words that were public before.', null=True)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('writers', models.JSONField(help_text='Who answers for the words, and so cannot confirm them.')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'page let out alone',
                'verbose_name_plural': 'pages let out alone',
            },
        ),
        migrations.CreateModel(
            name='SecondPersonTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_person_task', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'approval by a second person',
                'verbose_name_plural': 'approvals by a second person',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='PageWriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.BigIntegerField(help_text='The last revision that they answer for.')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='page_writers', to=settings.WAGTAIL_PAGE_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'writer',
                'constraints': [models.UniqueConstraint(fields=('page', 'user'), name='writer_once_a_page')],
            },
        ),
        migrations.RunPython(note_writers, migrations.RunPython.noop),
    ]
