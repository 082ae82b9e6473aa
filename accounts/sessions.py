"""What a session is worth: to the staff pages only with a second factor, and not for long.

A session ends half an hour after the last thing its person asked for or typed, and in any case
after half a day. What the editor asks in the background keeps no session alive. Times are written
down once a minute at most, and editors say once in five minutes that somebody types, so a session
may end up to that much before its half hour is over, never after.

Whoever has no second factor yet sets it up in the session that a letter opened, or not at all: a
password that was stolen would otherwise enroll the thief's. Nothing keeps such a session alive, so
it ends half an hour after it began.
"""

from datetime import datetime, timedelta
from enum import Enum

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from embassy.models import User

BEGAN, SEEN = "staff_began", "staff_seen"  # seconds since 1970
WRITTEN_EVERY = 60  # seconds
INVITATION = "invitation"  # the method by which a session began that an invitation opened
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
BACKGROUND = {  # addresses that scripts ask by themselves, whatever their person does
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "warnings_live",
}
TYPING = {"session", "session_for_page"}  # read by scripts themselves, posted while somebody types


class Standing(Enum):
    """What a request's session says of whoever sent it."""

    NOBODY = "nobody"
    ENDED = "ended"
    UNENROLLED = "unenrolled"  # came by a letter, and has no second factor yet
    UNPROVEN = "unproven"  # signed in without a second factor, and did not come by a letter
    GOOD = "good"


def standing(request: HttpRequest, at: datetime) -> Standing:
    """Say what a session is worth at a moment."""
    if not request.user.is_authenticated:
        return Standing.NOBODY
    if is_over(request.session, at):
        return Standing.ENDED
    if is_proven(request):
        return Standing.GOOD
    return Standing.UNENROLLED if may_enroll(request) else Standing.UNPROVEN


def begin(session, at: datetime) -> None:
    """Write down when a session began."""
    session[BEGAN] = session[SEEN] = at.timestamp()


def is_over(session, at: datetime) -> bool:
    """Whether nothing was asked for too long, or the session is too old, or says neither."""
    limits = settings.STAFF_SESSION
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return True
    idle = timedelta(seconds=at.timestamp() - seen)
    age = timedelta(seconds=at.timestamp() - began)
    return idle >= timedelta(minutes=limits["idle_minutes"]) or age >= timedelta(
        hours=limits["hours"]
    )


def note_activity(session, at: datetime) -> None:
    """Write down that a session is in use."""
    if at.timestamp() - session.get(SEEN, 0) >= WRITTEN_EVERY:
        session[SEEN] = at.timestamp()


def is_background(request: HttpRequest) -> bool:
    """Whether a script sent a request by itself: pings, checks while writing, saving by itself."""
    match = request.resolver_match
    if match is not None and match.view_name in BACKGROUND:
        return True
    if match is not None and match.view_name in TYPING:
        return request.method != "POST"
    return request.method == "POST" and is_for_script(request)


def is_for_script(request: HttpRequest) -> bool:
    """Whether a script reads the answer, and not a person."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return True
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def is_enrolled(user: User) -> bool:
    """Whether an account has a passkey or an app; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def is_proven(request: HttpRequest) -> bool:
    """Whether a second factor was used in this session, by whom it belongs to."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def may_enroll(request: HttpRequest) -> bool:
    """Whether a first factor may be set up in this session: a letter opened it, and none is yet."""
    records = get_authentication_records(request, request.user)
    came_by_letter = any(record.get("method") == INVITATION for record in records)
    return came_by_letter and not is_enrolled(request.user)


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Whether a second factor was used in this session a short while ago.

    Until the first one is set up, the letter that opened the session is proof enough.
    """
    if may_enroll(request):
        return True
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == "mfa"]
    limit = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(at.timestamp() - limit < time for time in times)


def prove_by_enrolling(request: HttpRequest, factor: Authenticator) -> None:
    """Count a factor as used by whoever has just set it up and shown that it works."""
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


def end_others(request: HttpRequest) -> None:
    """End every session of the account but this one."""
    request.user.sign_out_everywhere()
    update_session_auth_hash(request, request.user)
