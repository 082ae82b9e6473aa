"""What happens to every request around its view."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import is_valid_path, reverse
from django.utils.translation import activate, get_language, get_language_from_request, override
from wagtail.models import Site

from embassy.facts import facts_of
from embassy.language.languages import PREFIX_FREE, with_prefix, without_prefix
from embassy.mission.fence import SIGN_IN_PAGES, STAFF_PAGES
from embassy.models import MissionSettings
from embassy.serving.refusals import no_mission

OFFICE = ("application/vnd.openxmlformats", "application/vnd.oasis.opendocument")
OF_THE_SERVER = (*STAFF_PAGES, SIGN_IN_PAGES, "/health/", "/robots.txt", "/favicon.ico")
OTHER_LANGUAGE = next(code for code, _name in settings.LANGUAGES if code != PREFIX_FREE)


class MissionLanguageMiddleware:
    """Leads a reader of a language the mission does not speak to the one it speaks first.

    English addresses have no prefix; a mission that speaks French first answers at /fr/, and its
    addresses without a prefix lead there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        target = elsewhere(request)
        return HttpResponseRedirect(target) if target else self.get_response(request)


class NoMissionMiddleware:
    """Says so where no mission answers at an address of this server."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_of_a_mission = not request.path_info.startswith(OF_THE_SERVER)
        if is_of_a_mission and Site.find_for_request(request) is None:
            return no_mission(request)
        return self.get_response(request)


class StaffLanguageMiddleware:
    """Speaks the browser's language in the staff pages, whose addresses name none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith((*STAFF_PAGES, SIGN_IN_PAGES)):
            activate(get_language_from_request(request))
            request.LANGUAGE_CODE = get_language()
        return self.get_response(request)


class StaffAreasMiddleware:
    """Tells whoever may not edit content, and is signed in, where their own pages are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_turned_away(request, response):
            return response
        list(get_messages(request))  # Wagtail's own, which would come up on another page
        return render(request, "embassy/no_content.html", status=403)


class PackingMiddleware(GZipMiddleware):
    """Packs what is sent, but not what is packed already: pictures, PDFs, office files."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave a file as it is."""
        kind = response.get("Content-Type", "")
        if kind.startswith("image/") and not kind.startswith("image/svg"):
            return response
        if kind == "application/pdf" or kind.startswith(OFFICE):
            return response
        return super().process_response(request, response)


class StaffPolicyMiddleware:
    """Allows the Wagtail admin, and nothing else, the inline scripts and styles it is made with."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            inline = ["'unsafe-inline'"]
            response._csp_update = {"script-src": inline, "style-src": inline}
        return response


def is_turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the Wagtail admin sends somebody to sign in who has done so already."""
    if not request.path_info.startswith("/admin/") or request.user.is_anonymous:
        return False
    if request.user.has_perm("wagtailadmin.access_admin"):
        return False
    sign_in = reverse("wagtailadmin_login")
    is_sent_there = response.headers.get("Location", "").startswith(sign_in)
    return is_sent_there or (request.path == sign_in and request.method == "GET")


def elsewhere(request: HttpRequest) -> str:
    """Give the address to go to instead, or nothing to stay."""
    path = without_prefix(request.path_info)
    if request.method not in ("GET", "HEAD") or not is_per_language(path):
        return ""
    mission = MissionSettings.for_request(request)
    if mission is not None:
        facts_of(mission)  # first of all, so that what follows knows of new sites
    if mission is None or not mission.languages or get_language() in mission.languages:
        return ""
    query = request.META.get("QUERY_STRING", "")
    target = with_prefix(path, mission.first_language)
    return f"{target}?{query}" if query else target


def is_per_language(path: str) -> bool:
    """Whether an address exists once per language (pages) rather than once (files, staff)."""
    with override(PREFIX_FREE):
        if not is_valid_path(path):
            return False
    with override(OTHER_LANGUAGE):
        return not is_valid_path(path)
