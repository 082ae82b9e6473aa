"""What stops a start, said in one sentence to whoever reads the terminal or the log."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, ManagementUtility
from django.db import OperationalError


def sentence_about(error: Exception) -> str:
    """Give a sentence for what somebody who runs the site can mend; nothing for anything else."""
    module = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and f"{module}.".startswith(f"{error.name}."):
        return f"The environment variable DJANGO_SETTINGS_MODULE names no settings: {module}."
    if isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", "") is None:
        why = " ".join(str(error).split()).rstrip("?.")
        return f"The database does not answer ({why}): check the server that DATABASE_URL names."
    return ""


class Commands(ManagementUtility):
    """Django's commands, of which none goes on with bad settings as `shell` would."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """Find a command, or stop with what is wrong with the settings."""
        if self.settings_exception:
            raise self.settings_exception
        return super().fetch_command(subcommand)


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """End the process with the sentence alone, or in silence when somebody pressed Ctrl-C.

    `--traceback` shows where the sentence came from.
    """
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        sentence = sentence_about(error)
        if not sentence or "--traceback" in sys.argv:
            raise
        sys.exit(sentence)
