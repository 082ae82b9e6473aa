"""The fixed words of warnings: levels and the enumerations of the Common Alerting Protocol 1.2."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Travel advisory levels, in use since January 10, 2018."""

    NORMAL = 1, _("Exercise Normal Precautions")
    INCREASED = 2, _("Exercise Increased Caution")
    RECONSIDER = 3, _("Reconsider Travel")
    DO_NOT = 4, _("Do Not Travel")


class Urgency(models.TextChoices):
    """How soon to act (CAP urgency)."""

    IMMEDIATE = "Immediate", _("Act now")
    EXPECTED = "Expected", _("Act within the hour")
    FUTURE = "Future", _("Act in the near future")
    PAST = "Past", _("No longer required")
    UNKNOWN = "Unknown", _("Not known")


class Severity(models.TextChoices):
    """How grave it is (CAP severity)."""

    EXTREME = "Extreme", _("Extraordinary threat")
    SEVERE = "Severe", _("Significant threat")
    MODERATE = "Moderate", _("Possible threat")
    MINOR = "Minor", _("Minimal threat")
    UNKNOWN = "Unknown", _("Not known")


class Certainty(models.TextChoices):
    """How sure it is (CAP certainty)."""

    OBSERVED = "Observed", _("Has happened or is going on")
    LIKELY = "Likely", _("Likely")
    POSSIBLE = "Possible", _("Possible")
    UNLIKELY = "Unlikely", _("Unlikely")
    UNKNOWN = "Unknown", _("Not known")


class Category(models.TextChoices):
    """What it is about (CAP category)."""

    GEO = "Geo", _("Earth and ground")
    MET = "Met", _("Weather and floods")
    SAFETY = "Safety", _("Public safety")
    SECURITY = "Security", _("Security")
    RESCUE = "Rescue", _("Rescue and recovery")
    FIRE = "Fire", _("Fire")
    HEALTH = "Health", _("Health")
    ENV = "Env", _("Environment")
    TRANSPORT = "Transport", _("Transport")
    INFRA = "Infra", _("Services and networks")
    CBRNE = "CBRNE", _("Chemical, biological, radiological, nuclear, explosive")
    OTHER = "Other", _("Other")


class ResponseType(models.TextChoices):
    """What people should do (CAP responseType)."""

    SHELTER = "Shelter", _("Take shelter")
    EVACUATE = "Evacuate", _("Leave the area")
    PREPARE = "Prepare", _("Prepare")
    EXECUTE = "Execute", _("Do as planned beforehand")
    AVOID = "Avoid", _("Avoid the area")
    MONITOR = "Monitor", _("Follow the news")
    ASSESS = "Assess", _("Judge for yourself")
    ALL_CLEAR = "AllClear", _("The danger is over")
    NONE = "None", _("Nothing to do")


ALERT_BLOCKS = [
    ("location", _("Location")),
    ("event", _("Event")),
    ("actions", _("Actions to take")),
    ("assistance", _("Assistance")),
]
