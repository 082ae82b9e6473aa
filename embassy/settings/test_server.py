"""Settings of the server that browser tests talk to: the test settings with collected files."""

from .test import *  # noqa: F403
from .test import BASE_DIR

STATIC_ROOT = BASE_DIR / "static" / "build"
WHITENOISE_USE_FINDERS = True
