"""Signs people in as they do it themselves: by the forms, with a password and then a code."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from accounts import factors
from accounts.codes import code_at
from accounts.sealing import unseal
from embassy.models import User

PASSWORD = "correct horse battery"
HOST = {"HTTP_HOST": "localhost"}
SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"
SECURITY = "/account/security/"
LETTER = "/account/invitation/"


def with_app(user: User) -> str:
    """Give an account an authenticator app and recovery codes; give the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def with_password(user: User, password: str = PASSWORD) -> User:
    """Give an account a password that tests know."""
    user.set_password(password)
    user.save()
    return user


def secret_of(user: User) -> str:
    """Give the secret of an account's app."""
    return unseal(Authenticator.objects.get(user=user, type="totp").data["secret"])


def recovery_codes_of(user: User) -> list[str]:
    """Give the recovery codes that are left."""
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def give_password(client, email: str, password: str = PASSWORD, **more):
    """Send the first form."""
    return client.post(SIGN_IN, {"login": email, "password": password, **more}, **HOST)


def give_code(client, code: str):
    """Send the second form."""
    return client.post(CODE, {"code": code}, **HOST)


def sign_in(client, user: User, password: str = PASSWORD, **more):
    """Sign in all the way; gives the last answer."""
    give_password(client, user.email, password, **more)
    return give_code(client, code_at(secret_of(user), timezone.now()))


def come_by_letter(client, user: User):
    """Open a letter to an account without factors, and choose the password of the tests."""
    _letter, token = factors.take_away(None, user, "Lost", timezone.now())
    client.get(f"{LETTER}{token}/", **HOST)
    return client.post(LETTER, {"new_password1": PASSWORD, "new_password2": PASSWORD}, **HOST)


def wrong_code(secret: str) -> str:
    """Give six digits that no step around now has."""
    now = timezone.now()
    good = {code_at(secret, now + timedelta(seconds=30 * step)) for step in range(-3, 4)}
    return next(code for n in range(10) if (code := f"{n:06}") not in good)


def words(response) -> str:
    """Give the text of an answer."""
    return response.content.decode()
