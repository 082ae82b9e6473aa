"""The other mission's phone becomes a contact point: the one with its digits, or a new one."""

import django.db.models.deletion
from django.db import migrations, models


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def to_contact_points(apps, schema_editor):
    Site = apps.get_model("wagtailcore", "Site")
    Revision = apps.get_model("wagtailcore", "Revision")
    ContactPoint = apps.get_model("embassy", "ContactPoint")
    RelationsPage = apps.get_model("relations", "RelationsPage")
    for page in RelationsPage.objects.exclude(other_mission_phone=""):
        site = Site.objects.filter(root_page__path=page.path[:8]).first()
        if site is None:
            continue
        phone = page.other_mission_phone
        known = ContactPoint.objects.filter(site=site, channel="phone")
        found = next((c for c in known if digits(c.value) == digits(phone)), None)
        if found is None:
            lines = page.other_mission.splitlines() or ["Phone"]
            found = ContactPoint.objects.create(
                site=site, purpose="office", channel="phone", label={"en": lines[0]}, value=phone
            )
        page.other_mission_contact = found
        page.save(update_fields=["other_mission_contact"])
        for revision in Revision.objects.filter(pk=page.latest_revision_id):
            revision.content["other_mission_contact"] = found.pk
            revision.save(update_fields=["content"])
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the column could not be dropped


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0006_search_index'),
        ('relations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='relationspage',
            name='other_mission_contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='embassy.contactpoint', verbose_name='its phone'),
        ),
        migrations.RunPython(to_contact_points, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='relationspage',
            name='other_mission_phone',
        ),
    ]
