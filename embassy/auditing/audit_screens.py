"""What staff saw: every screen about one thing, and the lists named here, opened in a browser.

One entry stands for an account's visits to the same address within ten minutes, so that previews
and reloads do not flood the audit; each export has its own. Queries of an address are not kept.
Public pages pass by untouched, whoever reads them.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from embassy.auditing import audit
from embassy.auditing.audit import Thing
from embassy.mission.fence import STAFF_PAGES, WORDS, model_in_address, model_of_view
from embassy.mission.permissions import readable
from embassy.models import AuditEntry

LISTS: dict[str, str | Promise] = {
    "admin:embassy_user_changelist": _("List of accounts"),
    "admin:embassy_auditentry_changelist": _("Audit"),
    "audit": _("Audit"),
    "mailbox": _("Mailbox"),
    "mailbox_of_administrators": _("Mailbox"),
    "wagtailadmin_reports:site_history": _("Site history"),
}
"""Lists that are put on record when they are opened, by the names of their addresses."""

PASSED_BY = ("wagtailadmin_explore", "wagtailadmin_pages:add_subpage")
"""Ways to a thing rather than the thing itself."""

SCREENS = {
    "edit": _("editor"),
    "change": _("editor"),
    "preview_on_edit": _("preview"),
    "view_draft": _("draft"),
    "add": _("form for a new one"),
    "delete": _("question before deleting"),
    "unpublish": _("question before unpublishing"),
    "move": _("question before moving"),
    "move_confirm": _("question before moving"),
    "copy": _("question before copying"),
    "usage": _("where it is used"),
    "workflow_history": _("history"),
    "privacy": _("who may read it"),
    "revisions_view": _("earlier version"),
    "revisions_compare": _("comparison"),
    "history": _("history"),
    "warnings_desk": _("desk"),
    "publishing_desk": _("desk"),
}
"""What screens are called, by the last part of the name of their address."""


def watch(address: str, label: str | Promise) -> None:
    """Put a list of another app on record, too."""
    LISTS[address] = label


def screen_name(address: str) -> str:
    """Give what a screen is called in the reader's language; the rest keep their address's name."""
    last = address.rsplit(":", 1)[-1]
    known = LISTS.get(address) or SCREENS.get(last) or SCREENS.get(last.rsplit("_", 1)[-1])
    return str(known or address)


class AuditMiddleware:
    """Puts what the staff pages showed or gave away on record, before it leaves."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(STAFF_PAGES) and was_given(request, response):
            if response.headers.get("Content-Disposition", "").startswith("attachment"):
                note_export(request.user, request.resolver_match, timezone.now())
            elif response.headers.get("Content-Type", "").startswith("text/html"):
                note_seen(request.user, request.resolver_match, timezone.now())
        return response


def was_given(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether somebody signed in was given what they asked for."""
    asked = request.method == "GET" and response.status_code == 200
    return asked and request.resolver_match is not None and request.user.is_authenticated


def note_export(user, match: ResolverMatch, at: datetime) -> AuditEntry:
    """Put an export on record, each by itself."""
    details = {"screen": match.view_name}
    return audit.record(audit.EXPORTED, by=user, of=kind_shown(match), at=at, details=details)


def note_seen(user, match: ResolverMatch, at: datetime) -> AuditEntry | None:
    """Put what somebody saw on record, unless they saw it a short while ago."""
    screen, named = match.view_name, named_in(match)
    if (named is None and screen not in LISTS) or screen in PASSED_BY:
        return None
    key = named[1] if named else ""
    seen = AuditEntry.objects.done_by(user).of_action(audit.SEEN).on_screen(screen, key)
    if seen.filter(at__gt=at - audit.WINDOW).exists():
        return None
    of = shown(*named) if named else kind_shown(match)
    if of is None:
        return None
    return audit.record(audit.SEEN, by=user, of=of, at=at, details={"screen": screen})


def named_in(match: ResolverMatch) -> tuple[type[Model], str] | None:
    """Give the model and key of the first thing an address names; nothing if it names none."""
    for name, value in match.kwargs.items():
        if name not in WORDS:
            try:
                return model_in_address(name, match), unquote(str(value))
            except Http404:
                return None
    return None


def shown(model: type[Model], key: str) -> Thing | None:
    """Describe the thing on a screen; nothing where an address names none that is there."""
    row = model._base_manager.filter(pk__in=list(readable(model, [key]))).first()
    return audit.thing(row) if row is not None else None


def kind_shown(match: ResolverMatch) -> Thing:
    """Describe a list by the kind of things in it."""
    model = model_of_view(match)
    return Thing(model._meta.label_lower) if model else Thing()
