"""The field in which whoever asks for an act says why, put into Wagtail's own confirmations."""

import re
from collections.abc import Iterable

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from embassy.acts.alone import needs_two
from embassy.acts.requested_hooks import IN_BULK
from embassy.models.scoped import Fact

register = template.Library()

BUTTON = re.compile(r"<(?:input|button)\b[^>]*\btype=\"submit\"")
FORM = re.compile(r"<form\b[^>]*\bmethod=\"POST\"")


@register.simple_tag
def why_of(page: Page, act: str, typed: str = "") -> SafeString | str:
    """Give the field where an act on a page needs a second person; nothing where one may alone."""
    return field(typed) if needs_two(page, act) else ""


@register.simple_tag
def why_in_bulk(view, items: Iterable[dict]) -> SafeString | str:
    """Give the field where any of several rows needs a second person for a bulk action."""
    rows: list[Model] = [item["item"] for item in items]
    act = IN_BULK.get(view.action_type)
    asks = [
        (isinstance(row, Fact) and view.action_type in ("delete", "verify"))
        or (isinstance(row, Page) and act is not None and needs_two(row, act))
        for row in rows
    ]
    return field() if any(asks) else ""


@register.simple_tag(name="why_of_fact")
def field(typed: str = "") -> SafeString:
    """Give the field with its label, and with what was typed before."""
    return render_to_string("embassy/requested/why.html", {"typed": typed})


@register.filter
def with_why(screen: SafeString, field: SafeString | str) -> SafeString:
    """Put the field before the first button of a screen's form.

    Wagtail's confirmations have no place for it; both texts are made by templates.
    """
    form = FORM.search(screen)
    button = BUTTON.search(screen, form.end()) if form and field else None
    if button is None:
        return screen
    return mark_safe(screen[: button.start()] + field + screen[button.start() :])
