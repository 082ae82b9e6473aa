"""A screen of the staff pages, asked as somebody who is signed in."""

from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from embassy.fence import FenceMiddleware
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
    request = browser.get(address) if data is None else browser.post(address, data)
    request.user, request.session = by, {}
    request._messages = Unread(request)
    request._dont_enforce_csrf_checks = True
    return request


def posted(by: User, address: str, data: dict) -> HttpResponse:
    """Post a form to a screen, past the fence between missions; refuses whom it does not let in."""
    request = request_of(by, address, data)
    request.resolver_match = match = resolve(address)
    FenceMiddleware(None).process_view(request, *match)
    answer = match.func(request, *match.args, **match.kwargs)
    if answer.status_code in (401, 403, 404) or "login" in answer.get("Location", ""):
        raise PermissionDenied
    return answer


def refuse_unless(done: bool) -> None:
    """Say that it was not done: a screen refuses in a sentence, or asks a second person."""
    if not done:
        raise PermissionDenied
