"""Says at which port readers reach a mission. Safe to run again.

manage.py set_port bamako.example 443
"""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from embassy.mission.roots import root_of

PORTS = range(1, 65_536)


class Command(BaseCommand):
    """Changes the port that addresses of a mission name."""

    help = "Say at which port readers reach a mission. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Ask for the mission and the port."""
        parser.add_argument("hostname", help="like bamako.example")
        parser.add_argument("port", type=int, help="443 on a public server")

    def handle(self, *args, hostname: str, port: int, **options) -> None:
        """Store it; what was issued before keeps the addresses it was issued with."""
        if port not in PORTS:
            raise CommandError(f"Give a port from {PORTS.start} to {PORTS.stop - 1}.")
        site = Site.objects.filter(hostname=hostname.strip().lower()).first()
        if site is None:
            known = ", ".join(Site.objects.order_by("hostname").values_list("hostname", flat=True))
            raise CommandError(f"No mission answers at {hostname}. There are: {known}.")
        site.port = port
        site.save(update_fields=["port"])
        self.stdout.write(f"{site.site_name} answers at {root_of(site)}/.")
