"""What readers say of a page: whether it was useful, and why."""

from datetime import date

from django.db import models
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from embassy.models.scoped import Scoped, ScopedQuerySet


class RemarkQuerySet(ScopedQuerySet):
    """Remarks of missions."""

    def of_page(self, page_id: int) -> "RemarkQuerySet":
        """Keep those on one page."""
        return self.filter(page=page_id)

    def with_words(self) -> "RemarkQuerySet":
        """Keep those that say why."""
        return self.exclude(why="")

    def older_than(self, day: date) -> "RemarkQuerySet":
        """Keep those of before a day."""
        return self.filter(day__lt=day)

    def newest_first(self) -> "RemarkQuerySet":
        """Order them as a list shows them."""
        return self.select_related("page").order_by("-day", "-pk")

    def by_page(self):
        """Count them page by page, that with the newest remark first."""
        counts = {
            "useful": Count("pk", filter=Q(is_useful=True)),
            "useless": Count("pk", filter=Q(is_useful=False)),
            "words": Count("pk", filter=~Q(why="")),
            "last": Max("day"),
        }
        pages = self.values("page_id", "page__title", "page__locale__language_code")
        return pages.annotate(**counts).order_by("-last", "-words", "page_id")


class Remark(Scoped):
    """One reader's yes or no to a page; of the reader nothing is kept, of the time the day."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(_("language"), max_length=10)
    is_useful = models.BooleanField(_("useful"))
    why = models.TextField(_("why"), blank=True)
    day = models.DateField(_("day"))

    objects = RemarkQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # a remark is no use of its page

    class Meta:
        verbose_name = _("remark on a page")
        verbose_name_plural = _("remarks on pages")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["site", "page", "-day"], name="remarks_by_page")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}"
