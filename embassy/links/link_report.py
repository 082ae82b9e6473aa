"""The report of broken links: those of the user’s missions, each leading to its page’s editor."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import ModelLogEntry, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from embassy.clock import clocks
from embassy.links.link_check import CHECKED
from embassy.mission.belonging import sites_of
from embassy.models import LinkProblem, MissionSettings

ON_A_PAGE = 50


def may_see(user) -> bool:
    """Whether somebody edits pages, and so can mend their links."""
    return PagePermissionPolicy().user_has_any_permission(user, ["change", "publish"])


def broken_links_of(user):
    """Give the broken links in the missions an account works for; none to who edits no page."""
    sites = sites_of(user) if may_see(user) else []
    return LinkProblem.objects.filter(site__in=sites)


def report(request: HttpRequest) -> HttpResponse:
    """List them, page by page."""
    if not may_see(request.user):
        raise PermissionDenied
    rows = broken_links_of(request.user).in_order()
    if request.GET.get("where") in ("here", "elsewhere"):
        rows = rows.filter(is_external=request.GET["where"] == "elsewhere")
    part = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "part": part,
        "where": request.GET.get("where", ""),
        "checks": last_checks(sites_of(request.user)),
    }
    return TemplateResponse(request, "embassy/broken_links.html", context)


def last_checks(sites: list[Site]) -> list[dict]:
    """Give the last check of each mission, where there was one, on the mission's clock."""
    kind = ContentType.objects.get_for_model(Site)
    named = {str(site.pk): MissionSettings.for_site(site) for site in sites}
    entries = ModelLogEntry.objects.filter(content_type=kind, action=CHECKED, object_id__in=named)
    last = entries.order_by("object_id", "-timestamp").distinct("object_id")
    return [
        {
            "mission": named[entry.object_id].name,
            "when": clocks.in_words(entry.timestamp, named[entry.object_id].time_zone),
            "links": entry.data["links"],
            "pages": entry.data["pages"],
        }
        for entry in last
    ]
