"""The relations of the two states on one page, with the map that shows where they lie."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from embassy.drawing.maps import Map, geodata, locator
from embassy.facts import facts_of
from embassy.models import ContactPoint, MissionSettings
from embassy.pages import BasePage, BodyMixin, SourcesMixin


def map_of_states(mission: MissionSettings) -> Map | None:
    """Draw the two states on the map of the Atlantic; nothing for states it does not show."""
    highlights = {
        mission.sending_state_code: str(mission.sending_state),
        mission.host_state_code: str(mission.host_state),
    }
    names = {"from": mission.sending_state, "to": mission.host_state}
    try:
        return locator(
            geodata("atlantic"),
            highlights,
            prefix="states",
            title=_("%(from)s and %(to)s on the map") % names,
        )
    except ValueError:
        return None


class RelationsPage(BodyMixin, SourcesMixin, BasePage):
    """How two states have dealt with each other: timeline, figures, memberships, missions, map."""

    template = "relations/relations_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types: list[str] = []
    type_name = _("Relations")

    memberships = StreamField(
        [("organization", blocks.CharBlock(max_length=160))],
        verbose_name=_("organizations both belong to"),
        blank=True,
        help_text=_("One organization a line, as the source lists them."),
    )
    memberships_as_of = models.CharField(
        _("memberships as of"), max_length=60, blank=True, help_text=_("As printed by the source.")
    )
    other_mission = models.TextField(
        _("the host state's mission"),
        blank=True,
        help_text=_("Its embassy in the sending state: name, then the address, a line each."),
    )
    other_mission_contact = models.ForeignKey(
        ContactPoint,
        verbose_name=_("its phone"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Chosen from the mission facts. Leave it empty when it is not known."),
    )
    other_mission_as_of = models.CharField(
        _("as of"),
        max_length=60,
        blank=True,
        help_text=_("The date of the source, as printed: “October 15, 2015”."),
    )
    show_map = models.BooleanField(
        _("show the map of the two states"),
        default=True,
        help_text=_("Drawn from the two states of the mission’s settings."),
    )

    content_panels = [
        *BasePage.content_panels,
        *BodyMixin.body_panels,
        MultiFieldPanel(
            [FieldPanel("memberships"), FieldPanel("memberships_as_of")],
            heading=_("Memberships"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("other_mission"),
                FieldPanel("other_mission_contact"),
                FieldPanel("other_mission_as_of"),
            ],
            heading=_("The other mission"),
        ),
        FieldPanel("show_map"),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.body_search_fields,
        index.SearchField("memberships"),
        index.SearchField("memberships_as_of"),
        index.SearchField("other_mission"),
        index.SearchField("other_mission_as_of"),
    ]

    class Meta:
        verbose_name = _("relations page")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the map of the two states, from the mission's facts."""
        context = super().get_context(request, *args, **kwargs)
        mission = MissionSettings.for_request(request)
        contact = facts_of(mission).contacts.get(self.other_mission_contact_id)
        context["other_contact"] = contact if contact and not contact.retired else None
        if self.show_map:
            context["map"] = map_of_states(mission)
        return context

    @property
    def other_mission_lines(self) -> list[str]:
        """The other mission's name and address, a line each."""
        return [line.strip() for line in self.other_mission.splitlines() if line.strip()]
