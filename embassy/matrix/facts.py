"""What is tried of every fact: a change of it asked for, confirmed, and stored alone.

Each takes a row that words were typed over and that is not stored.
"""

from collections.abc import Iterator

from wagtail.actions import action_registry

from embassy.acts import requested
from embassy.acts.requested_facts import values_of
from embassy.matrix import refuse_unless
from embassy.matrix.scene import Scene
from embassy.models import RequestedAct, User
from embassy.models.scoped import Fact

URGENT = "Matrix of rights"


def ask(scene: Scene, by: User, row: Fact) -> RequestedAct:
    """Ask that a row say what was typed over it."""
    values = {"values": values_of(row)}
    return requested.ask(by, row, RequestedAct.Act.CHANGE, scene.at, values)


def asks(scene: Scene, by: User, row: Fact) -> Iterator[None]:
    """Ask for the change."""
    yield
    ask(scene, by, row)


def confirms(scene: Scene, by: User, row: Fact) -> Iterator[None]:
    """Confirm the change that a colleague asked for."""
    request = ask(scene, scene.colleague, row)
    yield
    requested.confirm(by, request, scene.at, request.reading)


def confirms_own(scene: Scene, by: User, row: Fact) -> Iterator[None]:
    """Ask for the change, and confirm it oneself."""
    yield
    request = ask(scene, by, row)
    requested.confirm(by, request, scene.at, request.reading)


def breaks_glass(scene: Scene, by: User, row: Fact) -> Iterator[None]:
    """Ask for the change, and confirm it alone with a reason."""
    yield
    request = ask(scene, by, row)
    requested.break_glass(by, request, scene.at, request.reading, URGENT)


def stores_alone(scene: Scene, by: User, row: Fact, field: str) -> Iterator[None]:
    """Store the change by what the staff pages store it with."""
    yield
    action_registry.get_action_class(type(row), "edit")(row, user=by).execute()
    stored = type(row).objects.get(pk=row.pk)
    refuse_unless(getattr(stored, field) == getattr(row, field))  # or else it was asked for
