"""Tries who lets out which kind of page; each app names its own kinds."""

from collections.abc import Callable, Iterator

from wagtail.models import Page

from embassy.matrix import Takes, deed
from embassy.matrix.scene import Scene, read, sign
from embassy.models import User
from embassy.release import publishing


def tries_approval(
    order: int,
    code: str,
    title: str,
    model: type[Page],
    index: type[Page] | None = None,
    fields: Callable[[Scene], dict] = lambda scene: {},
) -> None:
    """Register that an account approves what a colleague wrote on a page of a kind.

    It stands below the list of its kind (`index`), or else below the home page.
    """

    @deed(order, title, Takes.TWO, f"approve_{code}")
    def approves(scene: Scene, by: User) -> Iterator[None]:
        above = scene.below(index) if index else None
        page = scene.made(model, above, **fields(scene))
        sign(page, scene.colleague)
        publishing.submit(page, scene.colleague)
        yield
        publishing.approve(page, by, read(page))
