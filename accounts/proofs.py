"""A code or a passkey proves who somebody is before a grave step (`embassy.acts.proof`)."""

import json
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from accounts import codes
from embassy.acts.proof import another_proof
from embassy.models import User


@another_proof
def code_of_app(user: User, given: str, at: datetime) -> bool:
    """Whether what was given is the code that the account's app shows."""
    return codes.spend(user, given, at, types=(Authenticator.Type.TOTP,)) is not None


@another_proof
def passkey(user: User, given: str, at: datetime) -> bool:
    """Whether what was given is a passkey's answer to the challenge of this session, used once."""
    try:
        answer = json.loads(given)
        if not isinstance(answer, dict):  # six digits are JSON too
            return False
        auth.parse_authentication_response(answer)
        auth.complete_authentication(user, answer)
    except (ValueError, KeyError, RecursionError, ValidationError):
        return False
    return True
