"""The clock of the staff pages: that of an account's mission, unless it has chosen another.

Wagtail and Django write times on the clock that is active, which otherwise would be the server's.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.users.models import UserProfile

from embassy.mission.fence import STAFF_PAGES
from embassy.models import MissionSettings


class StaffClockMiddleware:
    """Puts the staff pages on the clock of whoever is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_for_staff = request.path_info.startswith(STAFF_PAGES)
        zone = zone_of(request.user) if is_for_staff and request.user.is_authenticated else ""
        if not zone:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)


def zone_of(user: AbstractBaseUser) -> str:
    """Give the zone that an account has chosen, or else its mission's; neither is stored here.

    Wagtail asks the account's profile, so the mission's zone is written into the one in memory.
    """
    profile = getattr(user, "wagtail_userprofile", None)
    if profile and profile.current_time_zone:
        return profile.current_time_zone
    zone = MissionSettings.objects.filter(site=user.mission_id).values_list("time_zone", flat=True)
    zone = zone.first() if user.mission_id else None
    if zone is None:
        return ""
    user.wagtail_userprofile = profile or UserProfile(user=user)
    user.wagtail_userprofile.current_time_zone = zone
    return zone
