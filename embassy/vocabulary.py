"""The fixed words of the shared app: choices that gettext translates."""

import zoneinfo
from unicodedata import normalize

from django.db import models
from django.utils.translation import gettext_lazy as _

from embassy.clock.hours import CALENDARS
from embassy.countries import country_name


def calendars() -> list[tuple[str, str]]:
    """Give the countries that have a holiday calendar, by their names in the active language."""
    named = [(code, country_name(code)) for code in CALENDARS]
    return sorted(named, key=lambda choice: unaccented(choice[1]))


def unaccented(text: str) -> str:
    """Give a text as it is put in alphabetical order."""
    return normalize("NFD", text).encode("ascii", "ignore").decode().lower()


TIME_ZONES = [(name, name) for name in sorted(zoneinfo.available_timezones()) if "/" in name]


class Weekday(models.IntegerChoices):
    """Days as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Channel(models.TextChoices):
    """How a contact point is used."""

    PHONE = "phone", _("Phone")
    MAIL = "mail", _("Mail (electronic)")
    WEB = "web", _("Web form or page")
    POST = "post", _("In person or by post")


class Purpose(models.TextChoices):
    """What a contact point is for."""

    SWITCHBOARD = "switchboard", _("Embassy switchboard")
    DUTY = "duty", _("Emergencies outside office hours")
    CITIZENS = "citizens", _("Emergencies of citizens in office hours")
    CONSULAR = "consular", _("Consular questions")
    VISAS = "visas", _("Visa questions")
    INFORMATION = "information", _("Safety information by phone")
    MEDIA = "media", _("Journalists")
    OFFICE = "office", _("One office")
    LIBRARY = "library", _("Library and reference")


EMERGENCY_PURPOSES = (Purpose.DUTY, Purpose.CITIZENS)


class CallableFrom(models.TextChoices):
    """From where a number can be called."""

    ANYWHERE = "anywhere", _("From anywhere")
    SENDING = "sending", _("Toll-free from the United States only")
    ABROAD = "abroad", _("From outside the United States")
    HOST = "host", _("From inside the host country only")
