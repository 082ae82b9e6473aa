"""Issued warnings as machines are given them: each with its texts in every language.

Read in as many queries for a thousand as for one. Drills are in none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet
from wagtail.models import Page, Site

from advisories.models import Issue, Issued
from advisories.models.issue import IssueQuerySet
from advisories.models.issued import IssuedQuerySet

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed in which nothing has happened yet


@dataclass(frozen=True)
class Published:
    """An issue of a warning with its rows."""

    issue: Issue
    rows: list[Issued]

    @property
    def page(self) -> Page:
        """The warning's page."""
        return self.issue.page

    @property
    def first_published(self) -> datetime:
        """When it was first issued; of a message of the past, its own date."""
        first = self.rows[0]
        return first.effective if first.is_historic else self.issue.first_sent

    def row_in(self, language: str) -> Issued:
        """Give the row in a language, or else the first there is."""
        return next((row for row in self.rows if row.language == language), self.rows[0])

    def state_at(self, at: datetime) -> str:
        """Say whether it holds at a moment, will, or no longer does."""
        first = self.rows[0]
        if first.is_in_force(at):
            return "in_force"
        is_over = first.is_historic or (first.expires is not None and first.expires <= at)
        return "over" if is_over else "upcoming"


def published(issues: QuerySet[Issue]) -> list[Published]:
    """Read issues with their rows and pages."""
    return each(with_rows(issues))


def with_rows(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """Let issues be read along with their rows and pages."""
    rows = Prefetch("rows", Issued.objects.order_by("pk"))
    return issues.select_related("page", "site").prefetch_related(rows)


def each(issues: Iterable[Issue]) -> list[Published]:
    """Put issues and their rows together; one without any is an error, not an empty place."""
    made = [Published(issue, list(issue.rows.all())) for issue in issues]
    for one in made:
        if not one.rows:
            raise LookupError(f"The issue {one.issue.identifier} has no texts.")
    return made


def alerts(site: Site, at: datetime, state: str = "in_force") -> IssueQuerySet:
    """Give the latest issue of each of a mission's alerts in a state; "all" for every state."""
    issues = Issue.objects.for_site(site).alerts().actual().latest_of_each().with_first_sent()
    if state == "all":
        return issues
    rows = Issued.objects.filter(issue=OuterRef("pk"))
    kept = {
        "in_force": rows.in_force(at),
        "upcoming": rows.upcoming(at),
        "over": rows.over(at),
    }
    return issues.filter(Exists(kept[state]))


def every_issue_of_alerts(site: Site) -> IssueQuerySet:
    """Give whatever was ever issued to a mission's public, the oldest first."""
    issues = Issue.objects.for_site(site).alerts().actual().with_first_sent()
    return issues.order_by("pk")


def advisories(site: Site) -> IssueQuerySet:
    """Give the latest issue of a mission's travel advisory."""
    issues = Issue.objects.for_site(site).advisories().actual().latest_of_each()
    return issues.with_first_sent()


def changed_at(site: Site, at: datetime) -> datetime | None:
    """Give when the alerts in force last became others."""
    return last_change(Issued.objects.for_site(site).alerts().current(), at)


def last_change(rows: IssuedQuerySet, at: datetime) -> datetime | None:
    """Give when those in force among some rows last became others: one came, began or ended."""
    known = rows.aggregate(
        sent=Max("issue__sent"),
        begun=Max("effective", filter=Q(effective__lte=at, is_historic=False)),
        ended=Max("expires", filter=Q(expires__lte=at, is_historic=False)),
    )
    return max(filter(None, known.values()), default=None)


def cap_changed_at(site: Site, at: datetime) -> datetime | None:
    """Give when the index of CAP messages last changed."""
    issues = Issue.objects.for_site(site).alerts().actual().latest_of_each().exclude(cap="")
    known = issues.aggregate(
        sent=Max("sent"),
        begun=Max("effective", filter=Q(effective__lte=at)),
        lapsed=Max("expires", filter=Q(expires__lte=at)),
    )
    return max(filter(None, known.values()), default=None)


def cap_next_change(site: Site, at: datetime) -> datetime | None:
    """Give when the next message lapses from the index, the end of an alert included."""
    issues = Issue.objects.in_cap_index(at).for_site(site)
    return issues.aggregate(first=Min("expires"))["first"]
