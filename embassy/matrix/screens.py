"""The screens of the staff pages, asked as somebody who is signed in."""

from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import resolve

from embassy.mission.fence import FenceMiddleware
from embassy.models import User


class Unread(BaseStorage):
    """Takes what a screen tells, and keeps none of it."""

    def _get(self, *args, **kwargs) -> tuple[list, bool]:
        return [], True

    def _store(self, messages, response, *args, **kwargs) -> list:
        return []


def request_of(by: User, address: str, data: dict | None = None) -> HttpRequest:
    """Give what a browser asks in which somebody is signed in, with all proofs."""
    browser = RequestFactory()
    return signed_in(by, browser.get(address) if data is None else browser.post(address, data))


def signed_in(by: User, request: HttpRequest) -> HttpRequest:
    """Give a request as one of somebody's."""
    request.user, request.session = by, {}
    request._messages = Unread(request)
    request._dont_enforce_csrf_checks = True
    return request


def posted(by: User, address: str, data: dict) -> HttpResponse:
    """Post a form to a screen, past the fence between missions; refuses whom it does not let in."""
    return answered(request_of(by, address, data))


def stored(by: User, address: str, value: str, headers: dict[str, str]) -> HttpResponse:
    """Store one value as an editor's script does; refuses whom it does not let in."""
    body = encode_multipart(BOUNDARY, {"value": value})
    browser = RequestFactory()
    request = browser.put(address, body, content_type=MULTIPART_CONTENT, headers=headers)
    return answered(signed_in(by, request))


def put_away(by: User, address: str, headers: dict[str, str]) -> HttpResponse:
    """Take a value away as an editor's script does; refuses whom it does not let in."""
    return answered(signed_in(by, RequestFactory().delete(address, headers=headers)))


def answered(request: HttpRequest) -> HttpResponse:
    """Give a screen's answer, past the fence between missions; refuses whom it does not let in."""
    request.resolver_match = match = resolve(request.path_info)
    FenceMiddleware(None).process_view(request, *match)
    answer = match.func(request, *match.args, **match.kwargs)
    if answer.status_code in (401, 403, 404) or "login" in answer.get("Location", ""):
        raise PermissionDenied
    return answer
