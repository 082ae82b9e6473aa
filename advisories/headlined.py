"""What staff read a warning's headline as: in their language, or else in the first it has."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from advisories.models import Clearance, Issue
from advisories.vocabulary import Status


@dataclass(frozen=True)
class Headline:
    """A headline, the language it is in, and whether it is meant."""

    title: str
    language: str
    status: str = Status.ACTUAL


def chosen(headlines: Iterable[Headline]) -> Headline:
    """Give the headline in the reader's language, or else the first; empty ones come last."""
    written = sorted(headlines, key=lambda one: not one.title)
    own = (one for one in written if one.title and one.language == get_language())
    return next(own, written[0])


def headline_of(words) -> Headline:
    """Give the headline of a warning's words under way."""
    status = getattr(words, "status", Status.ACTUAL)
    texts = [Headline(text.title, text.language, status) for text in words.texts.all()]
    return chosen([*texts, Headline(words.draft_title, words.locale.language_code, status)])


def under_way_headlined(clearances) -> list[Clearance]:
    """Give clearances, each with the `headline` of its words, all in one query."""
    found = list(clearances.select_related("page__latest_revision", "page__locale"))
    for clearance in found:
        page = clearance.page
        stored = page.latest_revision.content if page.latest_revision else {}
        status = stored.get("status", Status.ACTUAL)
        texts = [(text["title"], text["language"]) for text in stored.get("texts", [])]
        titles = [*texts, (page.draft_title, page.locale.language_code)]
        clearance.headline = chosen(Headline(*title, status) for title in titles)
    return found


def issued_headlined(issues) -> list[Issue]:
    """Give issues, each with the `headline` that it was issued with."""
    found = list(issues.prefetch_related("rows"))
    for issue in found:
        rows = sorted(issue.rows.all(), key=lambda row: row.pk)
        issue.headline = chosen(Headline(row.title, row.language, issue.status) for row in rows)
    return found
