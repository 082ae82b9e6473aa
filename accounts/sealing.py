"""Secrets of authenticator apps and recovery codes are kept encrypted in the database.

The key is made from SECRET_KEY; SECRET_KEY_FALLBACKS still open what was sealed before.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(ValueError):
    """A secret was sealed with a key that is gone: its owner must set up another."""


def sealers() -> MultiFernet:
    """Give the keys, the present one first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(f"accounts.sealing:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(text: str) -> str:
    """Encrypt a secret."""
    return sealers().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt a secret, or raise Unreadable."""
    try:
        return sealers().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error
