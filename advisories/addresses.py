"""Where warnings answer: their pages in each language, and what machines read of them."""

from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from embassy.languages import path_of, with_prefix, without_prefix


def page_address(page: Page, language: str | None = None) -> str:
    """Give the address of a page of warnings in a language, or else in the reader's."""
    path = without_prefix(path_of(page) or "/")
    return with_prefix(path, language or get_language())


def cap_address(page: Page, number: int | None = None) -> str:
    """Give the address of an alert's CAP message: of one issue, or else of the latest."""
    if number is None:
        return reverse("alert_cap", args=[page.slug])
    return reverse("alert_cap_issue", args=[page.slug, number])
