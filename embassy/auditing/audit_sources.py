"""Where audit entries come from: Wagtail's log, the Django admin's log, and signing in and out.

What goes through Wagtail's log, as every step of a warning does, is on record without more ado.
"""

import json

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import ModelLogEntry, PageLogEntry, Site

from embassy.auditing import audit
from embassy.auditing.audit import Thing
from embassy.mission.belonging import mission_of
from embassy.models import AuditEntry, User

COPIED = ("act", "state", "channel")
"""What the log says more that is a code; the rest may hold what people wrote."""
ADMIN_ACTS = {ADDITION: audit.ADDED, CHANGE: audit.CHANGED, DELETION: audit.DELETED}


# A receiver hears of a model's own rows only: each of Wagtail's logs is named.
@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def copy_from_log(instance, created: bool, **kwargs) -> None:
    """Put what Wagtail logs on record."""
    if not created or goes_on(instance):
        return
    details = {name: instance.data[name] for name in COPIED if instance.data.get(name)}
    if instance.revision_id:
        details["revision"] = instance.revision_id
    audit.record(
        instance.action,
        by=instance.user,
        of=named_in_log(instance),
        at=instance.timestamp,
        details=details,
    )


def goes_on(entry) -> bool:
    """Whether the editor saves by itself what was put on record a short while ago."""
    same = type(entry)._default_manager.filter(uuid=entry.uuid, action=entry.action)
    if not entry.uuid or not entry.revision_id or not same.exclude(pk=entry.pk).exists():
        return False
    noted = AuditEntry.objects.done_by(entry.user_id).of_action(entry.action)
    noted = noted.filter(target_id=str(entry.object_id), details__revision=entry.revision_id)
    return noted.filter(at__gt=entry.timestamp - audit.WINDOW).exists()


def named_in_log(entry) -> Thing:
    """Give what a log entry is about, under the name the log gives it."""
    if isinstance(entry, PageLogEntry):
        row = entry.page
    else:
        row = row_named(entry.content_type, entry.object_id)
    mission = mission_of(row) if row is not None else None
    return Thing(kind_of(entry.content_type), str(entry.object_id), entry.label, mission)


def row_named(kind: ContentType | None, key: str):
    """Find what a log names by its kind and key; nothing if it is gone."""
    model = kind.model_class() if kind else None
    return model._base_manager.filter(pk=key).first() if model else None


def kind_of(kind: ContentType | None) -> str:
    """Give a kind as entries write it."""
    return f"{kind.app_label}.{kind.model}" if kind else ""


@receiver(post_save, sender=LogEntry)
def copy_from_admin(instance: LogEntry, created: bool, **kwargs) -> None:
    """Put what the Django admin logs on record, with the names of the fields that changed."""
    if not created:
        return
    row = row_named(instance.content_type, instance.object_id)
    audit.record(
        ADMIN_ACTS[instance.action_flag],
        by=instance.user,
        of=Thing(
            kind_of(instance.content_type),
            instance.object_id or "",
            instance.object_repr,
            mission_of(row) if row is not None else None,
        ),
        at=instance.action_time,
        details={"fields": fields} if (fields := fields_in(instance.change_message)) else {},
    )


def fields_in(message: str) -> list[str]:
    """Give the names of the fields that a message of the Django admin says were changed."""
    try:
        parts = json.loads(message or "[]")
    except json.JSONDecodeError:
        return []
    changed = [part.get("changed", {}) for part in parts if isinstance(part, dict)]
    return [name for part in changed for name in part.get("fields", [])]


@receiver(user_logged_in)
def note_sign_in(sender, request: HttpRequest | None, user, **kwargs) -> None:
    """Put a sign-in on record."""
    at = timezone.now()
    site = None if user.mission_id else host_of(request)
    audit.record(audit.SIGNED_IN, by=user, site=site, at=at)


@receiver(user_logged_out)
def note_sign_out(sender, request: HttpRequest | None, user, **kwargs) -> None:
    """Put a sign-out on record, if anybody was signed in."""
    if user is not None:
        site = None if user.mission_id else host_of(request)
        audit.record(audit.SIGNED_OUT, by=user, site=site, at=timezone.now())


@receiver(user_login_failed)
def note_failed_sign_in(sender, credentials: dict, request: HttpRequest | None = None, **kwargs):
    """Put a failed sign-in on record, for the account's mission or the one it was tried at.

    What was typed is kept as a keyed hash: people type passwords where an address belongs.
    """
    typed = str(credentials.get("username") or credentials.get("email") or "").strip()
    account = User.objects.filter(email__iexact=typed).first() if typed else None
    audit.record(
        audit.SIGN_IN_FAILED,
        of=account,
        at=timezone.now(),
        site=None if account and account.mission_id else host_of(request),
        details={"typed": mark_of(typed)} if typed and not account else {},
    )


def mark_of(typed: str) -> str:
    """Give by what the same text, typed again, is known."""
    return salted_hmac("embassy.audit.typed", typed.lower(), algorithm="sha256").hexdigest()[:16]


def host_of(request: HttpRequest | None) -> Site | None:
    """Give the mission at whose address something was asked; none for what no browser asked."""
    if request is None or "SERVER_NAME" not in request.META:
        return None
    try:
        return Site.find_for_request(request)
    except Site.DoesNotExist:
        return None
