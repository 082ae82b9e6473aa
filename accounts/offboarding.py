"""Closing the account of somebody who leaves, in one act; and ending all sessions of an account."""

from datetime import datetime
from functools import partial

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import Page, Site

from accounts import notices, offboarding_mail
from accounts.invitations import locked
from accounts.keepers import ADMINISTRATOR, administrators_of, left_alone, second_comes
from accounts.models import RoleRequest
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.models import MissionRole, User

OFF_BOARDED = "accounts.off_boarded"
SIGNED_OUT = "accounts.signed_out"
audit.name_action(OFF_BOARDED, gettext_lazy("Closed an account"))
audit.name_action(SIGNED_OUT, gettext_lazy("Ended all sessions of an account"))


def off_board(by: User | None, account: User, at: datetime, reason: str = "") -> bool:
    """Close an account and take back all it had; whether there was anything to do."""
    with transaction.atomic():
        missions = keep_an_administrator(account)
        account = locked(by, account)
        held = sorted(account.groups.values_list("name", flat=True))
        letters = account.invitations.unanswered()
        if not account.is_active and not held and not letters.exists():
            return False
        letters.update(withdrawn_at=at)
        lapse_requests(account, by, at)
        close(account)
        pages = release_pages(account, by)
        details = {"roles": held, "reason": reason, "unlocked": pages}
        audit.record(OFF_BOARDED, by=by, of=account, at=at, details=details)
        for site in missions:
            told = partial(offboarding_mail.tell_all, by, account, site, reason)
            transaction.on_commit(told, robust=True)
        return True


def keep_an_administrator(account: User) -> list[Site]:
    """Refuse to let a mission's last administrator go; of two who go at once, one waits.

    Gives the missions of which the account is an administrator now.
    """
    missions = []
    roles = MissionRole.objects.filter(role=ADMINISTRATOR, group__in=account.groups.all())
    for role in roles.select_for_update(no_key=True).order_by("pk"):
        people = administrators_of(role.site)
        if people.filter(pk=account.pk).exists() and not people.exclude(pk=account.pk).exists():
            raise Refused(
                _("This is the last administrator of the mission. Let another be made first.")
            )
        if people.filter(pk=account.pk).exists():
            missions.append(role.site)
    return missions


def close(account: User) -> None:
    """Take every proof, right and session from an account."""
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    account.groups.clear()
    account.user_permissions.clear()
    Authenticator.objects.filter(user=account).delete()
    account.sign_out_everywhere()


def lapse_requests(account: User, by: User | None, at: datetime) -> None:
    """Let what was asked for somebody, or by them, come to nothing."""
    theirs = RoleRequest.objects.undecided().filter(Q(account=account) | Q(asked_by=account))
    theirs.update(decided_at=at, decided_by=by, outcome=RoleRequest.Outcome.LAPSED)


def release_pages(account: User, by: User | None) -> int:
    """Unlock the pages somebody locked, and end their open editors; gives how many were locked."""
    EditingSession.objects.filter(user=account).delete()
    pages = list(Page.objects.filter(locked=True, locked_by=account).order_by("pk"))
    for page in pages:
        Page.objects.filter(pk=page.pk).update(locked=False, locked_by=None, locked_at=None)
        log(instance=page, action="wagtail.unlock", user=by)
    return len(pages)


def what_goes(account: User) -> list[str]:
    """Say what an account has that would be taken back."""
    pages = Page.objects.filter(locked=True, locked_by=account).count()
    lines = [
        ngettext(
            "%(count)s page it locked is unlocked.",
            "%(count)s pages it locked are unlocked.",
            pages,
        )
        % {"count": pages}
    ]
    return [*(lines if pages else []), *what_remains(account)]


def what_remains(account: User) -> list[str]:
    """Say who is told that an administrator goes, and of the last but one what is then lacking."""
    roles = MissionRole.objects.filter(role=ADMINISTRATOR, group__in=account.groups.all())
    missions = [role.site for role in roles.select_related("site").order_by("pk")]
    if not account.is_active or not missions:
        return []
    lines = [_("This is an administrator: the others are told by mail, and this address is too.")]
    for site in missions:
        if administrators_of(site).count() == 2:
            lines.append(
                _("One administrator will be left. %(mend)s") % {"mend": second_comes(site)}
            )
    return lines


def what_is_lacking(account: User) -> list[str]:
    """Say of the mission of a closed account if one administrator is left there."""
    return left_alone(account.mission) if account.mission else []


def sign_out(by: User, account: User, at: datetime) -> None:
    """End every session of an account, on all devices, and tell its owner."""
    with transaction.atomic():
        account = locked(by, account)
        account.sign_out_everywhere()
        audit.record(SIGNED_OUT, by=by, of=account, at=at)
        transaction.on_commit(lambda: notices.tell(account, notices.SIGNED_OUT))
