"""The frozen rows: what a warning said when it was issued, in one language, never changed."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page

from advisories.models.frozen import Frozen
from advisories.models.issue import Issue
from advisories.vocabulary import Act, Status, level_in_full
from embassy.models.scoped import ScopedQuerySet
from embassy.texts.numbers import written
from embassy.texts.sentences import aside
from embassy.vocabulary import Channel

OPENING = 300
"""How many letters of a warning stand for it in lists and to search engines."""


class IssuedQuerySet(ScopedQuerySet):
    """Issued rows; what is in force is decided by the moment of reading."""

    def of_latest_issue(self) -> "IssuedQuerySet":
        """Keep the latest issue of each warning, drills too."""
        others = Issued.objects.filter(page=OuterRef("page")).values("page")
        return self.filter(number=Subquery(others.annotate(last=Max("number")).values("last")))

    def current(self) -> "IssuedQuerySet":
        """Keep the latest issue of each warning, drills apart."""
        return self.of_latest_issue().filter(is_drill=False)

    def drills(self) -> "IssuedQuerySet":
        """Keep the latest issue of each exercise or test, which no public face shows."""
        return self.of_latest_issue().filter(is_drill=True)

    def latest_of_each(self, keys) -> "IssuedQuerySet":
        """Keep the latest issue of each of some warnings, drills too."""
        return self.filter(page__in=keys).of_latest_issue()

    def current_of(self, page) -> "IssuedQuerySet":
        """Keep the latest issue of one warning, a row per language."""
        return self.latest_of_each([page.pk]).order_by("pk")

    def last_change_of(self, row: "Issued") -> "Issued":
        """Give the row up to another that last said something new: a review changes nothing."""
        if row.content.get("act") != Act.REVIEWED:
            return row
        same = self.filter(page=row.page_id, language=row.language, number__lt=row.number)
        return same.exclude(content__act=Act.REVIEWED).order_by("-number").first() or row

    def not_over(self, at) -> "IssuedQuerySet":
        """Keep what holds at a moment or will: it ends later, or not by itself."""
        return self.filter(Q(expires=None) | Q(expires__gt=at), is_historic=False)

    def alerts(self) -> "IssuedQuerySet":
        """Keep alerts."""
        return self.filter(kind=Issued.Kind.ALERT)

    def advisories(self) -> "IssuedQuerySet":
        """Keep travel advisories."""
        return self.filter(kind=Issued.Kind.ADVISORY)

    def that_were_about(self, incident) -> "IssuedQuerySet":
        """Keep all that was said of warnings once on an incident, in its order; drills apart."""
        pages = self.filter(content__incident=incident.pk, is_drill=False).values("page")
        return self.filter(page__in=pages).order_by("issue__sent", "number", "pk")

    def in_force(self, at) -> "IssuedQuerySet":
        """Keep what holds at a moment: begun, not over, and not a record of the past."""
        return self.not_over(at).filter(effective__lte=at)

    def upcoming(self, at) -> "IssuedQuerySet":
        """Keep what was issued and begins after a moment."""
        return self.not_over(at).filter(effective__gt=at)

    def ending_first(self) -> "IssuedQuerySet":
        """Order by when it ends by itself; what does not comes last."""
        return self.order_by(F("expires").asc(nulls_last=True), "pk")

    def over(self, at) -> "IssuedQuerySet":
        """Keep what no longer holds at a moment."""
        return self.filter(Q(is_historic=True) | Q(expires__lte=at))


class Issued(Frozen):
    """A warning as issued in one language; the database itself refuses to change the row."""

    class Kind(models.TextChoices):
        """Which kind of warning it is."""

        ALERT = "alert", _("Alert")
        ADVISORY = "advisory", _("Travel advisory")

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.PROTECT, related_name="+", verbose_name=_("mission")
    )
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="issued_rows")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(help_text="Counts the issues of one warning from 1.")
    language = models.CharField(max_length=10)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="rows")
    is_drill = models.BooleanField(default=False)
    effective = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    is_historic = models.BooleanField(default=False)
    content = models.JSONField(help_text="Everything a face shows, as text.")
    sha256 = models.CharField(max_length=64)

    objects = IssuedQuerySet.as_manager()

    class Meta:
        ordering = ["-effective", "-pk"]
        verbose_name = _("issued warning")
        verbose_name_plural = _("issued warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number", "language"], name="one_row_per_issue_and_language"
            )
        ]
        indexes = [models.Index(fields=["site", "kind", "effective"], name="issued_by_site")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.number})"

    @property
    def title(self) -> str:
        """The headline."""
        return self.content["title"]

    @property
    def status(self) -> str:
        """Whether it is meant; only of a drill the issue is asked which kind it is."""
        return self.issue.status if self.is_drill else Status.ACTUAL

    @property
    def plain_text(self) -> str:
        """All its words, for search."""
        content = self.content
        contacts = [words_of_contact(contact) for contact in content.get("contacts", [])]
        with override(self.language):
            level = level_in_full(content["level"]) if content.get("level") else ""
        return " ".join([self.title, level, *content.get("words", []), *contacts])

    @property
    def opening(self) -> str:
        """How it begins: the first lines of what happened, or of what an advisory sums up."""
        blocks = {block["name"]: block["text"] for block in self.content.get("blocks", [])}
        text = blocks.get("event") or self.content["words"][0]
        return Truncator(text.strip().partition("\n")[0].strip()).chars(OPENING)

    @property
    def sender(self) -> str:
        """The mission's name when it was issued; rows of before this was kept have none."""
        return self.content.get("sender", "")

    def zone_or(self, otherwise: str) -> str:
        """Give the zone on whose clock it was issued; rows of before this was kept have none."""
        return self.content.get("time_zone") or otherwise

    def is_upcoming(self, at) -> bool:
        """Whether it was issued to begin later, and was not ended before."""
        is_ended = self.content.get("act") in (Act.CANCEL, Act.ALL_CLEAR)
        return self.effective > at and not is_ended and not self.is_historic

    def is_in_force(self, at) -> bool:
        """Whether it holds at a moment."""
        begun = self.effective <= at and not self.is_historic
        return begun and (self.expires is None or self.expires > at)


def with_zones(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """Tell of issues on whose clock they were issued, as `zone`; None of those of before."""
    rows = Issued.objects.filter(issue=OuterRef("pk"))
    return issues.annotate(zone=Subquery(rows.values(kept=KT("content__time_zone"))[:1]))


def words_of_contact(contact: dict) -> str:
    """Give a quoted contact point with every way its number is written, for search."""
    number = contact["href"].removeprefix("tel:").partition(";")[0]
    ways = written(Channel.PHONE, number) if contact["is_phone"] else []
    extension = f"ext. {contact['extension']}" if contact["extension"] else ""
    return " ".join([contact["label"], contact["display"], extension, aside(ways)])


def digest(content: dict, language: str) -> str:
    """Give the SHA-256 of a warning's content, the same for the same words in any order."""
    text = json.dumps([language, content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_end(rows: Iterable[Issued]) -> datetime | None:
    """Give when the first of some warnings ends by itself; None where none does."""
    return min((row.expires for row in rows if row.expires), default=None)


def once_each(rows: Iterable[Issued], language: str, by: str = "page_id") -> list[Issued]:
    """Keep one row per warning (or `by` issue): that in a language, or else the first there is."""
    chosen: dict[int, Issued] = {}
    for row in rows:
        key = getattr(row, by)
        if key not in chosen or row.language == language:
            chosen[key] = row
    return list(chosen.values())
