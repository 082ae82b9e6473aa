"""Information about the country that is not a warning, such as judicial assistance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from embassy.blocks import PLAIN
from embassy.facts import facts_of
from embassy.models import MissionSettings
from embassy.pages import (
    BasePage,
    BodyMixin,
    PageContact,
    SourcesMixin,
    contact_panel,
    open_to_all,
)
from embassy.search.kinds import SearchKind


class CountryIndexPage(BasePage):
    """All information about the country, by topic."""

    template = "advisories/country_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["advisories.CountryInfoPage"]
    max_count_per_parent = 1
    type_name = _("Country information")
    search_kind = SearchKind.COUNTRY
    approved_by = ("consular", "approver")

    class Meta:
        verbose_name = _("list of country information")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the topics."""
        context = super().get_context(request, *args, **kwargs)
        topics = open_to_all(CountryInfoPage.objects.child_of(self))
        context["topics"] = topics.order_by("title")
        return context


class CountryInfoPage(BodyMixin, SourcesMixin, BasePage):
    """One topic, with the disclaimer under which it is given."""

    template = "advisories/country_info_page.html"
    parent_page_types = ["advisories.CountryIndexPage"]
    subpage_types: list[str] = []
    type_name = _("Country information")
    search_kind = SearchKind.COUNTRY
    approved_by = ("consular", "approver")

    disclaimer = RichTextField(
        _("disclaimer"),
        blank=True,
        features=PLAIN,
        help_text=_("What readers must not take this for. Shown before the text."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("disclaimer"),
        *BodyMixin.body_panels,
        contact_panel(_("Whom to ask")),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.body_search_fields,
        index.SearchField("disclaimer"),
    ]

    class Meta:
        verbose_name = _("country information")
        verbose_name_plural = _("country information")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the contact points in use."""
        context = super().get_context(request, *args, **kwargs)
        facts = facts_of(MissionSettings.for_request(request))
        context["contacts"] = facts.in_use(self.contact_rows.all())
        return context


class CountryContact(PageContact):
    """Whom to ask about the topic."""

    page = ParentalKey(CountryInfoPage, on_delete=models.CASCADE, related_name="contact_rows")
