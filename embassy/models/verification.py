"""When a fact was last tried: never on a day that has not come yet on the mission's clock."""

from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from embassy.models.mission import MissionSettings


def today_of(site_id: int | None) -> date:
    """Give the day it is on a mission's clock."""
    zones = MissionSettings.objects.filter(site=site_id).values_list("time_zone", flat=True)
    return timezone.now().astimezone(ZoneInfo(zones.first() or "UTC")).date()


def refuse_days_to_come(day: date | None, site_id: int | None) -> None:
    """Refuse a verification that lies ahead, at its field."""
    if day is None or day <= (today := today_of(site_id)):
        return
    sentence = _("Choose today or an earlier day. By the mission’s clock it is %(today)s.")
    words = {"today": formats.date_format(today, "DATE_FORMAT")}
    raise ValidationError({"last_verified_on": ValidationError(sentence, params=words)})
