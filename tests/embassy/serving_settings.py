"""The test settings with a folder of their own for what `manage.py serve` makes."""

import os
from pathlib import Path

from embassy.settings import development
from embassy.settings.test import *  # noqa: F403

ALLOWED_HOSTS = development.ALLOWED_HOSTS
ALLOWS_WHERE_SERVED = development.ALLOWS_WHERE_SERVED
STATIC_ROOT = Path(os.environ["SERVING_FOLDER"]) / "static"
WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = True
