"""Numbers and addresses that nobody has tried for long: whoever may change them is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Site

from embassy import approval
from embassy.mission.belonging import sites_of
from embassy.models import ContactPoint, MissionSettings
from embassy.upkeep import Owed, Part


def unverified(user, at: datetime) -> Part:
    """Give the contact points to try, those for emergencies first, then the longest untried."""
    rows = [
        Owed(named(contact), last_tried(contact), reverse(EDIT, args=[contact.pk]))
        for site in sites_of(user)
        if approval.has_right(user, site, "embassy", "change_contactpoint")
        for contact in to_try(site, at)
    ]
    return Part("numbers", _("Numbers and addresses to try"), rows)


def named(contact: ContactPoint) -> str:
    """Give a contact point's name with its number, which no line breaks."""
    return f"{contact.label} {contact.display.replace(' ', NO_BREAK)}"


NO_BREAK = "\u00a0"
EDIT = "wagtailsnippets_embassy_contactpoint:edit"


def to_try(site: Site, at: datetime):
    """Give a mission's contact points that nobody has tried for the days the settings allow."""
    clock = ZoneInfo(MissionSettings.for_site(site).time_zone)
    day = at.astimezone(clock).date() - timedelta(days=settings.CONTACT_TRIED_EVERY_DAYS)
    return ContactPoint.objects.for_site(site).in_use().not_tried_since(day)


def last_tried(contact: ContactPoint) -> str:
    """Say when a contact point was tried last."""
    if contact.last_verified_on is None:
        return _("nobody has tried it yet")
    day = date_format(contact.last_verified_on, "DATE_FORMAT")
    return _("tried last on %(day)s") % {"day": day}
