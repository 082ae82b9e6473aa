"""What the Department's feed says of every country: the last good copy, the same for all missions.

Rows are written by `advisories.importing` alone. A country that a good feed no longer names, or
whose item is refused, keeps the row it had.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from advisories.importing.reasons import Refusal, sentence_of
from advisories.vocabulary import Level


class FeedCopyQuerySet(models.QuerySet):
    """Copies of the feed."""

    def latest_good(self) -> "FeedCopy | None":
        """Give the copy that was seen last."""
        return self.order_by("-seen_at", "-pk").first()


class FeedCopy(models.Model):
    """A feed that was taken; the same content again only moves when it was seen."""

    source = models.CharField(_("source"), max_length=200)
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField(_("first fetched"))
    seen_at = models.DateTimeField(_("last seen"))
    countries = models.PositiveIntegerField(_("countries"))
    refused = models.JSONField(default=list, help_text="Items not taken: title, reason, details.")

    objects = FeedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of the Department’s feed")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.source}, {self.seen_at:%Y-%m-%d %H:%M}"

    @property
    def refusals(self) -> list[Refusal]:
        """The items that were not taken."""
        return [Refusal(**row) for row in self.refused]


class CountryAdvice(models.Model):
    """What the Department said of one country when a good feed last named it."""

    key = models.CharField(max_length=200, unique=True, help_text="ISO code, or the plain name.")
    code = models.CharField(_("ISO code"), max_length=2, blank=True)
    name = models.CharField(_("country"), max_length=200)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    title = models.CharField(_("title"), max_length=200)
    link = models.CharField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(_("dated"))
    body = models.TextField(help_text="HTML as served.")
    other_level = models.CharField(
        max_length=60, blank=True, help_text="What the text says, where it contradicts the title."
    )
    sha256 = models.CharField(max_length=64)
    copy = models.ForeignKey(FeedCopy, on_delete=models.PROTECT, related_name="advice")

    class Meta:
        ordering = ["name"]
        verbose_name = _("the Department’s advice on a country")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.title


class FeedRefusalQuerySet(models.QuerySet):
    """Attempts that were refused."""

    def after(self, copy: FeedCopy | None) -> "FeedRefusal | None":
        """Give the last attempt, if it was refused: later than the last good copy was seen."""
        last = self.order_by("-last_at", "-pk").first()
        return None if last is None or (copy and last.last_at <= copy.seen_at) else last


class FeedRefusal(models.Model):
    """An attempt that was refused as a whole; the same again only counts up."""

    source = models.CharField(_("source"), max_length=200)
    reason = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    first_at = models.DateTimeField(_("first refused"))
    last_at = models.DateTimeField(_("last refused"))
    times = models.PositiveIntegerField(default=1)

    objects = FeedRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused feed")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """Why it was refused, for the reader."""
        return sentence_of(self.reason, self.details)


class FeedDraftQuerySet(models.QuerySet):
    """Items that were taken up for pages."""

    def last_of(self, page) -> "FeedDraft | None":
        """Give the item that was taken up last for a page."""
        return self.filter(page_id=page.pk).order_by("-pk").first()


class FeedDraft(models.Model):
    """An item that was taken up for a page: what it said, and the draft that it made.

    So one item makes one draft, and the next is compared with what the Department said, whatever
    people made of its words. An item of the very issue that is published in other words makes none.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    after = models.PositiveIntegerField(help_text="Number of the issue it would update.")
    revision = models.BigIntegerField(
        null=True, help_text="The revision that holds the words as they came; none: no draft."
    )
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True)
    published_on = models.DateField()
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    body = models.TextField(blank=True, help_text="HTML as served; empty where it was not kept.")
    sha256 = models.CharField(max_length=64, help_text="Of the item.")
    other_level = models.CharField(
        max_length=60, blank=True, help_text="What the text says, where it contradicts the title."
    )
    left_out = models.JSONField(default=list, help_text="Languages whose text was left out.")
    at = models.DateTimeField()

    objects = FeedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft from the feed")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["page", "revision"], name="one_item_per_feed_draft")
        ]

    def __str__(self) -> str:
        return self.title
