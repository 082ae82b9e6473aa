"""The environment is read here and nowhere else: a bad variable is refused in one sentence."""

import os
import re
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from psycopg2 import ProgrammingError
from psycopg2.extensions import make_dsn

REQUIRED = object()
YES_OR_NO = {"true": True, "yes": True, "on": True, "1": True}
YES_OR_NO |= {"false": False, "no": False, "off": False, "0": False, "": False}
HOST = r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]"
MAIL = {"smtp": 25, "smtp+tls": 587, "smtps": 465, "smtp+ssl": 465}
POSTGRES = ("postgres", "postgresql", "pgsql", "psql")


def read(name: str, kind: str = "str", default=REQUIRED, wanted: str = ""):
    """Read a variable as one of KINDS, or stop with a sentence that names it.

    `wanted` says what it is, in words that go on after a colon. What was given is never repeated:
    it may be a secret.
    """
    value = os.environ.get(name)
    if value is None and default is not REQUIRED:
        return default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {wanted}")
    try:
        return KINDS[kind](value.strip())
    except (ValueError, KeyError):  # without its text, which may quote a part of the value
        sentence = f"The environment variable {name} cannot be used: {wanted}"
        raise ImproperlyConfigured(sentence) from None


def whole_number(text: str) -> int:
    """Read a number of zero or more."""
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def words(text: str) -> list[str]:
    """Read words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def host_names(text: str) -> list[str]:
    """Read host names between commas, at least one; `.example.org` means all below that one."""
    names = words(text)
    if not names or not all(re.fullmatch(rf"\*|\.?({HOST})", name, re.I) for name in names):
        raise ValueError(text)
    return names


def address(text: str) -> str:
    """Read the address of a site, which ends with its host or port."""
    text = text.lower()
    parts = urlsplit(text)
    found = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or text not in (found, f"{found}/"):
        raise ValueError(text)
    if not re.fullmatch(rf"({HOST})(:\d+)?", parts.netloc) or parts.port == 0:
        raise ValueError(text)
    return found


def secure_address(text: str) -> str:
    """Read the address of a site that is reached through https only."""
    if not (found := address(text)).startswith("https:"):
        raise ValueError(text)
    return found


def long_text(text: str) -> str:
    """Read a key; nobody types fifty characters at random by mistake."""
    if len(text) < 50:
        raise ValueError(text)
    return text


def server(text: str) -> dict:
    """Read the address of a PostgreSQL database as Django wants it."""
    if urlsplit(text).scheme not in POSTGRES:
        raise ValueError(text)
    found = environ.Env.db_url_config(text)
    try:
        make_dsn(**found.get("OPTIONS", {}))
    except ProgrammingError as error:
        raise ValueError(text) from error
    if not found["NAME"]:
        raise ValueError(text)
    return found


def mail_server(text: str) -> dict:
    """Read the address of an SMTP server as Django's EMAIL_… settings."""
    parts = urlsplit(text)
    if parts.scheme not in MAIL or not re.fullmatch(HOST, parts.hostname or "", re.I):
        raise ValueError(text)
    if parts.port == 0 or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(text)
    found = environ.Env.email_url_config(text)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL[parts.scheme],
        "EMAIL_HOST_USER": found["EMAIL_HOST_USER"] or "",
        "EMAIL_HOST_PASSWORD": found["EMAIL_HOST_PASSWORD"] or "",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme in ("smtp+ssl", "smtps"),
    }


def mail_address(text: str) -> str:
    """Read the address of a mailbox, without a name beside it."""
    if not re.fullmatch(rf"[\w.+-]+@{HOST}", text, re.I | re.A):
        raise ValueError(text)
    return text


KINDS = {
    "str": str,
    "int": whole_number,
    "bool": lambda text: YES_OR_NO[text.lower()],
    "list": words,
    "key": long_text,
    "hosts": host_names,
    "address": address,
    "secure_address": secure_address,
    "db_url": server,
    "mail_server": mail_server,
    "mail_address": mail_address,
}
