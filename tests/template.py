"""Fills the template database, as a program of its own: all migrations, then the demo site."""

import gc

import django
from django.core.management import call_command


def fill() -> None:
    """Migrate and fill the database that the settings name."""
    # Migrations make tens of thousands of model classes; looking for garbage among them again and
    # again took a third of the time.
    gc.set_threshold(100_000, 50, 1_000)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("demo_content", "--timeless", verbosity=0)


if __name__ == "__main__":
    fill()
