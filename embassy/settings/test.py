"""Settings of the test suite: the real database, files in a temporary folder, fast passwords."""

import tempfile

from .base import *  # noqa: F403
from .base import DATABASES
from .environment import read

SECRET_KEY = "tests-only"
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_media = tempfile.TemporaryDirectory(prefix="chancery-media-")  # goes with the process
MEDIA_ROOT = read("TEST_MEDIA", default=_media.name)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # or every test client begins by reading all collected files
DATABASES["default"]["NAME"] = read("TEST_DATABASE", default=DATABASES["default"]["NAME"])
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Nothing stored here outlives the run, and no question is long enough to be compiled or shared out.
QUICK = {"synchronous_commit": "off", "jit": "off", "max_parallel_workers_per_gather": "0"}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = " ".join(
    f"-c {name}={value}" for name, value in QUICK.items()
)
