"""The code of an app proves who somebody is, where `embassy.proof` asks before a grave step."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from accounts import codes
from embassy.models import User
from embassy.proof import another_proof


@another_proof
def code_of_app(user: User, given: str, at: datetime) -> bool:
    """Whether what was given is the code that the account's app shows."""
    return codes.spend(user, given, at, types=(Authenticator.Type.TOTP,)) is not None
