"""Who typed which text of a translation: until now one mark a person and page stood for all."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

IN_NONE = 2**62


def spread(apps, schema_editor) -> None:
    """Have each mark of typing count for every text its page has now, as nobody noted for which.

    The mark may have taken the place of one on a revision that waits: it becomes one on the last.
    """
    writers = apps.get_model("embassy", "PageWriter").objects.filter(revision=IN_NONE)
    for writer in writers.select_related("page").iterator():
        page = writer.page
        here = {"context__object_id": page.translation_key, "locale": page.locale_id}
        texts = apps.get_model("wagtail_localize", "StringTranslation").objects.filter(**here)
        others = apps.get_model("wagtail_localize", "SegmentOverride").objects.filter(**here)
        names = {f"{place} {of}" for place, of in texts.values_list("context", "translation_of")}
        names |= {str(place) for place in others.values_list("context", flat=True)}
        typist = apps.get_model("embassy", "TextTypist")
        typist.objects.bulk_create(
            [typist(page_id=page.pk, user_id=writer.user_id, text=name) for name in names],
            ignore_conflicts=True,
        )
        writer.revision = page.latest_revision_id or 0
        writer.save(update_fields=["revision"])


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0018_open_forms'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextTypist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='Which text or address, by its numbers.', max_length=50)),
                ('revision', models.BigIntegerField(help_text='With which it was handed in last.', null=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'typist of a text',
                'constraints': [models.UniqueConstraint(fields=('page', 'user', 'text'), name='typist_once_a_text')],
            },
        ),
        migrations.RunPython(spread, migrations.RunPython.noop),
    ]
