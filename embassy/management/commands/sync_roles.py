"""Gives every role of every mission exactly the rights that roles.py says. Safe to run again."""

from django.core.management.base import BaseCommand
from wagtail.models import Site

from embassy import roles
from embassy.models import MissionSettings


class Command(BaseCommand):
    """Applies the roles."""

    help = "Give every role of every mission exactly the rights roles.py says. Safe to run again."

    def handle(self, *args, **options) -> None:
        """Apply the roles, mission by mission."""
        for site in Site.objects.filter(pk__in=MissionSettings.objects.values("site")):
            groups = roles.sync(site)
            self.stdout.write(f"{site.hostname}: {len(groups)} roles")
