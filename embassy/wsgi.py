"""The WSGI entry point; the environment names the settings."""

import logging
import os
import sys
from collections.abc import Callable, Iterable

from django.core.wsgi import get_wsgi_application

from embassy.serving.startup import sentence_about

BOOT_FAILED = 3  # with this status a worker tells gunicorn that another try is of no use


class WithoutBodyForHead:
    """Answers HEAD with the headers alone: Django leaves that to the server, and gunicorn warns."""

    def __init__(self, application: Callable) -> None:
        self.application = application

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        body = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()  # ends the request for Django
        return []


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.development")

try:
    application = WithoutBodyForHead(get_wsgi_application())
except Exception as error:
    if not (sentence := sentence_about(error)):
        raise
    logging.getLogger("gunicorn.error").critical(sentence)
    sys.exit(BOOT_FAILED)
