#!/usr/bin/env python
"""Runs Django's management commands for Chancery."""

import os
import sys


def main() -> None:
    """Hand the command line to Django, with the development settings by default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
