"""What the staff's screens of a warning ask: what its words would say, and times on its clock."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Site

from advisories.composer import checks_of, composed
from advisories.models import Clearance, Issue
from advisories.readiness import Check
from advisories.vocabulary import drill_word
from embassy.clock import clocks
from embassy.mission.belonging import site_of
from embassy.models import MissionSettings

register = template.Library()


def clearance_of(words) -> Clearance:
    """Give where a warning's words stand; nothing is stored for one that was never saved."""
    kept = Clearance.objects.filter(page_id=words.pk).first() if words.pk else None
    return kept or Clearance(site=site_of(words), page_id=words.pk)


@register.simple_tag
def composed_now(words) -> dict:
    """Give the checklist and every face of words that may not be stored yet."""
    return composed(words, clearance_of(words), timezone.now())


@register.simple_tag
def checks_now(words) -> list[Check]:
    """Give the checklist of words alone."""
    return checks_of(words, clearance_of(words), timezone.now())


@register.simple_tag
def is_locked(words, user) -> bool:
    """Tell whether a warning's words cannot be changed now by who reads them."""
    lock = words.get_lock()
    return lock is not None and lock.for_user(user)


@register.filter
def drill(status: str) -> SafeString:
    """Mark what is no real warning, in front of its headline."""
    word = drill_word(status)
    return format_html('<span class="w-status">{}</span> ', word) if word else mark_safe("")


@register.filter
def mission_name(site: Site) -> str:
    """Give what a mission is called."""
    return str(MissionSettings.for_site(site).name)


@register.filter
def sent_in_words(issue: Issue, site: Site) -> str:
    """Write when something of a mission was issued, on the clock it was issued on, and name it."""
    zone = issue.zone or MissionSettings.for_site(site).time_zone
    return clocks.in_words(issue.sent, zone)


@register.filter
def on_clock_of(moment: datetime | None, site: Site) -> str:
    """Write a moment on the clock of a mission, and name it."""
    return clocks.in_words(moment, MissionSettings.for_site(site).time_zone) if moment else ""
