"""Acts of issuing get rows of their own; what was issued before is told by them too."""

import advisories.models.issue
import django.core.validators
import django.db.models.deletion
import embassy.fields
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


def tell_what_was_issued(apps, schema_editor):
    Issued = apps.get_model("advisories", "Issued")
    Issue = apps.get_model("advisories", "Issue")
    Clearance = apps.get_model("advisories", "Clearance")
    latest = {}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE advisories_issued DISABLE TRIGGER advisories_issued_is_frozen")
    for row in Issued.objects.order_by("page_id", "number", "pk").select_related(
        "site", "page"
    ):
        issue = Issue.objects.filter(page_id=row.page_id, number=row.number).first()
        if issue is None:
            issue = Issue.objects.create(
                site=row.site,
                page_id=row.page_id,
                kind=row.kind,
                number=row.number,
                act="issue" if row.number == 1 else "update",
                sent=row.issued_at,
                effective=row.effective,
                expires=row.expires,
                revision=row.page.live_revision_id,
                approver_id=row.issued_by_id,
                identifier=f"{row.site.hostname}.{row.page_id}.{row.number}",
                code=advisories.models.issue.new_code(),
                sha256=row.sha256,
            )
        Issued.objects.filter(pk=row.pk).update(issue=issue)
        latest[row.page_id] = issue
    for issue in latest.values():
        Clearance.objects.create(
            site=issue.site, page_id=issue.page_id, state="issued", act=issue.act
        )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE advisories_issued ENABLE TRIGGER advisories_issued_is_frozen")


FREEZE = """
CREATE TRIGGER advisories_issue_is_frozen
    BEFORE UPDATE OR DELETE ON advisories_issue
    FOR EACH ROW EXECUTE FUNCTION advisories_refuse_change();
CREATE TRIGGER advisories_confirmation_is_frozen
    BEFORE UPDATE OR DELETE ON advisories_confirmation
    FOR EACH ROW EXECUTE FUNCTION advisories_refuse_change();
"""

THAW = """
DROP TRIGGER advisories_issue_is_frozen ON advisories_issue;
DROP TRIGGER advisories_confirmation_is_frozen ON advisories_confirmation;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('advisories', '0003_titles_are_facts'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='alertkind',
            name='longest_hours',
            field=models.PositiveSmallIntegerField(default=168, help_text='An alert that must last longer is extended by an update.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='lasts at most, in hours'),
        ),
        migrations.AddField(
            model_name='alertkind',
            name='usual_hours',
            field=models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1)], verbose_name='usually lasts, in hours'),
        ),
        migrations.AddField(
            model_name='alertpage',
            name='status',
            field=models.CharField(choices=[('Actual', 'Real'), ('Exercise', 'Exercise'), ('Test', 'Test')], default='Actual', help_text='Exercises and tests go the whole way, and no reader ever sees them.', max_length=10, verbose_name='is it real?'),
        ),
        migrations.AddField(
            model_name='alertpage',
            name='told_staff',
            field=models.CharField(blank=True, choices=[('same', 'The same as this alert says'), ('nothing', 'Nothing')], help_text='No double standard: what staff are told, the public is told.', max_length=10, verbose_name='what was mission staff told of this threat?'),
        ),
        migrations.AddField(
            model_name='issued',
            name='is_drill',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'Waiting for approval'), ('returned', 'Returned'), ('issued', 'Issued')], default='draft', max_length=10, verbose_name='state')),
                ('act', models.CharField(choices=[('issue', 'First issue'), ('update', 'Update'), ('wording', 'Wording only'), ('language', 'Another language'), ('reviewed', 'Reviewed, no change'), ('cancel', 'Cancellation'), ('all_clear', 'All clear')], default='issue', max_length=10, verbose_name='act')),
                ('note', embassy.fields.TextsField(blank=True, default=embassy.fields.Texts, verbose_name='what readers are told')),
                ('reason', models.TextField(blank=True, verbose_name='why it was returned')),
                ('revision', models.BigIntegerField(help_text='The revision that was submitted.', null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='clearance', to=settings.WAGTAIL_PAGE_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'clearance',
                'verbose_name_plural': 'clearances',
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', embassy.fields.TextsField(default=embassy.fields.Texts, help_text='In a few words: “Flooding in Bamako, August 2026”.', verbose_name='name')),
                ('begun_on', models.DateField(verbose_name='begun on')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site', verbose_name='mission')),
            ],
            options={
                'verbose_name': 'incident',
                'verbose_name_plural': 'incidents',
                'ordering': ['-begun_on', '-pk'],
            },
            bases=(models.Model, modelsearch.index.Indexed),
        ),
        migrations.AddField(
            model_name='alertpage',
            name='incident',
            field=models.ForeignKey(blank=True, help_text='What several alerts are about; they share one page that tells them in order.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='advisories.incident', verbose_name='incident'),
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('number', models.PositiveIntegerField(help_text='Counts the issues of one warning from 1.')),
                ('act', models.CharField(choices=[('issue', 'First issue'), ('update', 'Update'), ('wording', 'Wording only'), ('language', 'Another language'), ('reviewed', 'Reviewed, no change'), ('cancel', 'Cancellation'), ('all_clear', 'All clear')], max_length=10, verbose_name='act')),
                ('status', models.CharField(choices=[('Actual', 'Real'), ('Exercise', 'Exercise'), ('Test', 'Test')], default='Actual', max_length=10, verbose_name='status')),
                ('sent', models.DateTimeField(verbose_name='issued at')),
                ('effective', models.DateTimeField()),
                ('expires', models.DateTimeField(help_text='When this message itself lapses.', null=True)),
                ('revision', models.BigIntegerField(help_text='The revision whose words these are.', null=True)),
                ('writers', models.JSONField(default=list, help_text='Keys of the accounts that wrote them.')),
                ('broke_glass', models.BooleanField(default=False, verbose_name='issued alone')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('identifier', models.CharField(max_length=200, unique=True)),
                ('references', models.TextField(blank=True, help_text='Earlier messages, as CAP writes them.')),
                ('code', models.CharField(default=advisories.models.issue.new_code, max_length=12, unique=True, verbose_name='verification code')),
                ('cap', models.TextField(blank=True, help_text='The CAP 1.2 message, for alerts.')),
                ('sha256', models.CharField(max_length=64)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to=settings.WAGTAIL_PAGE_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.site', verbose_name='mission')),
            ],
            options={
                'verbose_name': 'act of issuing',
                'verbose_name_plural': 'acts of issuing',
                'ordering': ['-sent', '-pk'],
                'permissions': [('write_issue', 'Write warnings'), ('approve_issue', 'Approve warnings that others wrote'), ('break_glass_issue', 'Issue a warning alone')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='advisories.issue')),
            ],
            options={
                'verbose_name': 'confirmation',
            },
        ),
        migrations.AddField(
            model_name='issued',
            name='issue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='advisories.issue'),
        ),
        migrations.CreateModel(
            name='Writer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('after', models.PositiveIntegerField(help_text='Number of the issue they wrote after.')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writers', to=settings.WAGTAIL_PAGE_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'writer',
            },
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['site', 'kind', 'sent'], name='issues_by_site'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.UniqueConstraint(fields=('page', 'number'), name='one_issue_per_number'),
        ),
        migrations.AddConstraint(
            model_name='writer',
            constraint=models.UniqueConstraint(fields=('page', 'user', 'after'), name='writer_once_an_issue'),
        ),
        migrations.RunPython(tell_what_was_issued, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='issued',
            name='issued_at',
        ),
        migrations.RemoveField(
            model_name='issued',
            name='issued_by',
        ),
        migrations.AlterField(
            model_name='issued',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='advisories.issue'),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
