"""The home page of a mission, and plain pages."""

from django.http import Http404, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site
from wagtail.search import index

from embassy.blocks import PLAIN, LinkBlock
from embassy.language.languages import with_prefix
from embassy.mission.belonging import site_of
from embassy.models.contacts import ContactPoint
from embassy.models.mission import MissionSettings
from embassy.pages import (
    BasePage,
    BodyMixin,
    SourcesMixin,
    open_to_all,
    restricted,
)
from embassy.release.two_people import StaysPermissions


class TileLinkBlock(LinkBlock):
    """A link that the tile around it names."""

    has_words_beside = True


class TileBlock(blocks.StructBlock):
    """A way on from the home page: what people come for, in their words."""

    title = blocks.CharBlock(max_length=60, label=_("title"))
    text = blocks.CharBlock(required=False, max_length=160, label=_("one sentence"))
    link = TileLinkBlock(label=_("leads to"))

    class Meta:
        icon = "grip"
        label = _("Tile")
        help_text = _(
            "A few words, one sentence, and the page it leads to. It is left out while that is "
            "not published."
        )
        preview_value = {"title": "Visas", "text": "How to apply for a visa."}


class HomePage(BasePage):
    """A mission's front door; finds every page of its tree in one query."""

    template = "embassy/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    type_name = _("Home")

    welcome = RichTextField(
        _("welcome"),
        blank=True,
        features=PLAIN,
        help_text=_("What this embassy does, in two or three sentences."),
    )
    tiles = StreamField(
        [("tile", TileBlock())],
        verbose_name=_("ways on"),
        blank=True,
        help_text=_(
            "What people come for, one tile each. More than eight and nobody finds their own."
        ),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("welcome"), FieldPanel("tiles")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("welcome"),
        index.SearchField("shown_facts"),
    ]

    class Meta:
        verbose_name = _("home page")

    @property
    def ways_on(self) -> list:
        """The tiles that lead somewhere: not those of a page that is not published, or is gone."""
        return [tile for tile in self.tiles if tile.value["link"].url]

    @property
    def shown_facts(self) -> str:
        """The address and the numbers for emergencies, which stand on every page, for search."""
        site = site_of(self)
        if site is None:
            return ""
        contacts = ContactPoint.objects.for_site(site).for_emergencies()
        address = MissionSettings.for_site(site).address_in_words
        return " ".join([address, *(contact.words for contact in contacts)])

    def permissions_for_user(self, user) -> StaysPermissions:
        """Say what an account may do here; without a front door nothing of a mission is found."""
        return StaysPermissions(user, self)

    def route(self, request, path_components: list[str]):
        """Find the page for an address by its whole path instead of step by step.

        A page that is one record in all languages stands in the tree of the mission's first
        language and answers below every other language's home too.
        """
        request._home = self
        if not path_components:
            whole = HomePage.objects.get(pk=self.pk) if self.get_deferred_fields() else self
            return super(HomePage, whole).route(request, path_components)
        page = self.deepest_match(request, path_components)
        if page is None or not (page.in_all_languages or self.is_in_readers_language(request)):
            raise Http404  # a page that is not translated has no address in that language
        return page.route(request, path_components[page.depth - self.depth :])

    def is_in_readers_language(self, request) -> bool:
        """Whether this home page is the one of the language asked for."""
        mission = MissionSettings.for_request(request)
        return mission is None or mission.has_home_in(get_language(), self)

    def serve(self, request, *args, **kwargs):
        """Lead a reader of a language without a home page to the one of the first language."""
        if not self.is_in_readers_language(request):
            mission = MissionSettings.for_request(request)
            return HttpResponseRedirect(with_prefix("/", mission.first_language))
        return super().serve(request, *args, **kwargs)

    def deepest_match(self, request, path_components: list[str]) -> Page | None:
        """Give the page whose address is the longest beginning of a path.

        What is one record in all languages, and was ever public, comes before anything in our own
        tree: nothing that one person makes stands between a reader and the warnings. An address
        ends with the page's slug, of which the database has an index; of addresses none.
        """
        site = Site.find_for_request(request)
        root = site.root_page if site else self
        prefixes = ["/".join(path_components[:n]) for n in range(1, len(path_components) + 1)]
        homes = {home.pk: home for home in (root, self)}.values()
        paths = [f"{home.url_path}{prefix}/" for home in homes for prefix in prefixes]
        pages = Page.objects.annotate(is_restricted=restricted()).order_by("-depth")
        pages = pages.filter(slug__in=path_components, url_path__in=paths, depth__gt=self.depth)
        found = list(pages.select_related("locale"))
        shared = [page for page in found if is_in_all_languages(page)]
        known = [page for page in shared if page.first_published_at is not None]
        own = [page for page in found if page.path.startswith(self.path)]
        return next(map(with_finding, [*known, *own, *shared]), None)


def is_in_all_languages(page: Page) -> bool:
    """Whether a page is one record in all languages of its mission."""
    return getattr(page.specific_class, "in_all_languages", False)


def with_finding(page: Page) -> Page:
    """Give the page in its own type, remembering what its query saw of view restrictions."""
    specific = in_own_type(page)
    specific.found_open = not page.is_restricted
    specific.locale = page.locale
    return specific


def in_own_type(page: Page) -> Page:
    """Give the page in its own type, joined with what that type reads along."""
    names = getattr(page.specific_class, "read_along", ())
    if not names:
        return page.specific
    return page.specific_class.objects.select_related(*names).get(pk=page.pk)


class ContentPage(BodyMixin, SourcesMixin, BasePage):
    """A plain page in the house's vocabulary."""

    template = "embassy/content_page.html"
    parent_page_types = ["embassy.HomePage", "embassy.ContentPage"]
    subpage_types = ["embassy.ContentPage"]
    type_name = _("Page")

    content_panels = [
        *BasePage.content_panels,
        *BodyMixin.body_panels,
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [*BasePage.search_fields, *BodyMixin.body_search_fields]

    @cached_property
    def subpages(self) -> list["ContentPage"]:
        """The published pages below this one."""
        below = ContentPage.objects.child_of(self)
        return list(open_to_all(below).order_by("path")) if self.numchild else []

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
