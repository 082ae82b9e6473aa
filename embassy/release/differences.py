"""What readers would see changed: field by field as Wagtail compares, and where links lead."""

import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DateTimeField
from django.http import HttpRequest
from wagtail.admin.compare import FieldComparison
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import Page

from embassy.clock.clock_forms import ClockComparison
from embassy.links.page_links import Link, all_links_of
from embassy.release.compared import TAGS, PlainComparison


def public_side(page: Page) -> Page:
    """Give what readers see of a page now: of one that is not public, nothing."""
    nothing = type(page)(depth=page.depth, path=page.path, locale=page.locale)
    return page if page.live else nothing


def differences(request: HttpRequest, page: Page, words: Page) -> list:
    """Give what changes field by field; each says whether no word of it is marked (`is_silent`).

    Wagtail compares words: another address behind the same word, or another choice, has no mark.
    """
    panel = page.get_edit_handler().get_bound_panel(instance=words, request=request, form=None)
    before = public_side(page)
    compared = [
        on_clock(compare(before, words), before, words) for compare in panel.get_comparison()
    ]
    found = [one for one in compared if one.has_changed()]
    for one in found:
        one.is_silent = one.is_field and not any(mark in one.htmldiff() for mark in TAGS)
    return [one for one in found if not (one.is_silent and is_the_same(one.val_a, one.val_b))]


def on_clock(one: FieldComparison, before: Page, words: Page) -> FieldComparison:
    """Give a comparison; one of moments that Wagtail would write as Python does, on the clock."""
    if type(one) is PlainComparison and isinstance(one.field, DateTimeField):
        return ClockComparison(one.field, before, words)
    return one


def is_the_same(before, after) -> bool:
    """Whether two stored values differ only in the marks by which the editor knows paragraphs."""
    return without_marks(before) == without_marks(after)


def without_marks(value) -> str:
    """Give a stored value as text without those marks."""
    if isinstance(value, StreamValue):  # which holds figures and days, too
        text = json.dumps(value.get_prep_value(), cls=DjangoJSONEncoder)
    else:
        text = str(value)
    return re.sub(r' data-block-key=(\\?")\w+\1', "", text)


def changed_links(page: Page, words: Page) -> dict[str, list[str]]:
    """Give the links that would be new and those that would go, as staff read them."""
    before, after = all_links_of(public_side(page)), all_links_of(words)
    return {
        "new": [named(link) for link in after if link not in before],
        "gone": [named(link) for link in before if link not in after],
    }


def named(link: Link) -> str:
    """Give the title of what of ours a link leads to, or else its address."""
    model = {"page": Page, "document": get_document_model()}.get(link.kind)
    found = model.objects.filter(pk=link.target).first() if model else None
    return str(found.title) if found else link.shown
