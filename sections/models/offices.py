"""Sections and offices: a tree under their agency, each with what it does and how to reach it."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from embassy.blocks import PROSE
from embassy.facts import facts_of
from embassy.models import MissionSettings, Schedule
from embassy.pages import (
    BasePage,
    BodyMixin,
    MissionPageForm,
    SourcesMixin,
    contact_panel,
    open_to_all,
)
from embassy.search.kinds import SearchKind
from embassy.today import service
from sections.models.asked import TakesQuestions, refuse_nowhere
from sections.models.office_parts import OfficeContact
from sections.models.officials import Term


class OfficePageForm(MissionPageForm):
    """Keeps agencies directly under the index, and everything else under an agency."""

    def clean(self) -> dict:
        """Compare the kind of office with where it stands in the tree."""
        cleaned = super().clean()
        parent = self.parent_page or self.instance.get_parent()
        if parent is not None and cleaned.get("kind"):
            refusal = why_not_under(cleaned["kind"], parent)
            if refusal:
                self.add_error("kind", refusal)
        try:
            refuse_nowhere(cleaned)
        except ValidationError as wrong:
            self.add_error(None, wrong)
        return cleaned


def why_not_under(kind: str, parent: Page) -> str:
    """Say why an office of a kind cannot stand under a page; nothing when it can."""
    under_index = isinstance(parent.specific, OfficeIndexPage)
    if kind == OfficePage.Kind.AGENCY and not under_index:
        return _("An agency stands directly under the list of offices.")
    if kind != OfficePage.Kind.AGENCY and under_index:
        return _("Put a section or office under its agency, or choose agency.")
    return ""


class OfficeIndexPage(SourcesMixin, BasePage):
    """All offices of the mission under their agencies, with their numbers."""

    template = "sections/office_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["sections.OfficePage"]
    max_count_per_parent = 1
    type_name = _("Sections & offices")
    search_kind = SearchKind.OFFICES

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=PROSE,
        help_text=_("One or two sentences before the list of offices."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of offices")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the tree of offices, in one query however many there are."""
        context = super().get_context(request, *args, **kwargs)
        context["agencies"] = tree_of(self, request)
        context["sections"] = [
            {"title": agency.title, "anchor": agency.slug} for agency in context["agencies"]
        ]
        return context


def tree_of(page, request) -> list["OfficePage"]:
    """Give the public offices from a page down as a tree: each has `.offices` and `.contacts`."""
    facts = facts_of(MissionSettings.for_request(request))
    pages = OfficePage.objects.descendant_of(page, inclusive=True)
    rows = OfficeContact.objects.filter(page=OuterRef("pk")).order_by("sort_order")
    keys = ArraySubquery(rows.values("contact_id"))
    found = open_to_all(pages).order_by("path").annotate(contact_keys=keys)
    by_path: dict[str, OfficePage] = {}
    top = []
    for office in found:
        office.offices = []
        office.contacts = facts.numbered(office.contact_keys)
        by_path[office.path] = office
        parent = by_path.get(office.path[: -office.steplen])
        (parent.offices if parent else top).append(office)
    return top


class OfficePage(TakesQuestions, BodyMixin, SourcesMixin, BasePage):
    """An agency, section or office: what it does, its services, and how to reach it."""

    class Kind(models.TextChoices):
        """Where in the house an office stands."""

        AGENCY = "agency", _("agency")
        SECTION = "section", _("section")
        OFFICE = "office", _("office")

    template = "sections/office_page.html"
    parent_page_types = ["sections.OfficeIndexPage", "sections.OfficePage"]
    subpage_types = ["sections.OfficePage"]
    type_name = _("Section or office")
    search_kind = SearchKind.OFFICES
    base_form_class = OfficePageForm
    read_along = ("head", "schedule")

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.SECTION,
        help_text=_("An agency stands under the list of offices, all others under an agency."),
    )
    also_known_as = models.CharField(
        _("also known as"),
        max_length=160,
        blank=True,
        help_text=_("Another name people use for it."),
    )
    services = StreamField(
        [("service", blocks.CharBlock(max_length=200))],
        verbose_name=_("services"),
        blank=True,
        help_text=_("What people can get here, one thing a line."),
    )
    ways_to_ask = StreamField(
        [("way", blocks.CharBlock(max_length=200))],
        verbose_name=_("ways to ask"),
        blank=True,
        help_text=_("Like: by phone, by mail, in person in working hours."),
    )
    collections = StreamField(
        [("collection", blocks.CharBlock(max_length=200))],
        verbose_name=_("collections"),
        blank=True,
        help_text=_("What a library or center holds."),
    )
    address = models.TextField(
        _("address"), blank=True, help_text=_("Only when it differs from the mission's address.")
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("hours"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("When it is open. Leave it empty when nobody has said."),
    )
    head = models.ForeignKey(
        "sections.Post",
        verbose_name=_("head of office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="headed_offices",
        help_text=_("The post, not the person: who holds it follows from the officials' terms."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("also_known_as")]),
        *BodyMixin.body_panels,
        FieldPanel("services"),
        FieldPanel("ways_to_ask"),
        FieldPanel("collections"),
        contact_panel(),
        FieldPanel("schedule"),
        FieldPanel("address"),
        FieldPanel("head"),
        MultiFieldPanel(TakesQuestions.questions_panels, heading=_("Questions by form")),
        InlinePanel("document_rows", heading=_("Documents"), label=_("document")),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.body_search_fields,
        index.SearchField("also_known_as"),
        index.SearchField("services"),
        index.SearchField("collections"),
        index.SearchField("ways_to_ask"),
        index.SearchField("address"),
        index.SearchField("numbers"),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def can_move_to(self, parent) -> bool:
        """Keep an office where its kind may stand, when it is moved too."""
        return super().can_move_to(parent) and not why_not_under(self.kind, parent)

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the offices below, the contacts and who heads the office today."""
        context = super().get_context(request, *args, **kwargs)
        mission = MissionSettings.for_request(request)
        facts = facts_of(mission)
        found = [] if self.is_leaf() else [o for o in tree_of(self, request) if o == self]
        context["offices"] = found[0].offices if found else []
        context["contacts"] = found[0].contacts if found else facts.in_use(self.contact_rows.all())
        context["documents"] = list(self.document_rows.select_related("document"))
        if context["documents"]:
            context["language_of_documents"] = self.typed_in(mission.languages[0])
        schedule = facts.schedules.get(self.schedule_id)
        now = timezone.now()
        context["service"] = schedule and service(self.schedule, schedule, now, mission.time_zone)
        today = now.astimezone(ZoneInfo(mission.time_zone)).date()
        context["holders"] = self.holders_on(request, today)
        return context

    def typed_in(self, first: str) -> str:
        """Give the language of what translations take over: the mission's `first` with a page."""
        pages = OfficePage.objects.filter(translation_key=self.translation_key)
        is_there = pages.filter(locale__language_code=first).exists()
        return first if is_there else self.locale.language_code

    def holders_on(self, request, day) -> list:
        """Give who is known to head the office on a day, in this page's language."""
        if self.head is None:
            return []
        terms = Term.objects.filter(official__locale_id=self.locale_id, official__live=True)
        return list(terms.filter(post=self.head).holding_post_on(day).select_related("official"))

    @property
    def numbers(self) -> str:
        """Its contact points and documents in words, for search."""
        contacts = [row.contact.words for row in self.contact_rows.select_related("contact")]
        files = [f"{row.title} {row.stated_size}" for row in self.document_rows.all()]
        return " ".join([*contacts, *files])

    @property
    def address_lines(self) -> list[str]:
        """The office's own address, a line each; empty when it is the mission's."""
        return [line.strip() for line in self.address.splitlines() if line.strip()]
