"""The staff pages are for those who proved who they are with a second factor, a short while ago.

Elsewhere whoever did not is a visitor like any other. Public pages neither begin a session nor
write into one.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.sessions import Standing, is_background, is_for_script, note_activity, standing
from embassy.mission.fence import SIGN_IN_PAGES, STAFF_PAGES

AFTER_ENROLLING = "staff_next"  # where somebody was going who had to set up a factor first
SIGN_OUT = ("wagtailadmin_logout", "admin:logout")
OPEN = ("wagtailadmin_login", "admin:login")  # they only lead to sign-in


class StaffSessionMiddleware:
    """Keeps everybody out of the staff pages whose session is not worth it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        is_staff_page = path.startswith(STAFF_PAGES)
        if not is_staff_page and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        at = timezone.now()
        found = standing(request, at)
        is_ours = is_staff_page or path.startswith(SIGN_IN_PAGES)
        forget_what_is_worth_nothing(request, found, is_ours)
        if is_staff_page and found != Standing.GOOD and path not in map(reverse, OPEN):
            return turned_away(request, found)
        response = self.get_response(request)
        if is_ours and found == Standing.GOOD and request.user.is_authenticated:
            keep_alive(request, at)
        return response


def forget_what_is_worth_nothing(request: HttpRequest, found: Standing, is_ours: bool) -> None:
    """Make a visitor of whoever's session is over or not proven; pages of ours end it as well."""
    if found in (Standing.ENDED, Standing.UNPROVEN) and is_ours:
        logout(request)
    elif found not in (Standing.NOBODY, Standing.GOOD) and not is_ours:
        request.user = AnonymousUser()


def keep_alive(request: HttpRequest, at: datetime) -> None:
    """Write down that the session is in use, unless a script asked by itself."""
    if not is_background(request):
        note_activity(request.session, at)


def turned_away(request: HttpRequest, found: Standing) -> HttpResponse:
    """Lead a person to sign in, or to set up a factor; tell a script in plain words."""
    is_new = found == Standing.UNENROLLED
    goal = reverse("mfa_index" if is_new else "account_login")
    if is_for_script(request):
        words = _("Set up a second factor first.") if is_new else _("Sign in again.")
        answer = JsonResponse({"error": words, "sign_in": goal}, status=403 if is_new else 401)
    else:
        if is_new:
            request.session[AFTER_ENROLLING] = request.get_full_path()
        answer = HttpResponseRedirect(f"{goal}?{urlencode(query(request, found))}")
    add_never_cache_headers(answer)
    return answer


def query(request: HttpRequest, found: Standing) -> dict[str, str]:
    """Give what sign-in should know: where to go on, and that a session is over."""
    leaves = request.path_info in map(reverse, SIGN_OUT)
    words = {} if leaves else {"next": request.get_full_path()}
    return words | ({"ended": "1"} if found == Standing.ENDED else {})
