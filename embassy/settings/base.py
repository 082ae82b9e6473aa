"""Settings shared by every way of running Chancery."""

from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

from embassy import localdb

from .environment import read
from .languages import *  # noqa: F403
from .open_forms import *  # noqa: F403
from .sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"


def databases() -> dict:
    """Give the server named in DATABASE_URL, or the embedded PostgreSQL when none is named."""
    if not read("DATABASE_URL", default=""):
        try:
            return localdb.databases(VAR_DIR / "postgres")
        except localdb.Unavailable as error:
            raise ImproperlyConfigured(str(error)) from error
    wanted = "it names a PostgreSQL server, like postgres://user:password@host:5432/name."
    return {"default": read("DATABASE_URL", "db_url", wanted=wanted)}


DATABASES = databases()
DATABASES["default"]["CONN_MAX_AGE"] = read("CONN_MAX_AGE", "int", 60, "it is a number of seconds.")
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "embassy",
    "sections",
    "relations",
    "advisories",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.contrib.redirects",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "embassy.cache.CacheMiddleware",
    "embassy.machines.public_data.PublicDataMiddleware",
    "embassy.serving.middleware.PackingMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "embassy.serving.middleware.StaffPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "embassy.serving.middleware.StaffLanguageMiddleware",
    "embassy.serving.middleware.NoMissionMiddleware",
    "embassy.serving.middleware.MissionLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.StaffSessionMiddleware",
    "embassy.clock.staff_clock.StaffClockMiddleware",
    "embassy.serving.middleware.StaffAreasMiddleware",
    "embassy.auditing.audit_screens.AuditMiddleware",
    "embassy.mission.fence.FenceMiddleware",
    "embassy.links.moved.MovedPagesMiddleware",
    "embassy.release.saving.OnePageSaveAtATime",
    "advisories.saving.OneSaveAtATime",
]

ROOT_URLCONF = "embassy.urls"
WSGI_APPLICATION = "embassy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our own widgets have templates too

# People

AUTH_USER_MODEL = "embassy.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of one form's texts, files apart

GUIDE_PICTURES = VAR_DIR / "guides"  # made by `make guides`; the guides do without, too

# Wagtail

WAGTAIL_SITE_NAME = "Chancery"
WAGTAILADMIN_BASE_URL = read(
    "BASE_URL",
    "address",
    "http://127.0.0.1:8000",
    "it is the site's address without a path, like http://127.0.0.1:8000.",
)
WAGTAILIMAGES_IMAGE_MODEL = "embassy.MissionImage"
WAGTAILDOCS_DOCUMENT_MODEL = "embassy.MissionDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "embassy.files.uploads.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "embassy.files.uploads.DocumentForm"
WAGTAIL_WORKFLOW_ENABLED = True  # with our own step: see embassy/models/workflow.py
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000  # all frames of an animation together
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Left to itself, Wagtail offers the system's own names too, like “localtime”: no browser knows it.
WAGTAIL_USER_TIME_ZONES = [*sorted(name for name in available_timezones() if "/" in name), "UTC"]
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "embassy.search.indexing", "SEARCH_CONFIG": "simple_unaccent"}
}

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "frame-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CSRF_FAILURE_VIEW = "embassy.serving.refusals.not_trusted"
X_FRAME_OPTIONS = "DENY"  # Wagtail itself allows its previews to be framed by its own pages
SILENCED_SYSTEM_CHECKS: list[str] = []

# What went wrong is told on the terminal, or to whoever collects the service's output.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR"}},
}

# Chancery's own

SHARED_CACHE_SECONDS = read("SHARED_CACHE_SECONDS", "int", 5, "it is a number of seconds.")
OFFLINE = read("OFFLINE", "bool", True, "it is true or false.")
WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = read(
    "WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS", "bool", False, "it is true or false."
)
ALLOWS_WHERE_SERVED = False  # whether a server answers under the addresses it is started at
MAILBOX: Path | None = None  # where mail is kept to be looked at instead of being sent
EMAIL_TIMEOUT = 20
CONTACT_TRIED_EVERY_DAYS = 90
ADVISORY_REVIEW_MONTHS = {1: 12, 2: 12, 3: 6, 4: 6}
ADVISORY_FEED = {  # what an import of the Department's feed refuses as a whole
    "refused": 0.1,  # share of items that cannot be used
    "same_text": 0.1,  # share of items with one and the same text
    "gone": 0.1,  # share of the last good copy's countries that are missing
    "levels": 0.1,  # share of the countries known that change their level
    "few": 3,  # so many are never a mass
    "bytes": 20_000_000,
    "characters": 200_000,  # of one item
    "seconds": 60,  # for the whole answer
    "stale_hours": 24,  # after so many, staff are warned that the copy is old
}
UPLOADS = {  # what documents may have
    "document_bytes": 20 * 1024 * 1024,
    "unpacked_bytes": 200 * 1024 * 1024,  # of an office file, as it says itself
    "members": 5_000,
}
LINK_CHECK = {  # how `manage.py check_links --external` asks other servers
    "seconds": 10,  # to connect, and for the head of an answer
    "pause": 1.0,  # seconds between two requests to one host
    "redirects": 5,
    "may_reach_private_networks": False,
}
HOSTS_WITHOUT_LEAVING_NOTICE = ["state.gov", "usembassy.gov"]
