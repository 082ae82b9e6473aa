"""The whole advisory on one page: to print, to keep, or to hand to somebody without a network.

The advisory as it was last issued, the alerts in force, and the information about the country in
the reader's language, with whom to ask, all unfolded.
"""

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from advisories.models import CountryContact, CountryInfoPage, Issued, TravelAdvisoryPage
from advisories.models.issued import first_end, once_each
from embassy.facts import Facts, facts_of
from embassy.links.linked import look_up
from embassy.machines.public_data import read_only
from embassy.mission.homes import home_in
from embassy.models import ContactPoint, MissionSettings
from embassy.pages import open_to_all


@read_only
def whole(request: HttpRequest) -> HttpResponse:
    """Show the travel advisory with all that belongs to it; where none was issued, nothing."""
    site, mission = Site.find_for_request(request), MissionSettings.for_request(request)
    home = home_in(site, get_language()).specific
    page = home.route(request, ["travel-advisory"])[0].specific
    if not isinstance(page, TravelAdvisoryPage):
        raise Http404
    context = page.get_context(request)
    topics = topics_of(home, facts_of(mission))
    rows = Issued.objects.for_site(site).alerts().current().in_force(context["now"])
    alerts = once_each(rows.select_related("page", "issue").ending_first(), get_language())
    context |= {
        "topics": topics,
        "alerts": alerts,
        "first_end": first_end(alerts),
        "sections": sections_of(context["sections"], topics),
        "own_address": request.build_absolute_uri(request.path),
    }
    return TemplateResponse(request, "advisories/whole_advisory.html", context)


def topics_of(home, facts: Facts) -> list[tuple[CountryInfoPage, list[ContactPoint]]]:
    """Give what is said of the country in the reader's language, each with whom to ask."""
    pages = CountryInfoPage.objects.descendant_of(home).filter(locale__language_code=get_language())
    topics = list(open_to_all(pages).order_by("title"))
    look_up(*topics, known={ContactPoint: facts.contacts})
    rows = defaultdict(list)
    for row in CountryContact.objects.filter(page__in=topics).order_by("sort_order"):
        rows[row.page_id].append(row)
    return [(topic, facts.in_use(rows[topic.pk])) for topic in topics]


def sections_of(sections: list[dict], topics: list) -> list[dict]:
    """Give the list of contents: the alerts, the advisory's own sections, then the topics."""
    alerts = {"title": _("Alerts in force"), "anchor": "alerts"}
    further = [{"title": topic.title, "anchor": f"topic-{topic.pk}"} for topic, _rows in topics]
    return [alerts, *sections, *further]
