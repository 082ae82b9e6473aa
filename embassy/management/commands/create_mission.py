"""Sets up another mission: site, tree, files, settings, roles. Safe to run again.

manage.py create_mission dakar.localhost --name "Embassy in Dakar" --city Dakar
    --sending-state "United States" --host-state Senegal --host-code SN
    --time-zone Africa/Dakar --language fr
"""

import re
from zoneinfo import available_timezones

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from embassy.countries import COUNTRIES, country_name
from embassy.mission.missions import Plan, create
from embassy.mission.roots import port_for, root_of
from embassy.models import MissionSettings

HOST_NAME = re.compile(r"(?=.{1,200}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9-]{1,63})*")


class Command(BaseCommand):
    """Sets up a mission that answers at a host name of its own."""

    help = "Set up another mission, answering at a host name of its own. Safe to run again."

    def add_arguments(self, parser) -> None:
        """Ask for what a mission cannot be without."""
        parser.add_argument("hostname", help="like dakar.localhost")
        parser.add_argument("--name", required=True, help="in the first language")
        parser.add_argument("--city", required=True)
        parser.add_argument(
            "--sending-state", help="in the first language; left out, the name of --sending-code"
        )
        parser.add_argument("--sending-code", default="US", help="ISO 3166-1 code, two letters")
        parser.add_argument("--host-state", required=True)
        parser.add_argument("--host-code", required=True, help="ISO 3166-1 code, two letters")
        parser.add_argument("--time-zone", required=True, help="like Africa/Dakar")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)
        parser.add_argument(
            "--port",
            type=int,
            help="at which readers reach it; left out, 443 on a public server, and for "
            "dakar.localhost the one at which this machine served last",
        )

    def handle(self, *args, **options) -> None:
        """Check the words, then make the mission."""
        options["hostname"] = options["hostname"].lower()
        check_words(options)
        known = Site.objects.filter(hostname=options["hostname"]).exists()
        site = create(plan_of(options))
        if known:
            self.stdout.write(words_on_what_is_there(site, options["name"]))
        self.stdout.write(f"{site.site_name} answers at {root_of(site)}/.")
        self.stdout.write(
            "Its roles are set up. Invite its first two administrators: manage.py "
            f"first_administrators {site.hostname} MAIL MAIL. They invite everybody else."
        )


def check_words(options: dict) -> None:
    """Refuse what a mission cannot be made from, in a sentence."""
    languages = [code for code, _name in settings.LANGUAGES]
    if options["language"] not in languages:
        raise CommandError(f"Choose a language of: {', '.join(languages)}.")
    if options["time_zone"] not in available_timezones():
        raise CommandError("Choose a time zone by its name, like Africa/Dakar.")
    if not HOST_NAME.fullmatch(options["hostname"]):
        raise CommandError("Give a host name, like dakar.localhost: letters, digits, - and dots.")
    for name in ("host_code", "sending_code"):
        options[name] = options[name].upper()
        if options[name] not in COUNTRIES:
            option = name.replace("_", "-")
            raise CommandError(f"Give --{option} as two letters of ISO 3166-1, like SN.")


def plan_of(options: dict) -> Plan:
    """Give the plan of a mission from the words of the command."""
    return Plan(
        hostname=options["hostname"],
        name=options["name"],
        sending_state=options["sending_state"] or state_named(options),
        host_state=options["host_state"],
        host_state_code=options["host_code"],
        sending_state_code=options["sending_code"],
        city=options["city"],
        time_zone=options["time_zone"],
        language=options["language"],
        port=options["port"] or port_for(options["hostname"]),
    )


def state_named(options: dict) -> str:
    """Give the sending state's name in the mission's first language."""
    with override(options["language"]):
        if options["sending_code"] == "US":
            return _("United States of America")
        return country_name(options["sending_code"])


def words_on_what_is_there(site: Site, name: str) -> str:
    """Say that a mission was there before, and where another name for it would be given."""
    sentence = f"{site.hostname} exists already"
    if name in MissionSettings.objects.get(site=site).name.values():
        return f"{sentence}; what it has stays as it is."
    return f"{sentence}; its name is changed in its settings."
