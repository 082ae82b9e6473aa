"""The WSGI entry point; the environment names the settings."""

import logging
import os
import sys

from django.core.wsgi import get_wsgi_application

from embassy.startup import sentence_about

BOOT_FAILED = 3  # with this status a worker tells gunicorn that another try is of no use

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.development")

try:
    application = get_wsgi_application()
except Exception as error:
    if not (sentence := sentence_about(error)):
        raise
    logging.getLogger("gunicorn.error").critical(sentence)
    sys.exit(BOOT_FAILED)
