"""Pages that moved: their old addresses lead on, in every language, within their mission.

Wagtail writes a redirect for the mission whenever a published page's address changes.
"""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import get_language
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from embassy.language.languages import PREFIX_FREE
from embassy.links.linked import address_of
from embassy.mission.fence import STAFF_PAGES


class MovedPagesMiddleware(MiddlewareMixin):
    """Leads from the old address of a page that moved to its new one."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Look for the new address only when nothing was found at the old one."""
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if request.path_info.startswith(STAFF_PAGES):  # where no page for readers ever stood
            return response
        site = Site.find_for_request(request)
        target = new_address(request.path, site) if site else ""
        return HttpResponsePermanentRedirect(target) if target else response


def new_address(path: str, site: Site) -> str:
    """Give where a page of a mission went that stood at a path, or nothing."""
    if "\0" in path:
        return ""
    page = moved_from(path, site)
    prefix = f"/{get_language()}/"
    if page is None and get_language() != PREFIX_FREE and path.startswith(prefix):
        page = moved_from(path[len(prefix) - 1 :], site)
        if page is None or not page.specific_class.in_all_languages:
            return ""
    address = address_of(page)
    return address if address != path else ""


def moved_from(path: str, site: Site) -> Page | None:
    """Give the published page that stood at a path of a mission."""
    rows = Redirect.objects.filter(site=site, old_path=Redirect.normalise_path(path))
    row = rows.select_related("redirect_page__locale").first()
    page = row.redirect_page if row else None
    return page if page is not None and page.live else None
