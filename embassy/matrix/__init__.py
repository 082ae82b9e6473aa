"""The matrix of rights: what an account of each role can do, found out by trying it.

Apps register deeds in their module `deeds`. A deed prepares what it needs, yields, and then does
the thing with the service that does it for staff; what that raises is the answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.utils.module_loading import autodiscover_modules

from embassy.matrix.scene import Scene
from embassy.models import User

Steps = Callable[[Scene, User], Iterator[None]]


class Takes(Enum):
    """How many people stand behind a deed that succeeds."""

    ONE = "one account"
    TWO = "a colleague wrote it or asked for it"
    GLASS = "one account with break-glass"
    NOBODY = "nobody may"


@dataclass(frozen=True)
class Deed:
    """Something to try; `for_all` is what belongs to no mission but to all."""

    code: str
    title: str
    takes: Takes
    steps: Steps
    order: int
    for_all: bool = False


_deeds: dict[str, Deed] = {}
_stages: list[Callable[[Scene], None]] = []


def staged(function: Callable[[Scene], None]) -> Callable[[Scene], None]:
    """Register what makes, once a mission, things that many deeds are about (`Scene.kept`)."""
    _stages.append(function)
    return function


def set_stage(scene: Scene) -> None:
    """Make what deeds of all apps are about."""
    autodiscover_modules("deeds")
    for stage in _stages:
        stage(scene)


def deed(
    order: int, title: str, takes: Takes = Takes.ONE, code: str = "", for_all: bool = False
) -> Callable[[Steps], Steps]:
    """Register a deed, known by a code or by the name of its function; used in `deeds.py`."""

    def keep(steps: Steps) -> Steps:
        name = code or steps.__name__
        _deeds[name] = Deed(name, title, takes, steps, order, for_all)
        return steps

    return keep


def refuse_unless(done: bool) -> None:
    """Say that it was not done: a screen refuses in a sentence, or asks a second person."""
    if not done:
        raise PermissionDenied


def deeds() -> list[Deed]:
    """Give the deeds of all apps in the order of the table."""
    autodiscover_modules("deeds")
    return sorted(_deeds.values(), key=lambda entry: (entry.order, entry.code))
