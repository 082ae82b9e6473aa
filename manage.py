#!/usr/bin/env python
"""Runs Django's management commands for Chancery."""

import os
import sys


def main() -> None:
    """Hand the command line to Django, with the development settings by default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.development")
    from embassy.serving.startup import Commands, told_in_a_sentence

    with told_in_a_sentence():
        Commands(sys.argv).execute()


if __name__ == "__main__":
    main()
