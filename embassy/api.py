"""The read-only JSON API: one description (openapi.json), resources from each app's own `api.py`.

The version stands in the address; within it fields are added, never changed or taken away. Nothing
depends on who asks or on the browser's language: what a mission says in several languages is given
in all of them, and pages, which are each in one, are asked for by `?language=`.
"""

from collections.abc import Callable
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.module_loading import autodiscover_modules
from ninja import Field, NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from wagtail.models import Site
from wagtail.utils.urlpatterns import decorate_urlpatterns

from embassy.machines.public_data import AS_WRITTEN, SCHEMA_VERSION, asked_of, public_data
from embassy.models import MissionSettings
from embassy.pages import open_to_all

MOST, USUAL, FARTHEST = 100, 20, 1_000_000
NOTHING = "There is nothing public under this id."


class Renderer(JSONRenderer):
    """Writes answers as all public data is written: letters as they are, without spaces between."""

    json_dumps_params = AS_WRITTEN


api = NinjaAPI(
    renderer=Renderer(),
    title="Chancery",
    version=f"{SCHEMA_VERSION}.0",
    description=(
        "Offices, officials, fact sheets, news and warnings of one mission, as its site shows"
        " them. Read only, without keys, from any website. Poll with If-None-Match."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)

Item = TypeVar("Item")
ByLanguage = dict[str, str]


class Fault(Schema):
    """What was wrong with a request, in one sentence."""

    error: str


class Listing(Schema, Generic[Item]):
    """One window of a list: how many there are in all, and where the next ones are."""

    schema_version: int
    count: int
    limit: int
    offset: int
    next: str | None
    previous: str | None
    items: list[Item]


class Window(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="How many to leave out first.")


class PagesWindow(Window):
    """Which pages are asked for: those in one language."""

    language: str = Field("", description="A language's code; empty means the mission's first.")


FAULTS = {400: Fault, 404: Fault}


def resource(name: str, title: str) -> Router:
    """Give the router of a resource; used in the `api.py` of an app."""
    router = Router(tags=[title])
    api.add_router(f"/{name}", router)
    return router


def described(kind: type[Schema]) -> dict:
    """Give the answers of an operation: what it is for, or a fault."""
    return {200: kind, **FAULTS}


def window_of(
    request: HttpRequest, rows: QuerySet, window: Window, make: Callable[[list], list[dict]]
) -> dict:
    """Give the part of a list that is asked for; `make` turns rows into data, all at once."""
    count = rows.count()
    start, end = window.offset, window.offset + window.limit
    return {
        "schema_version": SCHEMA_VERSION,
        "count": count,
        "limit": window.limit,
        "offset": start,
        "next": elsewhere(request, window, end) if end < count else None,
        "previous": elsewhere(request, window, max(0, start - window.limit)) if start else None,
        "items": make(list(rows[start:end])),
    }


def elsewhere(request: HttpRequest, window: Window, offset: int) -> str:
    """Give the address of another part of the same list."""
    asked = {**window.dict(exclude_defaults=True), "offset": offset, "limit": window.limit}
    return request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")


def one_of(rows: QuerySet, key: int) -> list:
    """Give the one row with an id, as a list; there may be nothing public under it."""
    found = list(rows.filter(pk=key)[:1])
    if not found:
        raise Http404
    return found


def pages_of(model: type[Model], request: HttpRequest, language: str | None = None) -> QuerySet:
    """Give a mission's public pages of a type: all, or those in a language ("" for the first)."""
    site, mission = asked_of(request)
    spoken = list(mission.languages or [mission.first_language])
    if language is not None:
        spoken = [language_of(mission, language)]
    homes = site.root_page.get_translations(inclusive=True)
    below = Q(pk__in=[])
    for tree in homes.filter(locale__language_code__in=spoken).values_list("path", flat=True):
        below |= Q(path__startswith=tree)
    return open_to_all(model.objects.filter(below)).select_related("locale")


def language_of(mission: MissionSettings, asked: str) -> str:
    """Give the language asked for; one the mission does not publish in is a fault."""
    spoken = mission.languages or [mission.first_language]
    if asked and asked not in spoken:
        known = ", ".join(spoken)
        raise HttpError(400, f"This mission does not publish in “{asked}”, but in: {known}.")
    return asked or mission.first_language


def page_data(page: Model, request: HttpRequest) -> dict:
    """Give what every page is."""
    return {
        "id": page.pk,
        "language": page.locale.language_code,
        "title": page.title,
        "summary": page.summary,
        "url": request.build_absolute_uri(page.url),
    }


class PageOut(Schema):
    """What every page is."""

    id: int
    language: str
    title: str
    summary: str
    url: str


def texts_of(texts: dict) -> ByLanguage:
    """Give a short text in each of its languages."""
    return {language: text for language, text in texts.items() if text}


def fault(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer with a sentence."""
    return api.create_response(request, {"error": sentence}, status=status)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameter is wrong, and how."""
    first = error.errors[0]
    name, message = first["loc"][-1], first["msg"].removeprefix("Input ")
    return fault(request, 400, f"The parameter “{name}” {message}.")


@api.exception_handler(Http404)
def nothing_there(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that nothing public has this id: what is not public is not even there."""
    return fault(request, 404, NOTHING)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say why."""
    return fault(request, error.status_code, str(error))


def no_resource(request: HttpRequest) -> HttpResponse:
    """Say that there is no such resource."""
    return fault(request, 404, "There is no such resource. See openapi.json.")


def mission_site(request: HttpRequest) -> Site:
    """Give the mission a request is for."""
    return asked_of(request)[0]


def addresses() -> list[URLPattern]:
    """Give the addresses of the API, with what every app offers."""
    autodiscover_modules("api")
    below, app_name, namespace = api.urls
    found = decorate_urlpatterns(below, public_data)
    nothing = public_data(no_resource)
    return [
        path(f"v{SCHEMA_VERSION}/", nothing),
        path(f"v{SCHEMA_VERSION}/", (found, app_name, namespace)),
        re_path(r"^", nothing),
    ]
