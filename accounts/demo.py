"""Second factors for the demo accounts, so that a newcomer gets in without a telephone.

They are made once for each installation, at random; `make run` prints them. On a public server
demo accounts cannot sign in.
"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.recovery import spaced
from accounts.sealing import Unreadable, unseal
from embassy.demo import part_of_demo, told_of_account
from embassy.models import User

KINDS = Authenticator.Type


@part_of_demo(91, "second factors")
def second_factors() -> int:
    """Give each demo account an authenticator app's secret and recovery codes."""
    made = 0
    for user in User.objects.filter(is_demo=True, authenticator__isnull=True):
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        made += 1
    return made


def secret_of(email: str) -> str:
    """Give the secret of a demo account's app, or nothing where it has none that can be read."""
    apps = Authenticator.objects.filter(user__email=email, user__is_demo=True, type=KINDS.TOTP)
    try:
        return next((unseal(app.data["secret"]) for app in apps), "")
    except Unreadable:
        return ""


@told_of_account
def second_factor_of(email: str) -> list[str]:
    """Say how to give the second factor of a demo account."""
    if not (secret := secret_of(email)):
        return []
    user = User.objects.get(email=email)
    codes = Authenticator.objects.filter(user=user, type=KINDS.RECOVERY_CODES).first()
    lines = [
        f"code of this moment: .venv/bin/python manage.py demo_code {email}",
        f"for an app: {get_adapter().build_totp_url(user, secret)}",
    ]
    if codes:
        unused = ", ".join(spaced(code) for code in codes.wrap().get_unused_codes())
        lines.append(f"recovery codes: {unused}")
    return lines
