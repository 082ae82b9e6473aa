"""Officials and their terms: who holds which post on a day, as far as the sources say."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, When
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Site
from wagtail.search import index

from embassy.blocks import PROSE
from embassy.models import MissionImage, MissionSettings
from embassy.pages import BasePage, SourcesMixin, open_to_all
from embassy.search.kinds import SearchKind
from embassy.texts.sentences import one_after_another
from sections.models.posts import DatedQuerySet, DatedSpan, Post, Vacancy, known_on


class TermQuerySet(DatedQuerySet):
    """Who held which post."""

    def under(self, page) -> "TermQuerySet":
        """Keep the terms of the published officials below a list: one mission's, one language's."""
        officials = open_to_all(OfficialPage.objects.descendant_of(page))
        return self.filter(official__in=officials).select_related("official", "post")

    def holding_post_on(self, day: date) -> "TermQuerySet":
        """Keep who is known to hold a post on a day."""
        return self.on(day).order_by("post__sort_order", "acting")

    def telling_who_holds(self, day: date) -> "TermQuerySet":
        """Mark each term with `holds`: whether it is known to hold on a day."""
        holds = Case(When(known_on(day), then=True), default=False)
        return self.annotate(holds=holds).order_by("post__sort_order", "acting", "pk")


class Term(DatedSpan, Orderable):
    """An official's time in a post."""

    official = ParentalKey("sections.OfficialPage", on_delete=models.CASCADE, related_name="terms")
    post = models.ForeignKey(
        Post,
        verbose_name=_("post"),
        on_delete=models.PROTECT,
        related_name="terms",
        help_text=_("Posts are made under Posts, once for everybody who holds them."),
    )
    acting = models.BooleanField(
        _("acting"), default=False, help_text=_("Tick it when the post was held for somebody else.")
    )

    objects = TermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("post"), FieldPanel("acting")]),
        *DatedSpan.dated_panels,
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    @property
    def latest_day(self) -> date | None:
        """The latest day any source gives for it; None when there is none."""
        return self.ends or self.seen_on or self.begins


class OfficialIndexPage(SourcesMixin, BasePage):
    """Who holds which post on a day, and who headed the mission before."""

    template = "sections/official_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["sections.OfficialPage"]
    max_count_per_parent = 1
    asks_along = ("on",)
    type_name = _("Officials")
    search_kind = SearchKind.OFFICIALS

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=PROSE,
        help_text=_("One or two sentences before the list of posts."),
    )
    chiefs_note = RichTextField(
        _("note on past chiefs of mission"),
        blank=True,
        features=PROSE,
        help_text=_("What the sources say and do not say about those who came before."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("chiefs_note"),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("chiefs_note"),
    ]

    class Meta:
        verbose_name = _("list of officials")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the posts with their holders on the day asked for, and the past chiefs."""
        context = super().get_context(request, *args, **kwargs)
        clock = ZoneInfo(MissionSettings.for_request(request).time_zone)
        today = timezone.localdate(timezone=clock)
        day, problem = day_asked_for(request.GET.get("on", ""), today)
        context.update(directory(self, Site.find_for_request(request), day))
        context.update(day=day, is_today=day == today, problem=problem)
        return context


class OfficialPage(SourcesMixin, BasePage):
    """A person in the service of the mission, with the terms in which they held posts."""

    template = "sections/official_page.html"
    parent_page_types = ["sections.OfficialIndexPage"]
    subpage_types: list[str] = []
    type_name = _("Official")
    search_kind = SearchKind.OFFICIALS

    rank = models.CharField(
        _("rank or title"), max_length=60, blank=True, help_text=_("As the source prints it: LTC.")
    )
    portrait = models.ForeignKey(
        MissionImage,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only a photo the mission may publish. Without one the page has none."),
    )
    biography = RichTextField(
        _("biography"),
        blank=True,
        features=PROSE,
        help_text=_("What the sources say of the person, in your own sentences."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("rank"),
        InlinePanel("terms", heading=_("Posts held"), label=_("term")),
        FieldPanel("portrait"),
        FieldPanel("biography"),
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("rank"),
        index.SearchField("biography"),
        index.SearchField("posts_in_words"),
    ]

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    @property
    def posts_in_words(self) -> str:
        """The titles of all posts held, for search."""
        titles = [term.post.title for term in self.terms.select_related("post")]
        return one_after_another(text for title in titles for text in title.searched())

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the terms with their posts."""
        context = super().get_context(request, *args, **kwargs)
        context["terms"] = self.terms.select_related("post")
        return context


def day_asked_for(text: str, today: date) -> tuple[date, str]:
    """Read the day a reader asks for; give today and a sentence when it is none."""
    if not text:
        return today, ""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        return today, gettext("That is not a date. Write it as year-month-day, like 2015-10-15.")
    return day, ""


def directory(page: OfficialIndexPage, site: Site, day: date) -> dict:
    """Give the posts with their holders on a day, the undated namings, and the chiefs of mission.

    Each post has `.holders` (terms known to hold on the day), `.vacant` (a known vacancy),
    `.last_known` (the latest dated term that is not one of the holders) and `.undated`.
    """
    posts = list(Post.objects.for_site(site).filter(abolished=False))
    terms = list(Term.objects.under(page).telling_who_holds(day))
    vacancies = {v.post_id: v for v in Vacancy.objects.filter(post__site=site).on(day)}
    for post in posts:
        own = [term for term in terms if term.post_id == post.pk]
        past = [t for t in own if not t.holds and t.latest_day and t.latest_day <= day]
        post.holders = [term for term in own if term.holds]
        post.vacant = vacancies.get(post.pk)
        post.last_known = max(past, key=lambda term: term.latest_day, default=None)
        post.undated = [term for term in own if term.latest_day is None]
    chiefs = [term for term in terms if term.post.is_chief_of_mission]
    chiefs.sort(key=lambda term: term.latest_day or date.min, reverse=True)
    return {"posts": posts, "chiefs": chiefs}
