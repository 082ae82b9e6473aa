"""The parts of the demo content, and how a part makes its pages once."""

from collections.abc import Callable
from functools import wraps

from django.utils.text import slugify
from wagtail.models import Page

from embassy.demo.records import FILLED, Gone, current_run, demo_site, made, once
from embassy.models import ContactPoint, HomePage

Part = Callable[[], int]
Told = Callable[[str], list[str]]
_told: list[Told] = []
Fields = Callable[[], dict]
_parts: list[tuple[int, str, Part, bool]] = []


def part_of_demo(order: int, name: str, of_today: bool = False) -> Callable[[Part], Part]:
    """Register a part of the demo content; it says how many things it made.

    What a part makes `of_today` depends on the day on which it is made: it is new on every site.
    """

    def keep(part: Part) -> Part:
        _parts.append((order, name, anew(part) if of_today else part, of_today))
        return part

    return keep


def anew(part: Part) -> Part:
    """Let a part make what it does not find, on a site that is older than its records too."""

    @wraps(part)
    def run() -> int:
        around = current_run()
        before, around.takes_as_it_stands = around.takes_as_it_stands, False
        try:
            return part()
        finally:
            around.takes_as_it_stands = before

    return run


def parts(of_today: bool = True) -> list[tuple[str, Part]]:
    """Give the parts in their order, on request without those that depend on the day."""
    ordered = sorted(_parts, key=lambda entry: entry[0])
    return [(name, part) for _order, name, part, dated in ordered if of_today or not dated]


def told_of_account(function: Told) -> Told:
    """Register a function that gives lines on how to sign in to an account, by its address."""
    _told.append(function)
    return function


def ways_in(email: str) -> list[str]:
    """Give what else to know to sign in to a demo account, besides its password."""
    return [line for function in _told for line in function(email)]


def home() -> HomePage:
    """Give the demo mission's home page."""
    return demo_site().root_page.specific


def page_key(path: str) -> str:
    """Give the key of a page by the slugs with which it was made, from home down."""
    return f"page:{path}"


def under(path: str) -> Page:
    """Give a page by the slugs with which it was made, wherever it stands now; raises Gone."""
    return made(page_key(path)) if path else home()


def publish(page: Page) -> None:
    """Publish a page as it stands."""
    page.save_revision().publish()


def page_once(
    parent: str,
    model: type,
    slug: str = "",
    title: str = "",
    fields: Fields = dict,
    go_public: Callable[[Page], None] = publish,
) -> int:
    """Make and publish a page below the one with a path, unless it was made before.

    `fields` are asked for only then. Says how many were made.
    """
    slug = slug or slugify(title)

    def make() -> Page:
        above = under(parent)
        page = model(title=title, slug=slug, locale=above.locale, **fields())
        above.add_child(instance=page)
        go_public(page)
        return page

    def same() -> Page | None:
        found = under(parent).get_children().filter(slug=slug).first()
        return found.specific if found else None

    return once(page_key(f"{parent}/{slug}".strip("/")), title, make, same)


def fill_once(path: str, fields: Fields) -> int:
    """Fill and publish a page that the tree of every mission has, unless it has a summary."""

    def fill() -> Page:
        page = under(path)
        for name, value in fields().items():
            setattr(page, name, value)
        publish(page)
        return page

    def same() -> Page | None:
        page = under(path)
        return page if page.summary else None

    return once(f"{FILLED}{path}", path or "home", fill, same)


def place_after(path: str, before: str = "") -> None:
    """Move a page below home behind another one, or to the front: the menu follows the tree."""
    if not before:
        under(path).move(home(), pos="first-child")
        return
    try:
        under(path).move(under(before), pos="right")
    except Gone:  # it stands where it was made
        return


def contact(label: str) -> ContactPoint:
    """Give a contact point by the English label with which it was made; raises Gone."""
    return made(f"contact:{label}")


def quoting(model: type, *labels: str) -> list:
    """Give the rows with which a page quotes contact points, in this order."""
    return [model(sort_order=order, contact=contact(label)) for order, label in enumerate(labels)]
