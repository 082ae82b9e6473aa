"""The manners of public data, the same for every feed, file and answer that machines read.

* GET and HEAD, and OPTIONS for browsers that ask first; anything else is a 405.
* Every website may read it, without cookies: whoever is signed in is given what everybody is.
* An ETag of the very bytes, and 304 for who has them. No Last-Modified where anything changes by
  the clock: two changes can fall into one second, and who asks by date would keep the first.
* What fails is a 5xx that says so in one sentence, never an empty answer that reads like “none”.

How long it may be kept is `cache.py`'s to say, as for pages.
"""

import json
from collections.abc import Callable
from functools import wraps

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from embassy.models import MissionSettings

SCHEMA_VERSION = 1
AS_WRITTEN = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
"""What readers may rely on: within a version fields are added, never changed or taken away."""

ALLOWED = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse]


class PublicDataMiddleware:
    """Lets every website read public data; outside of what makes a 304, which needs it too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_public_data", False):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag"
        return response


def public_data(view: View) -> View:
    """Give a view the manners of public data."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.is_public_data = True
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            sentence = _("This can only be read: ask for it with GET.")
            return told(405, sentence, Allow=ALLOWED)
        response = read(view, request, *args, **kwargs)
        return with_validators(request, response) if response.status_code == 200 else response

    return answer


def read_only(view: View) -> View:
    """Refuse anything but reading with a sentence, also from other sites: nothing is written."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        return told(405, _("This can only be read: ask for it with GET."), Allow="GET, HEAD")

    return answer


def read(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """Ask a view for what HEAD and GET share; what it does not catch becomes a status."""
    asked = request.method
    request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return told(404, _("There is nothing at this address."))
    except Exception as error:
        response = told(500, _("This cannot be read at the moment. Try again in a minute."))
        log_response(
            "Public data failed: %s", request.path, response=response, request=request,
            exception=error,
        )  # fmt: skip
        return response
    finally:
        request.method = asked


def with_validators(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add the ETag, and answer 304 to who has these bytes."""
    set_response_etag(response)
    dated = response.get("Last-Modified")
    return get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=parse_http_date_safe(dated) if dated else None,
        response=response,
    )


def preflight() -> HttpResponse:
    """Answer a browser that asks whether another website may read."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": ALLOWED,
            "Access-Control-Allow-Methods": ALLOWED,
            "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def told(status: int, sentence: str, **headers: str) -> HttpResponse:
    """Give a status with one sentence."""
    content_type = "text/plain; charset=utf-8"
    return HttpResponse(f"{sentence}\n", status=status, content_type=content_type, headers=headers)


def json_response(data: dict, content_type: str = "application/json") -> HttpResponse:
    """Give data as JSON; what JSON cannot hold is an error."""
    text = json.dumps(data, cls=DjangoJSONEncoder, **AS_WRITTEN)
    return HttpResponse(text, content_type=content_type)


def asked_of(request: HttpRequest) -> tuple[Site, MissionSettings]:
    """Give the mission a request is for; without one there is nothing."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site, MissionSettings.for_site(site)


def tag(site: Site, name: str) -> str:
    """Give a name that never changes, as RFC 4151 writes it."""
    return f"tag:{site.hostname},2026:{name}"
