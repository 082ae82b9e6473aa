"""The gravest roles: one administrator asks, a second one confirms, and neither is who is raised.

The account is locked while a request about it changes, so of two answers at once one counts.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import raising_mail
from accounts.invitations import locked
from accounts.keepers import GRAVE, administrators_of
from accounts.models import RoleRequest
from accounts.offboarding import keep_an_administrator
from embassy import audit
from embassy.approval import Refused
from embassy.models import MissionRole, User

ASKED = "accounts.role_asked"
CONFIRMED = "accounts.role_confirmed"
DECLINED = "accounts.role_declined"
TAKEN = "accounts.role_taken"
audit.name_action(ASKED, gettext_lazy("Asked for a role that needs two administrators"))
audit.name_action(CONFIRMED, gettext_lazy("Confirmed a role"))
audit.name_action(DECLINED, gettext_lazy("Declined a role"))
audit.name_action(TAKEN, gettext_lazy("Took a role away"))

Outcome = RoleRequest.Outcome


def ask(by: User, account: User, role: MissionRole, reason: str, at: datetime) -> RoleRequest:
    """Ask for a role; asking again while the request waits changes nothing."""
    with transaction.atomic():
        account = locked(by, account)
        require_administrator(by, role)
        if role.role not in GRAVE or role.site_id != account.mission_id:
            raise Refused(_("Choose roles of your own mission only."))
        refuse_when_pointless(by, account, role)
        open_ones = account.role_requests.undecided().filter(role=role)
        if (found := open_ones.first()) and found.is_waiting(at):
            return found
        open_ones.update(decided_at=at, outcome=Outcome.LAPSED)
        made = RoleRequest.objects.create(
            site=role.site, account=account, role=role, reason=reason, asked_by=by, asked_at=at
        )
        note(ASKED, made, by, at, reason=reason)
        transaction.on_commit(lambda: raising_mail.tell_others(made))
        return made


def refuse_when_pointless(by: User, account: User, role: MissionRole) -> None:
    """Refuse a request that has come true, or that nobody could confirm."""
    if account.groups.filter(pk=role.group_id).exists():
        raise Refused(_("This person has that role already."))
    if not account.is_active and not account.invitations.unanswered().exists():
        raise Refused(_("This account is closed. Send an invitation first."))
    if not administrators_of(role.site).exclude(pk__in=[by.pk, account.pk]).exists():
        raise Refused(
            _(
                "There is no second administrator to confirm this. Whoever runs the server adds "
                "one with the command first_administrators."
            )
        )


def confirm(by: User, request: RoleRequest, at: datetime) -> None:
    """Give the role that was asked for."""
    with transaction.atomic():
        request = answered(by, request, at)
        if by == request.asked_by:
            raise Refused(_("You asked for this yourself: a second administrator confirms it."))
        if not administrators_of(request.site).filter(pk=request.asked_by_id).exists():
            raise Refused(_("Whoever asked for this is no administrator any more. Decline it."))
        request.account.groups.add(request.role.group)
        decide(request, by, Outcome.CONFIRMED, at)
        note(CONFIRMED, request, by, at)


def decline(by: User, request: RoleRequest, at: datetime) -> None:
    """Let a request come to nothing; whoever asked may do so too."""
    with transaction.atomic():
        request = answered(by, request, at)
        decide(request, by, Outcome.DECLINED, at)
        note(DECLINED, request, by, at)


def answered(by: User, request: RoleRequest, at: datetime) -> RoleRequest:
    """Give a request as it is now, locked, to an administrator who may answer it."""
    locked(by, request.account)
    found = RoleRequest.objects.select_for_update(of=["self"]).select_related("role__group", "site")
    request = found.get(pk=request.pk)
    require_administrator(by, request.role)
    if not request.is_waiting(at):
        raise Refused(_("This request is no longer open: it was answered, or waited too long."))
    return request


def decide(request: RoleRequest, by: User, outcome: str, at: datetime) -> None:
    """Write down what became of a request."""
    request.decided_by, request.decided_at, request.outcome = by, at, outcome
    request.save(update_fields=["decided_by", "decided_at", "outcome"])


def take(by: User, account: User, role: MissionRole, reason: str, at: datetime) -> bool:
    """Take one of the gravest roles away, at once; whether the account had it."""
    with transaction.atomic():
        if role.role == "administrator":
            keep_an_administrator(account)
        account = locked(by, account)
        require_administrator(by, role)
        if not account.groups.filter(pk=role.group_id).exists():
            return False
        account.groups.remove(role.group)
        details = {"role": role.role, "reason": reason}
        audit.record(TAKEN, by=by, of=account, site=role.site, at=at, details=details)
        return True


def require_administrator(by: User, role: MissionRole) -> None:
    """Refuse whoever is not, at this moment, an administrator of the role's mission."""
    if not administrators_of(role.site).filter(pk=by.pk).exists():
        raise Refused(_("Only an administrator of this person's mission may do that."))


def note(action: str, request: RoleRequest, by: User, at: datetime, **more: str) -> None:
    """Put an act on record."""
    details = {"role": request.role.role, **more}
    audit.record(action, by=by, of=request.account, site=request.site, at=at, details=details)
