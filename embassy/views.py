"""The shared views: leaving-site notice, and the files robots and researchers ask for."""

from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.views import authenticate_with_password, serve

from embassy.links.leaving import host_in_letters, target_of
from embassy.machines.public_data import read_only
from embassy.machines.security_txt import lines_of
from embassy.mission.belonging import site_of
from embassy.mission.fence import STAFF_PAGES
from embassy.mission.homes import home_in
from embassy.models import MissionSettings
from embassy.search.results import read_ahead
from embassy.serving.missing import in_other_languages


@read_only
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page of the mission; Wagtail's own way asks more of the database to find home."""
    site = Site.find_for_request(request)
    if site is not None:
        home = home_in(site, get_language())
        try:
            found = home.specific.route(request, [part for part in path.split("/") if part])
        except Http404:
            found = None
        request._wagtail_route_for_request = found
    return serve(request, path)


def unlock(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Ask for the password of a page of this mission; of no other there is anything to open."""
    locked = get_object_or_404(Page.objects.live(), pk=page_id)
    by_password = PageViewRestriction.objects.filter(restriction_type=PageViewRestriction.PASSWORD)
    restriction = get_object_or_404(by_password.select_related("page"), pk=page_view_restriction_id)
    is_ours = site_of(locked) == Site.find_for_request(request)
    if not is_ours or not locked.path.startswith(restriction.page.path):
        raise Http404
    return authenticate_with_password(request, page_view_restriction_id, page_id)


@read_only
def leaving(request: HttpRequest) -> HttpResponse:
    """Say that the reader is about to leave, and where to; a forged target is not found."""
    target = target_of(request.GET.get("to", ""))
    if not target:
        raise Http404
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("wagtail_serve", args=[""])
    context = {"target": target, "host": target.split("/")[2], "back": back}
    context["in_letters"] = host_in_letters(target)
    response = TemplateResponse(request, "embassy/leaving.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Say what robots may read."""
    site_map = request.build_absolute_uri(reverse("django.contrib.sitemaps.views.sitemap"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /django-admin/",
        "Disallow: /search/",
        "Disallow: /leaving/",
        *(f"Disallow: /{code}/search/" for code, _n in settings.LANGUAGES[1:]),
        *(f"Disallow: /{code}/leaving/" for code, _n in settings.LANGUAGES[1:]),
        f"Sitemap: {site_map}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@read_only
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116)."""
    mission = MissionSettings.for_request(request)
    if mission is None:
        raise Http404
    lines = lines_of(mission, request.get_host(), request.path, timezone.now())
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@read_only
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@read_only
def icon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the icon at its customary address to the drawn one."""
    kept = {"Cache-Control": "public, max-age=86400"}
    return HttpResponseRedirect(static("img/favicon.svg"), headers=kept)


class PageSitemap(Sitemap):
    """Every public page of the mission, in each of its languages."""

    def items(self):
        """Give the public pages below every language's home."""
        site = self.get_wagtail_site()
        homes = site.root_page.get_translations(inclusive=True).live()
        trees = Page.objects.none()
        for home in homes:
            trees = trees | Page.objects.descendant_of(home, inclusive=True)
        return trees.live().public().order_by("path").defer_streamfields().specific()

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        """Give the entries of a part of the pages, with what their lists read ahead."""
        found = list(self.paginator.page(page).object_list)
        read_ahead(found)
        return [entry for one in found for entry in one.get_sitemap_urls(self.request)]


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """Say that there is no such page, where it is in another language, and the ways on."""
    if request.path_info.startswith(STAFF_PAGES) and request.user.is_authenticated:
        return not_found_by_staff(request)
    request._elsewhere = in_other_languages(request)
    translated = [code for code, other in request._elsewhere.items() if other.is_the_page]
    return render(request, "404.html", {"translated": translated}, status=404)


def not_found_by_staff(request: HttpRequest) -> HttpResponse:
    """Say it in the staff pages, with the way back into them."""
    if request.path_info.startswith("/django-admin/"):
        names = {"site_title": admin.site.site_title, "site_header": admin.site.site_header}
        allowed = {"has_permission": admin.site.has_permission(request)}
        return render(request, "admin/404.html", names | allowed, status=404)
    return render(request, "wagtailadmin/404.html", status=404)
