"""Settings of `make run`: the whole site on one machine, with a key of its own under var/."""

import secrets

from .base import *  # noqa: F403
from .base import VAR_DIR
from .environment import read


def local_key() -> str:
    """Give this machine's key, made on first use so that signed links outlive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists() or not path.read_text():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = read("DEBUG", "bool", False, "it is true or false.")
SECRET_KEY = read("SECRET_KEY", default="") or local_key()
ALLOWED_HOSTS = read(
    "ALLOWED_HOSTS",
    "hosts",
    [],
    "it lists host names, comma-separated, like localhost,127.0.0.1.",
)
ALLOWS_WHERE_SERVED = not ALLOWED_HOSTS
if ALLOWS_WHERE_SERVED:  # SERVED_AT is what `manage.py serve` tells the server it becomes
    ALLOWED_HOSTS = [
        "localhost",
        "127.0.0.1",
        ".localhost",
        "[::1]",
        *read("SERVED_AT", "list", []),
    ]
EMAIL_BACKEND = "embassy.mail.mailbox.Mailbox"
MAILBOX = VAR_DIR / "mail"
WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = read(
    "WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS", "bool", True, "it is true or false."
)
