"""The list of alerts: those in force, and those that are over."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from advisories.models.addresses import refuse_new_address, urls_in_languages
from advisories.models.issue import Issue
from advisories.models.issued import Issued, first_end, once_each
from embassy.cache import readers_keep
from embassy.language.multilingual import InAllLanguages
from embassy.pages import BasePage
from embassy.release.two_people import StaysPermissions
from embassy.search.kinds import SearchKind


class AlertIndexPage(InAllLanguages, BasePage):
    """The alerts in force, and the ones that are over."""

    template = "advisories/alert_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["advisories.AlertPage"]
    max_count_per_parent = 1
    type_name = _("Alerts")
    search_kind = SearchKind.WARNINGS

    content_panels = [*BasePage.content_panels, *InAllLanguages.titles_panels]
    search_fields = [*BasePage.search_fields, *InAllLanguages.titles_search_fields]

    class Meta:
        verbose_name = _("list of alerts")

    def clean(self) -> None:
        """Keep the address below which alerts were issued."""
        super().clean()
        refuse_new_address(self, Issue.objects.filter(page__path__startswith=self.path or "-"))

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the alerts in force and those that are over, each once, in the reader's language."""
        context = super().get_context(request, *args, **kwargs)
        readers_keep(request)
        now = timezone.now()
        rows = Issued.objects.for_site(Site.find_for_request(request)).alerts().current()
        rows = rows.select_related("page", "issue")
        context["in_force"] = once_each(rows.in_force(now), get_language())
        context["over"] = once_each(rows.over(now), get_language())
        context["first_end"] = first_end(context["in_force"])
        context["now"] = now
        return context

    def route(self, request, path_components: list[str]):
        """Answer whatever was done to the page: nobody takes the list of alerts off the site.

        A draft that was never the list is none.
        """
        if self.first_published_at is not None and not path_components:
            return RouteResult(self)
        return super().route(request, path_components)

    def permissions_for_user(self, user) -> StaysPermissions:
        """Say what an account may do here: readers find the alerts whatever happens."""
        return StaysPermissions(user, self)

    def get_view_restrictions(self):
        """Nobody can hide the alerts from the public."""
        return PageViewRestriction.objects.none()

    def get_sitemap_urls(self, request=None) -> list[dict]:
        """Give the address in each of the mission's languages."""
        return urls_in_languages(self, super().get_sitemap_urls(request), request)
