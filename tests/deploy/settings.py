"""The production settings, with folders of their own for files."""

import os
from pathlib import Path

from embassy.settings.production import *  # noqa: F403

_folder = Path(os.environ["DEPLOY_FOLDER"])
STATIC_ROOT = _folder / "static"
MEDIA_ROOT = _folder / "media"
