"""What one administrator asks for and a second one confirms; neither is whom it is about.

It is a grave role, or a letter that opens the account of somebody who has one. The account is
locked while a request about it changes, so of two answers at once one counts.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from accounts import factors, raising_mail
from accounts.invitations import locked, refuse_open, send_again
from accounts.keepers import GRAVE, administrators_of, require_apart
from accounts.models import RoleRequest
from accounts.offboarding import keep_an_administrator
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.models import MissionRole, User

ASKED = "accounts.role_asked"
CONFIRMED = "accounts.role_confirmed"
DECLINED = "accounts.role_declined"
TAKEN = "accounts.role_taken"
audit.name_action(ASKED, gettext_lazy("Asked for what needs two administrators"))
audit.name_action(CONFIRMED, gettext_lazy("Confirmed what another administrator asked for"))
audit.name_action(DECLINED, gettext_lazy("Declined what another administrator asked for"))
audit.name_action(TAKEN, gettext_lazy("Took a role away"))

Act, Outcome = RoleRequest.Act, RoleRequest.Outcome


def ask(by: User, account: User, role: MissionRole, reason: str, at: datetime) -> RoleRequest:
    """Ask for a role; asking again while the request waits changes nothing."""
    with transaction.atomic():
        account = locked(by, account)
        require_administrator(by, role.site)
        if role.role not in GRAVE or role.site_id != account.mission_id:
            raise Refused(_("Choose roles of your own mission only."))
        if account.groups.filter(pk=role.group_id).exists():
            raise Refused(_("This person has that role already."))
        require_apart([role.group], account.groups.all())
        if not account.is_active and not account.invitations.unanswered().exists():
            raise Refused(_("This account is closed. Send an invitation first."))
        return open_request(by, account, Act.ROLE, reason, at, role)


def ask_to_reset(by: User, account: User, reason: str, at: datetime) -> RoleRequest:
    """Ask that factors be taken away and a letter be sent to whoever has a grave role."""
    with transaction.atomic():
        account = locked(by, account)
        require_administrator(by, account.mission)
        factors.refuse_closed(account)
        return open_request(by, account, Act.FACTORS, reason, at)


def ask_for_letter(by: User, account: User, reason: str, at: datetime) -> RoleRequest:
    """Ask that another letter be sent to whoever has a grave role and is not here yet."""
    with transaction.atomic():
        account = locked(by, account)
        require_administrator(by, account.mission)
        refuse_open(account)
        return open_request(by, account, Act.LETTER, reason, at)


def open_request(
    by: User,
    account: User,
    act: str,
    reason: str,
    at: datetime,
    role: MissionRole | None = None,
) -> RoleRequest:
    """Give the request that waits for this, or make one and tell who may confirm it."""
    if not administrators_of(account.mission).exclude(pk__in=[by.pk, account.pk]).exists():
        raise Refused(nobody_to_confirm(act))
    open_ones = account.role_requests.undecided().filter(act=act, role=role)
    if (found := open_ones.first()) and found.is_waiting(at):
        return found
    open_ones.update(decided_at=at, outcome=Outcome.LAPSED)
    made = RoleRequest.objects.create(
        site=account.mission,
        account=account,
        act=act,
        role=role,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    note(ASKED, made, by, at, reason=reason)
    transaction.on_commit(lambda: raising_mail.tell_others(made))
    return made


def nobody_to_confirm(act: str) -> str:
    """Say what a mission does in which nobody else could confirm."""
    if act == Act.FACTORS:
        return _(
            "There is no other administrator to confirm this. Whoever runs the server resets the "
            "second factor with the command reset_factors, or adds an administrator with "
            "first_administrators."
        )
    return _(
        "There is no second administrator to confirm this. Whoever runs the server adds "
        "one with the command first_administrators."
    )


def confirm(by: User, request: RoleRequest, at: datetime) -> None:
    """Do what was asked for."""
    with transaction.atomic():
        request = answered(by, request, at)
        if by == request.asked_by:
            raise Refused(_("You asked for this yourself: a second administrator confirms it."))
        if not administrators_of(request.site).filter(pk=request.asked_by_id).exists():
            raise Refused(_("Whoever asked for this is no administrator any more. Decline it."))
        DOING[Act(request.act)](by, request, at)
        decide(request, by, Outcome.CONFIRMED, at)
        note(CONFIRMED, request, by, at)


def give(account: User, role: MissionRole) -> None:
    """Give a role, unless one was given meanwhile that it must not meet."""
    require_apart([role.group], account.groups.all())
    account.groups.add(role.group)


DOING = {
    Act.ROLE: lambda by, request, at: give(request.account, request.role),
    Act.FACTORS: lambda by, request, at: factors.take_away(by, request.account, request.reason, at),
    Act.LETTER: lambda by, request, at: send_again(by, request.account, at),
}


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
    require_administrator(by, request.site)
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
        require_administrator(by, role.site)
        if not account.groups.filter(pk=role.group_id).exists():
            return False
        account.groups.remove(role.group)
        details = {"role": role.role, "reason": reason}
        audit.record(TAKEN, by=by, of=account, site=role.site, at=at, details=details)
        return True


def require_administrator(by: User, site: Site) -> None:
    """Refuse whoever is not, at this moment, an administrator of a mission."""
    if not administrators_of(site).filter(pk=by.pk).exists():
        raise Refused(_("Only an administrator of this person's mission may do that."))


def note(action: str, request: RoleRequest, by: User, at: datetime, **more: str) -> None:
    """Put an act on record."""
    about = {"role": request.role.role} if request.role else {"act": request.act}
    details = {**about, **more}
    audit.record(action, by=by, of=request.account, site=request.site, at=at, details=details)
