"""Settings of a public server: every secret and address comes from the environment."""

from .base import *  # noqa: F403
from .environment import read

DEBUG = False
DEMO_ACCOUNTS = False
SUPERUSERS = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the web server in front says who asks, in X-Forwarded-For
SECRET_KEY = read("SECRET_KEY", "key", wanted="it is a random text of at least 50 characters.")
ALLOWED_HOSTS = read(
    "ALLOWED_HOSTS",
    "hosts",
    wanted="it lists host names, comma-separated, like bamako.example,dakar.example.",
)
WAGTAILADMIN_BASE_URL = read(
    "BASE_URL",
    "secure_address",
    wanted="it is the first site's address without a path, like https://bamako.example.",
)
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS if host != "*"
]

globals().update(  # EMAIL_HOST, EMAIL_PORT and so on
    read(
        "EMAIL_URL",
        "mail_server",
        wanted="it names an SMTP server, like smtp+tls://user:password@mail.example:587.",
    )
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read(
    "MAIL_FROM",
    "mail_address",
    wanted="it is the address that mail comes from, like notices@bamako.example.",
)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
