"""A request of the walk between missions, and the fence by itself, which judges most of them."""

from collections.abc import Callable
from dataclasses import dataclass
from unittest.mock import patch
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from embassy.mission import fence
from embassy.mission.belonging import sites_of
from tests.embassy.neighbors import OURS

HOST = "localhost"
URLENCODED = "application/x-www-form-urlencoded"


def streams_of(model: type) -> list[StreamField]:
    """Give the stream fields of a model; a form without them breaks off before it is checked."""
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


STREAMS = {field.name for model in get_page_models() for field in streams_of(model)}
FORM = {
    **{f"{name}-count": "0" for name in sorted(STREAMS)},
    "title": "x",
    "slug": "x-y-z",
    "new_title": "x",
    "new_slug": "x-y-z",
    "new_parent_page": OURS,
    "external-link-chooser-url": "https://example.org/",
    "copy_subpages": "on",
    "action": "delete_selected",
    "is_superuser": "on",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


@dataclass(frozen=True)
class Asked:
    """A request: an address, what stands in its query, and what is posted, if anything is."""

    address: str
    query: dict
    form: dict | None = None
    is_whole: bool = False  # else what many forms ask for is added

    def __str__(self) -> str:
        if self.form is None:
            return f"GET {self.address} {self.query}"
        return f"POST {self.address} {self.query} {self.form}"

    def full_address(self) -> str:
        """Give the address with its query."""
        return f"{self.address}?{urlencode(self.query)}" if self.query else self.address

    def through(self, browser: RequestFactory):
        """Send it: what a browser gives is an answer, what a factory gives is the request."""
        if self.form is None:
            return browser.get(self.address, self.query)
        form = urlencode(self.form if self.is_whole else FORM | self.form, doseq=True)
        return browser.post(self.address, form, URLENCODED, query_params=self.query)


class FenceAlone:
    """The fence without the rest of the way to a screen: the same code, fifty times faster.

    It asks what missions somebody works for and never which role they have there, so that what it
    judged for one colleague holds for all: it is asked once about the same request, and asks the
    database once about the same ids. The walk undoes all it does.
    """

    def __init__(self, user):
        self.user = user
        self.factory = RequestFactory(HTTP_HOST=HOST)
        self.routes: dict[str, str] = {}
        self.answers: dict[tuple, bool] = {}
        self.seen: set[str] = set()  # routes on which it was seen to turn away a real request

    def is_the_same_for(self, user) -> bool:
        """Whether what was judged for one account holds for another."""
        return sites_of(user) == sites_of(self.user) and not user.is_superuser

    def turns_away(self, asked: Asked) -> str:
        """Give the route on which the fence turns a request away; nothing if it lets it through."""
        key = str(asked)
        if key not in self.routes:
            self.routes[key] = self.judge(asked)
        return self.routes[key]

    def judge(self, asked: Asked) -> str:
        """Show a request to the fence."""
        request: HttpRequest = asked.through(self.factory)
        request.user = self.user
        try:
            request.resolver_match = match = resolve(request.path_info)
        except Resolver404:
            return ""
        try:
            with (
                patch.object(fence, "is_foreign", self.remembering(fence.is_foreign)),
                patch.object(fence, "is_no_page", self.remembering(fence.is_no_page)),
            ):
                fence.FenceMiddleware(None).process_view(request, *match)
        except Http404:
            return match.route
        return ""

    def remembering(self, question: Callable[..., bool]) -> Callable[..., bool]:
        """Give a question that is asked once for the same model and ids."""

        def remembered(*asked) -> bool:
            """Give the answer of the first time."""
            key = (question.__name__, *map(str, asked[:2]))  # whoever asks
            if key not in self.answers:
                self.answers[key] = question(*asked)
            return self.answers[key]

        return remembered
