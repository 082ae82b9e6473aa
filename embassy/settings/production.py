"""Settings of a public server: every secret and address comes from the environment."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import read

DEBUG = False
SECRET_KEY = read("SECRET_KEY", wanted="It is a random text of at least 50 characters.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "The environment variable SECRET_KEY is too short: it is a random text of at least "
        "50 characters."
    )
ALLOWED_HOSTS = read("ALLOWED_HOSTS", "list", wanted="It lists host names, comma-separated.")
WAGTAILADMIN_BASE_URL = read("BASE_URL", wanted="It is the site's address, with https://.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SERVE_MEDIA = False
