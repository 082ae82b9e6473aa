"""Where warnings answer: their pages in each language, and what machines read of them."""

from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page, Site

from advisories.drills import token_for
from advisories.models import Issued
from embassy.language.languages import path_of, with_prefix, without_prefix
from embassy.mission.roots import root_of


def page_address(page: Page, language: str | None = None) -> str:
    """Give the address of a page of warnings in a language, or else in the reader's."""
    path = without_prefix(path_of(page) or "/")
    return with_prefix(path, language or get_language())


def public_address(page: Page, site: Site, language: str) -> str:
    """Give the address of a page of warnings in a language, with the mission's host."""
    return root_of(site) + page_address(page, language)


def reading_address(row: Issued) -> str:
    """Give where those who are sent an issued row find it, in its language, with host.

    That is its public page. Of a drill, which has none, it is the secret address of the very issue,
    which holds for some weeks from now: for what is sent now, and for nothing that is kept.
    """
    if not row.is_drill:
        return public_address(row.page, row.site, row.language)
    with override(row.language):
        path = reverse("drill", args=[token_for(row.site), row.page_id, row.issue.number])
    return root_of(row.site) + path


def cap_address(page: Page, number: int | None = None) -> str:
    """Give the address of an alert's CAP message: of one issue, or else of the latest."""
    if number is None:
        return reverse("alert_cap", args=[page.slug])
    return reverse("alert_cap_issue", args=[page.slug, number])
