"""Codes of six digits and recovery codes: each is good once, whichever process is asked."""

import hmac
from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from accounts.sealing import Unreadable, unseal
from embassy.models import User

DRIFT = 1  # steps that a telephone's clock may be off
TYPES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def step_at(at: datetime) -> int:
    """Give the number of the step that a moment is in."""
    return int(at.timestamp()) // app_settings.TOTP_PERIOD


def code_of_step(secret: str, step: int) -> str:
    """Give the six digits that an app shows in a step (RFC 6238 with SHA-1, as all apps do)."""
    return format_hotp_value(hotp_value(secret, step))


def code_at(secret: str, at: datetime) -> str:
    """Give the six digits that an app shows at a moment."""
    return code_of_step(secret, step_at(at))


def digits_of(typed: str) -> str:
    """Give what was typed without the spaces and hyphens that people read into it."""
    return "".join(sign for sign in typed if not sign.isspace() and sign != "-")


def step_of(secret: str, typed: str, at: datetime, after: int = -1) -> int | None:
    """Give the step whose code was typed, among those around a moment and `after` another."""
    found = None
    for step in range(step_at(at) - DRIFT, step_at(at) + DRIFT + 1):
        same = hmac.compare_digest(code_of_step(secret, step).encode(), digits_of(typed).encode())
        if same and step > after:
            found = step
    return found


def spend(
    user: User, typed: str, at: datetime, types: tuple[str, ...] = TYPES
) -> Authenticator | None:
    """Give the factor whose code was typed and use the code up; nothing when it is of none.

    The factors are locked meanwhile: of two who send one code at once, one is refused.
    """
    with transaction.atomic():
        factors = Authenticator.objects.select_for_update().filter(user=user, type__in=types)
        for factor in factors.order_by("pk"):
            try:
                spent = SPEND[factor.type](factor, typed, at)
            except Unreadable:
                continue
            if spent:
                factor.user = user
                return factor
    return None


def spend_of_app(factor: Authenticator, typed: str, at: datetime) -> bool:
    """Use up a code of an app: neither it nor an earlier one is taken again."""
    secret = unseal(factor.data["secret"])
    step = step_of(secret, typed, at, after=factor.data.get("last_step", -1))
    if step is None:
        return False
    factor.data["last_step"] = step
    factor.save(update_fields=["data"])
    return True


def spend_recovery_code(factor: Authenticator, typed: str, at: datetime) -> bool:
    """Use up a recovery code."""
    if not factor.wrap().validate_code(digits_of(typed)):
        return False
    factor.refresh_from_db(fields=["data"])
    return True


SPEND = {
    Authenticator.Type.TOTP: spend_of_app,
    Authenticator.Type.RECOVERY_CODES: spend_recovery_code,
}
