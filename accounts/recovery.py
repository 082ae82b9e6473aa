"""Recovery codes: seen once, when they are made, and counted afterwards."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.sealing import Unreadable

SHOWN = "staff_codes"  # in a session that may see codes: the id of their factor
COUNT = getattr(settings, "MFA_RECOVERY_CODE_COUNT", 10)


def codes_to_show(request: HttpRequest) -> list[str]:
    """Give the codes that were made in this session and not yet called kept."""
    codes = Authenticator.objects.filter(
        pk=request.session.get(SHOWN),
        user_id=request.user.pk,
        type=Authenticator.Type.RECOVERY_CODES,
    ).first()
    try:
        return [spaced(code) for code in codes.wrap().get_unused_codes()] if codes else []
    except Unreadable:
        return []


def spaced(code: str) -> str:
    """Give a code in two groups, as it is read more easily."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def codes_left(codes: Authenticator | None) -> int:
    """Give how many recovery codes are left."""
    return COUNT - codes.data["used_mask"].bit_count() if codes else 0
