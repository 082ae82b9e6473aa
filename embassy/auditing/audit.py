"""What was done by whom: the one way to write an entry, and the chain of seals over all of them.

An entry is written in the transaction of the act, so that neither is there without the other. It is
sealed right after the commit, by a function of the database under a lock that is held for nothing
else: no request waits for the transaction of another. A seal that a crash left open is closed with
the next one. An app that has acts of its own names them with `name_action`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import Page, Site

from embassy.mission.belonging import mission_of
from embassy.models import AuditEntry

SIGNED_IN = "embassy.signed_in"
SIGNED_OUT = "embassy.signed_out"
SIGN_IN_FAILED = "embassy.sign_in_failed"
SEEN = "embassy.seen"
EXPORTED = "embassy.exported"
ADDED = "embassy.added"
CHANGED = "embassy.changed"
DELETED = "embassy.deleted"

ACTIONS: dict[str, str | Promise] = {
    SIGNED_IN: _("Signed in"),
    SIGNED_OUT: _("Signed out"),
    SIGN_IN_FAILED: _("Failed to sign in"),
    SEEN: _("Saw"),
    EXPORTED: _("Exported"),
    ADDED: _("Added (accounts and reference data)"),
    CHANGED: _("Changed (accounts and reference data)"),
    DELETED: _("Deleted (accounts and reference data)"),
}
"""What acts are called that Wagtail's log does not know."""

WINDOW = timedelta(minutes=10)
"""For how long one entry stands for seeing, or going on to write, the same thing."""


@dataclass(frozen=True)
class Thing:
    """What an act is about, as text: its model, its key, its name then, and whose it is."""

    kind: str = ""
    key: str = ""
    label: str = ""
    site: Site | None = None


def thing(row: Model) -> Thing:
    """Describe a row as it is now; of a page its real type."""
    kind = row.cached_content_type.model_class() if isinstance(row, Page) else type(row)
    return Thing(
        (kind or type(row))._meta.label_lower, str(row.pk), name_of_row(row), mission_of(row)
    )


def name_of_row(row: Model) -> str:
    """Give what a row is called; of an account also its address, by which it is known for good."""
    if isinstance(row, Page):
        return row.get_admin_display_title()
    return getattr(row, "on_record", None) or str(row)


def record(
    action: str,
    *,
    at: datetime,
    by=None,
    of: Model | Thing | None = None,
    site: Site | None = None,
    details: dict | None = None,
) -> AuditEntry:
    """Write down an act; whose it is follows from the thing, or else from who did it."""
    about = of if isinstance(of, Thing) else thing(of) if of is not None else Thing()
    mission = site or about.site
    entry = AuditEntry.objects.create(
        at=at,
        by_id=getattr(by, "pk", None),
        action=action,
        target_type=about.kind,
        target_id=about.key,
        target_label=about.label[:255],
        site_id=mission.pk if mission else getattr(by, "mission_id", None),
        details=details or {},
    )
    transaction.on_commit(seal, robust=True)
    return entry


def seal() -> int:
    """Close the open seals of what was committed, one after the other; say how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT embassy_seal_audit()")
        return cursor.fetchone()[0]


def name_action(code: str, label: str | Promise) -> None:
    """Say what an act of another app is called in lists."""
    ACTIONS[code] = label


def name_of(action: str) -> str:
    """Give what an act is called in the reader's language; one nobody named keeps its code."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    return str(registry.get_action_label(action)) if registry.action_exists(action) else action
