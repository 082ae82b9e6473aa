"""The audit: entries and seals that the database lets nobody change; Wagtail's logs likewise."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Neither an entry nor a closed seal is ever changed or deleted, whoever asks. An open seal is born
# with each entry.
FREEZE = """
CREATE FUNCTION embassy_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit cannot be changed or deleted.';
END
$$;
CREATE FUNCTION embassy_open_audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO embassy_auditseal (entry_id, sha256) VALUES (NEW.id, '');
    RETURN NULL;
END
$$;
CREATE TRIGGER embassy_auditentry_is_frozen
    BEFORE UPDATE OR DELETE OR TRUNCATE ON embassy_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION embassy_refuse_audit_change();
CREATE TRIGGER embassy_auditentry_is_sealed
    AFTER INSERT ON embassy_auditentry
    FOR EACH ROW EXECUTE FUNCTION embassy_open_audit_seal();
CREATE TRIGGER embassy_auditseal_is_closed_once
    BEFORE UPDATE ON embassy_auditseal
    FOR EACH ROW WHEN (OLD.number IS NOT NULL OR OLD.entry_id <> NEW.entry_id)
    EXECUTE FUNCTION embassy_refuse_audit_change();
CREATE TRIGGER embassy_auditseal_is_frozen
    BEFORE DELETE OR TRUNCATE ON embassy_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION embassy_refuse_audit_change();
"""

THAW = """
DROP TRIGGER embassy_auditseal_is_frozen ON embassy_auditseal;
DROP TRIGGER embassy_auditseal_is_closed_once ON embassy_auditseal;
DROP TRIGGER embassy_auditentry_is_sealed ON embassy_auditentry;
DROP TRIGGER embassy_auditentry_is_frozen ON embassy_auditentry;
DROP FUNCTION embassy_open_audit_seal();
DROP FUNCTION embassy_refuse_audit_change();
"""

# Each part of an entry is hashed with its length before it, after the hash of the seal before.
# `embassy.auditing.audit_chain` reckons the same. One at a time: two at once would fork the chain.
SEAL = """
CREATE FUNCTION embassy_audit_digest(previous text, VARIADIC parts text[])
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        previous || string_agg(coalesce(octet_length(part) || ':' || part, '-'), '' ORDER BY place),
        'UTF8'
    )), 'hex') FROM unnest(parts) WITH ORDINALITY AS given (part, place)
$$;
CREATE FUNCTION embassy_seal_audit() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    entry embassy_auditentry;
    latest embassy_auditseal;
    sealed integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('embassy_auditseal'));
    SELECT * INTO latest FROM embassy_auditseal
        WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1;
    FOR entry IN
        SELECT e.* FROM embassy_auditseal s JOIN embassy_auditentry e ON e.id = s.entry_id
        WHERE s.number IS NULL ORDER BY e.id
    LOOP
        UPDATE embassy_auditseal SET
            number = coalesce(latest.number, 0) + 1,
            sha256 = embassy_audit_digest(
                coalesce(latest.sha256, ''),
                entry.id::text,
                to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                entry.by_id::text,
                entry.action,
                entry.target_type,
                entry.target_id,
                entry.target_label,
                entry.site_id::text,
                entry.details::text
            )
        WHERE entry_id = entry.id AND number IS NULL
        RETURNING * INTO latest;
        sealed := sealed + 1;
    END LOOP;
    RETURN sealed;
END
$$;
"""

UNSEAL = """
DROP FUNCTION embassy_seal_audit();
DROP FUNCTION embassy_audit_digest(text, text[]);
"""

# Wagtail only ever adds to its logs, and forgets the kind of a thing whose model is taken out.
KEEP = """
CREATE TRIGGER {table}_is_frozen
    BEFORE DELETE OR TRUNCATE OR UPDATE OF
        label, action, data, timestamp, uuid, content_changed, deleted, revision_id, user_id, {thing}
    ON {table} FOR EACH STATEMENT EXECUTE FUNCTION embassy_refuse_audit_change();
"""

LOGS = {"wagtailcore_pagelogentry": "page_id", "wagtailcore_modellogentry": "object_id"}


class Migration(migrations.Migration):

    dependencies = [
        ('embassy', '0008_help_texts'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('action', models.CharField(max_length=100, verbose_name='act')),
                ('target_type', models.CharField(blank=True, max_length=100, verbose_name='kind of thing')),
                ('target_id', models.CharField(blank=True, max_length=255, verbose_name='number')),
                ('target_label', models.CharField(blank=True, max_length=255, verbose_name='thing')),
                ('details', models.JSONField(default=dict, verbose_name='details')),
                ('by', models.ForeignKey(help_text='Nobody: a command, or somebody who was not signed in.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.site', verbose_name='mission')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='seal', serialize=False, to='embassy.auditentry')),
                ('number', models.BigIntegerField(null=True, unique=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'seal of an audit entry',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('number', None)), fields=['entry'], name='audit_seals_open')],
            },
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['site', '-id'], name='audit_by_site'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['by', 'at'], name='audit_by_person'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['target_id', '-id'], name='audit_by_thing'),
        ),
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunSQL(SEAL, UNSEAL),
        *(
            migrations.RunSQL(
                KEEP.format(table=table, thing=thing), f"DROP TRIGGER {table}_is_frozen ON {table};"
            )
            for table, thing in LOGS.items()
        ),
    ]
