"""The tree every mission starts with; each app adds its own pages in its `tree.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


@dataclass(frozen=True)
class Branch:
    """A page directly below home that every mission starts with."""

    model: type
    slug: str
    title: str
    order: int
    in_menu: bool = True
    fields: dict = field(default_factory=dict)


_branches: list[Callable[[], list[Branch]]] = []


def branches_of_app(function: Callable[[], list[Branch]]) -> Callable[[], list[Branch]]:
    """Register what an app adds to a new mission's tree; used in `tree.py`."""
    _branches.append(function)
    return function


def branches() -> list[Branch]:
    """Give all branches in the order of the menu."""
    found = [branch for function in _branches for branch in function()]
    return sorted(found, key=lambda branch: branch.order)


def plant(home: Page) -> list[Page]:
    """Make the branches a home page does not have yet; safe to run again."""
    made = []
    slugs = set(home.get_children().values_list("slug", flat=True))
    for branch in branches():
        if branch.slug in slugs:
            continue
        page = branch.model(
            title=str(branch.title),
            slug=branch.slug,
            show_in_menus=branch.in_menu,
            locale=home.locale,
            **branch.fields,
        )
        home.add_child(instance=page)
        page.save_revision().publish()
        made.append(page)
    return made


HOME_TITLE = _("Home")
