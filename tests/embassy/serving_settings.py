"""The test settings with a folder of their own for what `manage.py serve` makes."""

import os
from pathlib import Path

from embassy.settings.test import *  # noqa: F403

STATIC_ROOT = Path(os.environ["SERVING_FOLDER"]) / "static"
WEBHOOKS_MAY_REACH_PRIVATE_NETWORKS = True
