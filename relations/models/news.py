"""News and events: releases, statements, transcripts, and what happens when and where."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, F, When
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from embassy.clock import clocks
from embassy.clock.clock_forms import ClockPanel
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
from embassy.vocabulary import TIME_ZONES

PER_PAGE = 20


class NewsIndexPage(BasePage):
    """The mission's news, its coming events, and whom journalists call."""

    template = "relations/news_index_page.html"
    parent_page_types = ["embassy.HomePage"]
    subpage_types = ["relations.NewsPage", "relations.EventPage"]
    max_count_per_parent = 1
    type_name = _("News and events")
    search_kind = SearchKind.NEWS

    content_panels = [*BasePage.content_panels, contact_panel(_("For journalists"))]

    class Meta:
        verbose_name = _("list of news and events")

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add one page of news, the coming events and the media contacts."""
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        facts = facts_of(MissionSettings.for_request(request))
        news = open_to_all(NewsPage.objects.child_of(self)).latest_first()
        events = open_to_all(EventPage.objects.child_of(self)).nearest_first(now)[: 2 * PER_PAGE]
        context["news"] = Paginator(news, PER_PAGE).get_page(request.GET.get("page"))
        context["coming"] = [event for event in events if not event.is_over]
        context["past"] = [event for event in events if event.is_over]
        context["contacts"] = facts.in_use(self.contact_rows.all())
        return context


class NewsContact(PageContact):
    """A contact point for journalists."""

    page = ParentalKey(NewsIndexPage, on_delete=models.CASCADE, related_name="contact_rows")


class NewsQuerySet(PageQuerySet):
    """News in the order readers want them."""

    def latest_first(self) -> "NewsQuerySet":
        """Order by the date printed on them."""
        return self.order_by("-date", "-pk")


class NewsPage(BodyMixin, SourcesMixin, BasePage):
    """A press release, statement or transcript."""

    class Kind(models.TextChoices):
        """What kind of text it is."""

        RELEASE = "release", _("Press release")
        STATEMENT = "statement", _("Statement")
        TRANSCRIPT = "transcript", _("Transcript")
        ANNOUNCEMENT = "announcement", _("Announcement")

    template = "relations/news_page.html"
    parent_page_types = ["relations.NewsIndexPage"]
    subpage_types: list[str] = []
    type_name = _("News")
    search_kind = SearchKind.NEWS

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.RELEASE,
        help_text=_("What it was issued as. Readers see it above the title."),
    )
    date = models.DateField(_("date"), help_text=_("The date of the text."))

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
        *BodyMixin.body_panels,
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [*BasePage.search_fields, *BodyMixin.body_search_fields]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    @property
    def dated(self):
        """The date of the text."""
        return self.date

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add the date for the head of the page."""
        context = super().get_context(request, *args, **kwargs)
        words = formats.date_format(self.date, "DATE_FORMAT")
        context["facts"] = [
            {"label": gettext("Date"), "value": words, "date": self.date.isoformat()}
        ]
        return context


class EventQuerySet(PageQuerySet):
    """Events in the order readers want them."""

    def nearest_first(self, at) -> "EventQuerySet":
        """Order what is not over by when it starts, then what is over, the latest first."""
        is_over = Case(When(ends__lte=at, then=1), default=0)
        away = Case(When(ends__lte=at, then=at - F("ends")), default=F("starts") - at)
        return self.annotate(is_over=is_over).order_by("is_over", away, "pk")


class EventPage(BodyMixin, SourcesMixin, BasePage):
    """Something that happens at a time and a place."""

    template = "relations/event_page.html"
    parent_page_types = ["relations.NewsIndexPage"]
    subpage_types: list[str] = []
    type_name = _("Event")
    search_kind = SearchKind.NEWS

    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        choices=TIME_ZONES,
        default="Africa/Bamako",
        help_text=_("The clock at the place of the event."),
    )
    venue = models.TextField(_("place"), help_text=_("Name and address, a line each."))
    is_open_to_all = models.BooleanField(
        _("open to everybody"),
        default=True,
        help_text=_("Untick it for those invited only. Readers are told."),
    )

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("time_zone"),
        FieldRowPanel([ClockPanel("starts"), ClockPanel("ends")]),
        FieldPanel("venue"),
        FieldPanel("is_open_to_all"),
        *BodyMixin.body_panels,
        MultiFieldPanel(SourcesMixin.sources_panels, heading=_("Sources")),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.body_search_fields,
        index.SearchField("venue"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def dated(self):
        """The day it starts, where it takes place."""
        return clocks.wall_time(self.starts, self.time_zone).date()

    def get_context(self, request, *args, **kwargs) -> dict:
        """Add whether it is over, and on which clock its times are."""
        context = super().get_context(request, *args, **kwargs)
        context["is_past"] = self.ends <= timezone.now()
        context["clock"] = capfirst(clocks.clock_of(self.time_zone))
        return context

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("Choose an end after the start.")})
