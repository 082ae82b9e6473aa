"""What every page is: one mission's, in one language, with a summary, made of small mixins."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageViewRestriction, Site
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from embassy.acts.alone import SilencedByTwo
from embassy.blocks import BodyBlock, SourceBlock, headings
from embassy.clock.clock_forms import ClockForm
from embassy.clock.schedule_panel import SchedulePanel
from embassy.facts import facts_of
from embassy.language.languages import path_of
from embassy.links.addresses import is_kept
from embassy.links.linked import look_up
from embassy.mission.belonging import OneMissionForm, site_of
from embassy.mission.roots import as_served
from embassy.models.contacts import ContactPoint
from embassy.models.mission import MissionSettings
from embassy.release.newer import NotOverNewer
from embassy.release.two_people import TwoPeople
from embassy.release.whole_forms import WholeForm
from embassy.search.kinds import SearchKind
from embassy.texts.invisible import SeenLinks
from embassy.texts.writing_panel import WritingPanel

QUOTES_ADDRESS = "address"  # the block that shows the mission's address
IN_FIRST_LANGUAGE = _(
    "A page that is one in all languages stands below the home page of the mission’s first "
    "language, and nowhere else."
)
KEPT_SLUG = _("The site itself uses the address /%(slug)s/. Choose another slug.")


class MissionPageForm(
    NotOverNewer, WholeForm, SeenLinks, ClockForm, OneMissionForm, WagtailAdminPageForm
):
    """The form of every page: whole, of one mission, with its times read on one clock."""

    def clean(self) -> dict:
        """Refuse an address the site itself uses."""
        cleaned = super().clean()
        slug = cleaned.get("slug") or ""
        if is_kept(slug, self.parent_page):
            self.add_error("slug", KEPT_SLUG % {"slug": slug})
        return cleaned

    def mission_site(self) -> Site | None:
        """The mission in whose tree the page stands or will stand."""
        parent = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        return site_of(parent) if parent else None


class MissionCopyForm(CopyForm):
    """The form for copying a page: into drafts, and to no address the site itself uses."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):  # public at once, by one person
            self.fields.pop(name, None)

    def clean(self) -> dict:
        """Refuse such a slug right below a home page."""
        cleaned = super().clean()
        slug = cleaned.get("new_slug") or ""
        if is_kept(slug, cleaned.get("new_parent_page") or self.page.get_parent()):
            self.add_error("new_slug", KEPT_SLUG % {"slug": slug})
        return cleaned


def restricted() -> Exists:
    """Word in SQL whether a view restriction stands on a page or above it."""
    path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    above = PageViewRestriction.objects.annotate(below=path)
    return Exists(above.filter(below__startswith=F("page__path")))


def open_to_all(pages):
    """Keep published pages without a view restriction, in the same query."""
    return pages.live().exclude(restricted())


class BasePage(TwoPeople, SilencedByTwo, Page):
    """A page of a mission: a title, one sentence that says what it is, and its languages."""

    type_name = _("Page")
    search_kind = SearchKind.PAGES  # among which readers find it who narrow their search
    in_all_languages = False  # whether one record serves every language of its mission
    is_shown_as_stored = True  # whether readers see the page's own row, and nothing else's
    found_open = False  # whether the query that found the page saw no view restriction
    asks_along: tuple[str, ...] = ()  # what its address may ask for that any language understands
    read_along: tuple[str, ...] = ()  # what the query that reads the page joins to it
    # A translation begins with the address of its original, and then keeps it.
    override_translatable_fields = [BaseTranslatableField("slug")]

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two plain sentences. Shown under the title, in lists and in search."),
    )

    base_form_class = MissionPageForm
    copy_form_class = MissionCopyForm
    show_in_menus_default = False

    content_panels = [WritingPanel(), *Page.content_panels, FieldPanel("summary")]
    settings_panels = [SchedulePanel(), *Page.settings_panels[1:]]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]

    class Meta:
        abstract = True

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None) -> bool:
        """Count the addresses the site itself uses among those taken (Wagtail's own rule)."""
        return Page._slug_is_available(slug, parent_page, page) and not is_kept(slug, parent_page)

    @classmethod
    def can_create_at(cls, parent) -> bool:
        """Offer it where it may stand."""
        return super().can_create_at(parent) and cls.may_stand_below(parent)

    def can_move_to(self, parent) -> bool:
        """Refuse a place where the page could not be reached, or would stand a second time."""
        reached = self.may_stand_below(parent) and not is_kept(self.slug, parent)
        return reached and super().can_move_to(parent)

    @classmethod
    def may_stand_below(cls, parent) -> bool:
        """Whether it is a page of one language, or this is the tree of the first one."""
        site = site_of(parent) if cls.in_all_languages else None
        return site is None or parent.path.startswith(site.root_page.path)

    def clean(self) -> None:
        """Refuse a second record of what is one in all languages."""
        super().clean()
        if self.path and not self.may_stand_below(self):
            raise ValidationError(IN_FIRST_LANGUAGE)

    def get_context(self, request, *args, **kwargs) -> dict:
        """Look up what the page's texts link to and its blocks show, all at once."""
        mission = MissionSettings.for_request(request)
        known = {ContactPoint: facts_of(mission).contacts} if mission else {}
        look_up(self, known=known)
        return super().get_context(request, *args, **kwargs)

    @property
    def dated(self):
        """The date readers sort by in lists, or None."""
        return None

    def in_list_of_contents(self) -> list[dict]:
        """Give what the list of contents shows: nothing unless the page has sections."""
        return []

    @property
    def url(self) -> str | None:
        """The address within the mission: links of pages never lead to another mission's host."""
        return path_of(self)

    def get_full_url(self, request=None) -> str | None:
        """Give the address with host and port as the request came in, where it is the same site."""
        address = self.get_url(request)
        if request and address and address.startswith("/"):
            return request.build_absolute_uri(address)
        found = super().get_full_url(request)
        return found and as_served(found)

    full_url = property(get_full_url)

    def is_written_in(self, language: str) -> bool:
        """Whether it has words of its own in a language in which it is shown."""
        return True

    def title_in(self, language: str) -> str:
        """Give the title in a language; a page of one language has just its own."""
        return self.title

    def summary_in(self, language: str) -> str:
        """Give the summary in a language; a page of one language has just its own."""
        return self.summary

    def searched_in(self, language: str) -> str:
        """Give the words below the summary by which search finds it in a language, line by line."""
        return ""

    def outcome_in(self, language: str, at, zone: str) -> str:
        """Say in lists what became of what the page tells, once that no longer holds."""
        return ""

    def text_in(self, language: str) -> str:
        """Give title and summary if they are in a language; what has texts in more adds them."""
        return f"{self.title} {self.summary}" if self.locale.language_code == language else ""

    def get_view_restrictions(self):
        """Give the restrictions on this page and above it; none when the route found it open."""
        if self.found_open and not self.alias_of_id:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


class BodyMixin(models.Model):
    """A body in the house's vocabulary."""

    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_(
            "What the page says, block by block. The plus sign offers them, with a preview."
        ),
    )

    body_panels = [FieldPanel("body")]
    body_search_fields = [
        index.SearchField("body"),
        index.SearchField("quoted_facts", boost=2),
    ]

    class Meta:
        abstract = True

    @property
    def quoted_facts(self) -> str:
        """What its blocks quote of the mission's settings, in words, for search."""
        kinds = {block["type"] for block in self.body.raw_data}
        site = site_of(self) if QUOTES_ADDRESS in kinds else None
        return MissionSettings.for_site(site).address_in_words if site else ""

    def in_list_of_contents(self) -> list[dict]:
        """Give the section headings when there are enough of them to be worth a list."""
        found = headings(self.body)
        return found if len(found) > 2 else []


class SourcesMixin(models.Model):
    """Where the page's facts come from."""

    sources = StreamField(
        [("source", SourceBlock())],
        verbose_name=_("sources"),
        blank=True,
        help_text=_(
            "Where the facts of this page come from. Readers see it at the end of the page."
        ),
    )

    sources_panels = [FieldPanel("sources")]

    class Meta:
        abstract = True


class PageContact(Orderable):
    """A contact point quoted by a page, by reference."""

    contact = models.ForeignKey(
        ContactPoint,
        verbose_name=_("contact point"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Chosen from the mission facts, so that a changed number changes here too."),
    )

    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        abstract = True


HOW_TO_REACH = _("How to reach it")


def contact_panel(heading=HOW_TO_REACH) -> InlinePanel:
    """Give the panel with which a page quotes contact points (its relation is `contact_rows`)."""
    return InlinePanel("contact_rows", heading=heading, label=_("contact point"))
