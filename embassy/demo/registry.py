"""The parts of the demo content, and how a part makes its pages once."""

from collections.abc import Callable

from django.utils.text import slugify
from wagtail.models import Page, Site

from embassy.models import ContactPoint, HomePage

HOSTNAME = "localhost"

Part = Callable[[], int]
Told = Callable[[str], list[str]]
_told: list[Told] = []
_parts: list[tuple[int, str, Part, bool]] = []


def part_of_demo(order: int, name: str, of_today: bool = False) -> Callable[[Part], Part]:
    """Register a part of the demo content; it says how many things it made.

    What a part makes `of_today` depends on the day on which it is made.
    """

    def keep(part: Part) -> Part:
        _parts.append((order, name, part, of_today))
        return part

    return keep


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


def demo_site() -> Site:
    """Give the demo mission's site."""
    return Site.objects.select_related("root_page").get(hostname=HOSTNAME)


def home() -> HomePage:
    """Give the demo mission's home page."""
    return demo_site().root_page.specific


def under(slug: str) -> Page:
    """Give the page with a slug directly below home."""
    return home().get_children().get(slug=slug).specific


def publish(page: Page) -> None:
    """Publish a page as it stands."""
    page.save_revision().publish()


def page_once(
    parent: Page, model: type, slug: str = "", title: str = "", go_public=publish, **fields
) -> int:
    """Make and publish a page unless its parent has one with that slug; say how many were made."""
    slug = slug or slugify(title)
    if parent.get_children().filter(slug=slug).exists():
        return 0
    page = model(title=title, slug=slug, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    go_public(page)
    return 1


def fill_once(page: Page, **fields) -> int:
    """Fill and publish a page that the tree of every mission has, unless it has a summary."""
    if page.summary:
        return 0
    for name, value in fields.items():
        setattr(page, name, value)
    publish(page)
    return 1


def place_after(slug: str, before: str = "") -> None:
    """Move a page below home behind another one, or to the front: the menu follows the tree."""
    if before:
        under(slug).move(under(before), pos="right")
    else:
        under(slug).move(home(), pos="first-child")


def contact(label: str) -> ContactPoint:
    """Give a contact point of the demo mission by its English label."""
    return ContactPoint.objects.for_site(demo_site()).get(label__en=label)


def quoting(model: type, *labels: str) -> list:
    """Give the rows with which a page quotes contact points, in this order."""
    return [model(sort_order=order, contact=contact(label)) for order, label in enumerate(labels)]
