"""The news feed of a mission, in the reader's language."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from embassy.models import MissionSettings
from embassy.pages import open_to_all
from relations.models import NewsPage

ITEMS = 50


class NewsFeed(Feed):
    """The latest news of the mission a request is for."""

    feed_type = Atom1Feed

    def get_object(self, request) -> dict:
        """Find the mission, its clock and its home in the reader's language."""
        site = Site.find_for_request(request)
        locale = Locale.objects.get_for_language(get_language())
        homes = site.root_page.get_translations(inclusive=True)
        mission = MissionSettings.for_site(site)
        return {
            "request": request,
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

    def items(self, obj: dict) -> list[dict]:
        """Give the latest news."""
        news = open_to_all(NewsPage.objects.descendant_of(obj["home"])).latest_first()[:ITEMS]
        return [{"page": page, **obj} for page in news]

    def item_title(self, item: dict) -> str:
        """Give the title."""
        return item["page"].title

    def item_description(self, item: dict) -> str:
        """Give the summary; feeds take it for HTML."""
        return escape(item["page"].summary)

    def item_link(self, item: dict) -> str:
        """Lead to the page."""
        return item["page"].get_full_url(item["request"])

    def item_pubdate(self, item: dict) -> datetime:
        """Give the date at the mission's midnight."""
        return datetime.combine(item["page"].date, time(), item["zone"])

    def item_updateddate(self, item: dict) -> datetime:
        """Give when it was last published."""
        return item["page"].last_published_at or self.item_pubdate(item)
