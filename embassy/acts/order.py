"""The order of pages in a list, as readers see it: of drafts nobody does.

One person asks for another order and a second one confirms it, as of every move (`alone`). Lists
of pages are lists of keys.
"""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, Revision


def read_below(parent: Page) -> list[int]:
    """Give the pages of a list that are public, lead to one that is, or go out by themselves."""
    scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    below = parent.get_descendants().annotate(key=Cast("pk", TextField()))
    found = below.filter(Q(live=True) | Q(key__in=scheduled.values("object_id")))
    length = len(parent.path) + Page.steplen
    tops = {path[:length] for path in found.values_list("path", flat=True)}
    return list(parent.get_children().filter(path__in=tops).values_list("pk", flat=True))


def all_below(parent: Page) -> list[int]:
    """Give the pages of a list in their order, drafts too."""
    return list(parent.get_children().values_list("pk", flat=True))


def put(key: int, keys: list[int], place: int) -> list[int]:
    """Give a list with one of it in another place; beyond its end is its end."""
    rest = [each for each in keys if each != key]
    return [*rest[:place], key, *rest[place:]]


def as_asked(keys: list[int], wanted: list[int]) -> list[int]:
    """Give a list with those of it that are wanted in another order in that order.

    All others keep their places.
    """
    chosen = set(wanted) & set(keys)
    following = iter([key for key in wanted if key in chosen])
    return [next(following) if key in chosen else key for key in keys]


def after_move(page: Page, target: Page, pos: str | None) -> list[int]:
    """Give a list as it stands once a page of it was moved within it, in Wagtail's words."""
    keys = all_below(page.get_parent())
    rest = [key for key in keys if key != page.pk]
    if target.pk == page.pk:
        return keys
    if pos in ("left", "right"):
        return put(page.pk, keys, rest.index(target.pk) + (pos == "right"))
    return put(page.pk, keys, 0 if pos in ("first-child", "first-sibling") else len(rest))


def changes(page: Page, target: Page, pos: str | None) -> bool:
    """Whether readers would see another order once a page was moved within its list."""
    read = read_below(page.get_parent())
    return [key for key in after_move(page, target, pos) if key in read] != read


def set_order(parent: Page, wanted: list[int], by) -> None:
    """Put what readers see of a list into an order, in the name of an account.

    Whoever may order a list orders all of it: also the pages that never move out of it.
    """
    for place, key in enumerate(wanted):
        standing = read_below(parent)[place]
        if standing != key:
            page, before = Page.objects.get(pk=key), Page.objects.get(pk=standing)
            within = MovePageAction(page.specific, before, pos="left", user=by)
            within.execute(skip_permission_checks=True)
