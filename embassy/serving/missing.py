"""Where nothing was found: the other languages in which the page exists, or else their homes."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, override
from wagtail.models import Page, Site

from embassy.language.languages import with_prefix, without_prefix
from embassy.mission.homes import home_in
from embassy.models import MissionSettings
from embassy.serving.middleware import is_per_language


@dataclass(frozen=True)
class Elsewhere:
    """An address in another language, and whether it is that of the page asked for."""

    url: str
    is_the_page: bool


def in_other_languages(request: HttpRequest) -> dict[str, Elsewhere]:
    """Give for each other language of the mission where its readers go on; none without a home."""
    site, mission = Site.find_for_request(request), MissionSettings.for_request(request)
    if site is None or mission is None:
        return {}
    path = without_prefix(request.path)
    found = {}
    for code in mission.languages:
        if code == get_language():
            continue
        with override(code):
            home = home_in(site, code).specific
            is_the_page = is_per_language(path) and is_found(request, home, path)
        if is_the_page:
            found[code] = Elsewhere(with_prefix(path, code), True)
        elif mission.has_home_in(code, home):
            found[code] = Elsewhere(with_prefix("/", code), False)
    return found


def is_found(request: HttpRequest, home: Page, path: str) -> bool:
    """Whether everybody may read a page below a home page, in the active language."""
    own_home = getattr(request, "_home", None)
    try:
        page = home.route(request, [part for part in path.split("/") if part])[0]
    except (Http404, ValueError):  # PostgreSQL knows no NUL
        return False
    finally:
        request._home = own_home
    return page.live and not page.get_view_restrictions().exists()
