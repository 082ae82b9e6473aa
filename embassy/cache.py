"""All cache policy: what may be kept how long, and never longer than it stays true.

A public page may be kept by shared caches for a few seconds, and never past the next moment at
which anything on the site changes by itself (an alert ends, an office opens). Browsers ask again
each time and are answered 304. Whoever is signed in gets private pages.

All is reckoned from the moment a page was asked for, since it may show what was so then. nginx
counts in whole seconds and would keep a page for up to one more than it may, so it is told the
moment itself in X-Accel-Expires, which it does not pass on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from wagtail.models import Site

Moment = Callable[[Site, datetime], datetime | None]

_moments: list[Moment] = []


def moment_of_change(function: Moment) -> Moment:
    """Register a function that knows when something shown next changes; used in `moments.py`."""
    _moments.append(function)
    return function


def next_change(site: Site, at: datetime) -> datetime | None:
    """Give the next moment after `at` at which anything the site shows changes by itself."""
    known = [moment for function in _moments if (moment := function(site, at)) is not None]
    return min(known, default=None)


def ends_at(request: HttpRequest, moment: datetime | None) -> None:
    """Let the answer to a request be kept no longer than to a moment that no other page knows."""
    request._ends_at = moment


def browsers_keep(request: HttpRequest, seconds: int, private_seconds: int) -> None:
    """Let a browser show the answer again without asking; `private_seconds` what only it may have.

    For what never changes at its address. Who was given it may see it for so long once more.
    """
    request._browsers_keep = seconds, private_seconds


def readers_keep(request: HttpRequest, until: datetime | None = None) -> None:
    """Let a reader's device keep the page for when there is no network (see `offline.py`).

    `until` is when what it tells of ends. Said only of what is public and the same for everybody.
    """
    request._readers_keep = str(int(until.timestamp() * 1000)) if until else "yes"


def asked_each_time(request: HttpRequest) -> None:
    """Have browsers ask before each use, although shared caches keep it as they keep pages."""
    request._asked_each_time = True


def shared_seconds(site: Site | None, at: datetime, ends: datetime | None = None) -> int:
    """Give for how many whole seconds from `at` a shared cache may keep a page.

    `ends` is when this page changes, where that is earlier than when the site does.
    """
    limit = settings.SHARED_CACHE_SECONDS
    change = next_change(site, at) if site and limit else None
    known = [moment for moment in (change, ends) if moment is not None]
    if not known:
        return limit
    return max(0, min(limit, int((min(known) - at).total_seconds())))


class CacheMiddleware:
    """Says on every response how long it may be kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked_at = timezone.now()
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            set_policy(request, response, asked_at)
        return response


def set_policy(request: HttpRequest, response: HttpResponse, asked_at: datetime) -> None:
    """Give a response its policy: shared for a moment when public, private otherwise."""
    is_shared = (
        request.method in ("GET", "HEAD")
        and response.status_code in (200, 301, 302, 304, 404)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not response.cookies
    )
    seconds_here, private_seconds = getattr(request, "_browsers_keep", (0, 0))
    if not is_shared and private_seconds and response.status_code in (200, 304):
        patch_cache_control(response, private=True, max_age=private_seconds)
        return
    if not is_shared:
        patch_cache_control(response, private=True, no_store=True)
        return
    ends = getattr(request, "_ends_at", None)
    allowed = shared_seconds(Site.find_for_request(request), asked_at, ends)
    until = asked_at + timedelta(seconds=allowed)
    seconds = max(0, int((until - timezone.now()).total_seconds()))
    kept = {"max_age": seconds_here, "s_maxage": seconds, "must_revalidate": True}
    if getattr(request, "_asked_each_time", False):
        kept = {"no_cache": True}
    patch_cache_control(response, public=True, **kept)
    device_keeps = getattr(request, "_readers_keep", "")
    if device_keeps and settings.OFFLINE and response.status_code in (200, 304):
        response["Keep-Offline"] = device_keeps
    response["X-Accel-Expires"] = f"@{int(until.timestamp()) - 1}" if seconds else "0"
    drop_vary(response)


def drop_vary(response: HttpResponse) -> None:
    """Take Cookie and Accept-Language off Vary: neither changes what a visitor sees."""
    kept = [
        name.strip()
        for name in response.get("Vary", "").split(",")
        if name.strip() and name.strip().lower() not in ("cookie", "accept-language")
    ]
    if kept:
        response["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response["Vary"]
