"""The feed of a mission's news and announced events, in the reader's language."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from embassy.clock.clocks import in_words
from embassy.machines.public_data import tag
from embassy.models import MissionSettings
from embassy.pages import open_to_all
from relations.models import EventPage, NewsPage

ITEMS = 50


class NewsFeed(Feed):
    """The latest news and events of the mission a request is for."""

    feed_type = Atom1Feed

    def __call__(self, request, *args, **kwargs) -> HttpResponse:
        """Leave out the date of the latest entry: it does not tell that one was withdrawn."""
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        return response

    def get_object(self, request) -> dict:
        """Find the mission, its clock and its home in the reader's language."""
        site = Site.find_for_request(request)
        locale = Locale.objects.get_for_language(get_language())
        homes = site.root_page.get_translations(inclusive=True)
        mission = MissionSettings.for_site(site)
        return {
            "request": request,
            "site": site,
            "mission": mission,
            "home": homes.filter(locale=locale).first() or site.root_page,
            "zone": ZoneInfo(mission.time_zone),
        }

    def title(self, obj: dict) -> str:
        """Name the mission."""
        return _("News of the %(mission)s") % {"mission": obj["mission"].name}

    def link(self, obj: dict) -> str:
        """Lead to the home page."""
        return obj["home"].get_full_url(obj["request"]) or "/"

    def feed_guid(self, obj: dict) -> str:
        """Name the feed the same whatever address it is read at."""
        return tag(obj["site"], f"news/{get_language()}")

    def items(self, obj: dict) -> list[dict]:
        """Give the latest news and events."""
        news = open_to_all(NewsPage.objects.descendant_of(obj["home"])).latest_first()[:ITEMS]
        events = open_to_all(EventPage.objects.descendant_of(obj["home"]))
        pages = [*news, *events.order_by("-first_published_at")[:ITEMS]]
        entries = [{"page": page, "dated": dated(page, obj["zone"]), **obj} for page in pages]
        return sorted(entries, key=lambda entry: entry["dated"], reverse=True)[:ITEMS]

    def item_guid(self, item: dict) -> str:
        """Name an entry the same for as long as its page exists."""
        return tag(item["site"], f"page/{item['page'].pk}")

    def item_title(self, item: dict) -> str:
        """Give the title."""
        return item["page"].title

    def item_description(self, item: dict) -> str:
        """Give the summary; feeds take it for HTML."""
        page = item["page"]
        if isinstance(page, EventPage):
            return escape(" ".join(filter(None, [when_and_where(page), page.summary])))
        return escape(page.summary)

    def item_link(self, item: dict) -> str:
        """Lead to the page."""
        return item["page"].get_full_url(item["request"])

    def item_pubdate(self, item: dict) -> datetime:
        """Give the date of the news, or when the event was announced."""
        return item["dated"]

    def item_updateddate(self, item: dict) -> datetime:
        """Give when it was last published."""
        return item["page"].last_published_at or self.item_pubdate(item)


def dated(page: NewsPage | EventPage, zone: ZoneInfo) -> datetime:
    """Give the mission's midnight of the day of news, or when an event was announced."""
    if isinstance(page, EventPage):
        return page.first_published_at
    return datetime.combine(page.date, time(), zone)


def when_and_where(event: EventPage) -> str:
    """Say when and where something happens, on the clock of its place."""
    return _("%(moment)s, %(place)s.") % {
        "moment": in_words(event.starts, event.time_zone),
        "place": ", ".join(event.venue.splitlines()),
    }
