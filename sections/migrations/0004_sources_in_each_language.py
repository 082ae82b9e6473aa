"""The source of a term or a vacancy is told in each language; one stored so far is in one of them:
a term's in that of its page, a vacancy's in the first one of its mission."""

from django.db import migrations

import embassy.fields

GATHER_TERMS = """
UPDATE sections_term AS term
SET sources = jsonb_build_object(locale.language_code, term.source)
FROM wagtailcore_page AS page JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id
WHERE page.id = term.official_id AND term.source <> ''
"""
GATHER_VACANCIES = """
UPDATE sections_vacancy AS vacancy
SET sources = jsonb_build_object(coalesce(mission.first_language, 'en'), vacancy.source)
FROM sections_post AS post
LEFT JOIN embassy_missionsettings AS mission ON mission.site_id = post.site_id
WHERE post.id = vacancy.post_id AND vacancy.source <> ''
"""
SPREAD = """
UPDATE {table}
SET source = (SELECT value FROM jsonb_each_text(sources) LIMIT 1) WHERE sources <> '{{}}'
"""


def gather_in_revisions(apps, schema_editor):
    """Rewrite the terms that drafts and earlier versions of officials hold."""
    types = apps.get_model("contenttypes", "ContentType").objects
    official = types.filter(app_label="sections", model="officialpage").first()
    if official is None:
        return
    languages = dict(apps.get_model("wagtailcore", "Locale").objects.values_list("pk", "language_code"))
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type=official)
    for revision in revisions.iterator():
        language = languages.get(revision.content.get("locale"), "en")
        for term in revision.content.get("terms", []):
            if isinstance(term.get("source"), str):
                term["source"] = {language: term["source"]} if term["source"] else {}
        revision.save(update_fields=["content"])


def spread_in_revisions(apps, schema_editor):
    """Rewrite them as they were."""
    types = apps.get_model("contenttypes", "ContentType").objects
    official = types.filter(app_label="sections", model="officialpage").first()
    if official is None:
        return
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type=official)
    for revision in revisions.iterator():
        for term in revision.content.get("terms", []):
            if isinstance(term.get("source"), dict):
                term["source"] = next(iter(term["source"].values()), "")
        revision.save(update_fields=["content"])


def texts():
    """Give the field."""
    return embassy.fields.TextsField(blank=True, help_text='Who says so: title and date.', verbose_name='source')


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('embassy', '0020_sources_in_each_language'),
        ('sections', '0003_open_forms'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(model_name='term', name='sources', field=texts()),
        migrations.AddField(model_name='vacancy', name='sources', field=texts()),
        migrations.RunSQL(GATHER_TERMS, SPREAD.format(table="sections_term")),
        migrations.RunSQL(GATHER_VACANCIES, SPREAD.format(table="sections_vacancy")),
        migrations.RunPython(gather_in_revisions, spread_in_revisions),
        migrations.RemoveField(model_name='term', name='source'),
        migrations.RemoveField(model_name='vacancy', name='source'),
        migrations.RenameField(model_name='term', old_name='sources', new_name='source'),
        migrations.RenameField(model_name='vacancy', old_name='sources', new_name='source'),
    ]
