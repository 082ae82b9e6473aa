"""What readers would see changed: field by field as Wagtail compares, and where links lead."""

from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import Page

from embassy.page_links import Link, all_links_of

MARKS = ("addition", "deletion")  # how Wagtail's comparisons mark words


def public_side(page: Page) -> Page:
    """Give what readers see of a page now: of one that is not public, nothing."""
    nothing = type(page)(depth=page.depth, path=page.path, locale=page.locale)
    return page if page.live else nothing


def differences(request: HttpRequest, page: Page, words: Page) -> list:
    """Give what changes field by field; each says whether no word of it is marked (`is_silent`).

    Wagtail compares words: another address behind the same word, or another choice, has no mark.
    """
    panel = page.get_edit_handler().get_bound_panel(instance=words, request=request, form=None)
    compared = [compare(public_side(page), words) for compare in panel.get_comparison()]
    found = [one for one in compared if one.has_changed()]
    for one in found:
        one.is_silent = one.is_field and not any(mark in one.htmldiff() for mark in MARKS)
    return found


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
