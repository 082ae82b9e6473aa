"""Posts of the mission, and stretches of time of which sources tell only a part."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from embassy.fields import TextsField
from embassy.models.scoped import Fact, FactForm, Scoped, SitePanel
from embassy.models.verification import today_of


class PostForm(FactForm):
    """The form of a post, whose vacancies know it before they are stored."""

    def _post_clean(self) -> None:
        """Tell each vacancy its post, so that its days are read on the mission's clock."""
        super()._post_clean()
        for row in self.formsets["vacancies"].forms if "vacancies" in self.formsets else ():
            row.instance.post = self.instance


class Post(Fact, Scoped, ClusterableModel):
    """A post of the mission, whoever holds it."""

    title = TextsField(_("title"), help_text=_("As readers know it: “Public Affairs Officer”."))
    is_chief_of_mission = models.BooleanField(
        _("heads the mission"), default=False, help_text=_("Ambassador or chargé d'affaires.")
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order of precedence"), default=100, help_text=_("Smaller numbers come first in lists.")
    )
    abolished = models.BooleanField(
        _("no longer exists"),
        default=False,
        help_text=_("Tick it when nobody will hold the post again. What is recorded of it stays."),
    )

    panels = [
        SitePanel(),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("sort_order"), FieldPanel("is_chief_of_mission")]),
        FieldPanel("abolished"),
        InlinePanel("vacancies", label=_("vacancy"), heading=_("Vacant")),
        FieldPanel("why"),
    ]
    base_form_class = PostForm

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return str(self.title)


def known_on(day: date) -> Q:
    """Word the condition under which a stretch is known, not only likely, to hold on a day.

    Begun by then and known to go on or to end later; or reported by a source for just that day.
    """
    begun = Q(begins__lte=day)
    running = Q(ends=None, still=True) | Q(ends__gt=day)
    not_over = Q(ends=None) | Q(ends__gt=day)
    return ((begun & running) | Q(seen_on=day)) & not_over


class DatedQuerySet(models.QuerySet):
    """Stretches of time whose ends may be unknown."""

    def on(self, day: date) -> "DatedQuerySet":
        """Keep what is known to hold on a day."""
        return self.filter(known_on(day))


class DatedSpan(models.Model):
    """A stretch of time as far as sources tell: start, end, or only a day on which it was so."""

    begins = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Leave empty if unknown.")
    )
    ends = models.DateField(
        _("to"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )
    still = models.BooleanField(
        _("goes on"), default=False, help_text=_("Tick when it is known to go on today.")
    )
    seen_on = models.DateField(
        _("seen on"), null=True, blank=True, help_text=_("The date of a source that says so.")
    )
    source = TextsField(_("source"), blank=True, help_text=_("Who says so: title and date."))

    dated_panels = [
        FieldRowPanel([FieldPanel("begins"), FieldPanel("ends"), FieldPanel("still")]),
        FieldRowPanel([FieldPanel("seen_on"), FieldPanel("source")]),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start, an end of what goes on, and what nothing vouches for."""
        if self.begins and self.ends and self.ends <= self.begins:
            raise ValidationError({"ends": _("Choose an end after the start.")})
        if self.ends and self.still:
            raise ValidationError({"still": _("Untick this, or take out the end.")})
        if self.seen_on and not self.source:
            raise ValidationError({"source": _("Name the source that says so.")})
        if not (self.begins or self.ends or self.source):
            raise ValidationError({"source": _("Give a date, or name the source that says so.")})
        self.refuse_days_out_of_reach()

    def refuse_days_out_of_reach(self) -> None:
        """Refuse a report of a day outside the stretch or to come, and what goes on unbegun."""
        today = today_of(getattr(getattr(self, "post", None), "site_id", None))
        if self.begins and self.still and self.begins > today:
            raise ValidationError({"still": _("Untick this: it begins on a day to come.")})
        if not self.seen_on:
            return
        if self.seen_on > today:
            raise ValidationError({"seen_on": _("Choose today or an earlier day.")})
        if self.begins and self.seen_on < self.begins:
            raise ValidationError({"seen_on": _("Choose a day on or after the start.")})
        if self.ends and self.seen_on >= self.ends:
            raise ValidationError({"seen_on": _("Choose a day before the end.")})


class Vacancy(DatedSpan, Orderable):
    """A time in which a post is known to be vacant."""

    post = ParentalKey(Post, on_delete=models.CASCADE, related_name="vacancies")
    objects = DatedQuerySet.as_manager()
    panels = DatedSpan.dated_panels

    class Meta(Orderable.Meta):
        verbose_name = _("vacancy")

    def __str__(self) -> str:
        return f"{self.post}: {self.begins or '…'} – {self.ends or '…'}"
