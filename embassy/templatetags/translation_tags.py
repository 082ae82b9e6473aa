"""What the editor of translations shows around itself, and screens that take originals away."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from embassy.acts.alone import with_all_below
from embassy.translations import originals, screens

register = template.Library()
register.filter("of_two_people", screens.of_two_people)
register.filter("beside_editor", screens.beside_editor)
register.filter("typed_marks", screens.typed_marks)
register.filter("outlived_for", originals.beside)


@register.simple_tag
def that_stay(page: Page, with_below: bool = False) -> SafeString | str:
    """Name the translations that readers keep when a page goes; nothing when there are none."""
    return named(with_all_below(page).select_related("locale") if with_below else [page])


@register.simple_tag
def that_stay_in_bulk(view, items: Iterable[dict]) -> SafeString | str:
    """Name the translations that readers keep when several pages go."""
    if view.action_type not in ("unpublish", "delete"):
        return ""
    return named([item["item"] for item in items if isinstance(item["item"], Page)])


def named(pages: Iterable[Page]) -> SafeString | str:
    """Draw the list of those that stay."""
    found = originals.that_stay(pages)
    if not found:
        return ""
    return render_to_string("embassy/translations/that_stay.html", {"pages": found})
