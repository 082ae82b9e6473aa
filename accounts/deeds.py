"""What is tried for the matrix of rights: the care of accounts."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts import factors, invitations, offboarding, raising, rolegiving
from accounts.keepers import ADMINISTRATOR
from embassy import publishing
from embassy.matrix import Takes, deed
from embassy.matrix.scene import Scene, account, read, write
from embassy.models import MissionRole, User

REASON = "Matrix of rights"
EDITOR, APPROVER = "section_editor", "approver"


def role(scene: Scene, code: str = ADMINISTRATOR) -> MissionRole:
    """Give a role of the mission."""
    return MissionRole.objects.get(site=scene.site, role=code)


def somebody(scene: Scene) -> User:
    """Make an account of the mission that may write."""
    return account(scene.site, "somebody", [EDITOR])


def invited(scene: Scene, by: User, name: str, code: str) -> tuple[User, str]:
    """Invite somebody with a role; give the account and what opens it."""
    stranger = User(email=f"{name}@matrix.invalid", mission=scene.site)
    group = role(scene, code).group
    found, token = invitations.invite(by, stranger, [group], scene.at)
    return found.account, token


@deed(90, _("Invite somebody with a role"))
def invite(scene: Scene, by: User) -> Iterator[None]:
    """Invite a stranger."""
    yield
    invited(scene, by, "stranger", EDITOR)


@deed(91, _("Invite two accounts of one’s own, and publish a page with them"))
def invite_two(scene: Scene, by: User) -> Iterator[None]:
    """Let in two strangers of whom one writes and the other approves."""
    page = scene.page()
    yield
    people = []
    for name, code in (("writer", EDITOR), ("second-writer", APPROVER)):
        _account, token = invited(scene, by, name, code)
        people.append(invitations.accept(invitations.digest_of(token), None, scene.at))
    write(page, people[0])
    publishing.submit(page, people[0])
    publishing.approve(page, people[1], read(page))


@deed(92, _("Set the roles of a colleague"))
def set_roles(scene: Scene, by: User) -> Iterator[None]:
    """Give a colleague another role."""
    person = somebody(scene)
    yield
    rolegiving.set_roles(by, person, [role(scene, APPROVER).group], scene.at)


@deed(93, _("Raise oneself"), Takes.NOBODY)
def raise_oneself(scene: Scene, by: User) -> Iterator[None]:
    """Give oneself another role."""
    other = APPROVER if role(scene, APPROVER).group not in by.groups.all() else EDITOR
    yield
    rolegiving.set_roles(by, by, [role(scene, other).group], scene.at)


@deed(94, _("Ask for oneself to be made administrator"), Takes.NOBODY)
def ask_for_oneself(scene: Scene, by: User) -> Iterator[None]:
    """Ask for the gravest role for oneself."""
    yield
    raising.ask(by, by, role(scene), REASON, scene.at)


@deed(95, _("Make somebody administrator alone"), Takes.NOBODY)
def make_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Give the gravest role as any other is given."""
    person = somebody(scene)
    yield
    rolegiving.set_roles(by, person, [role(scene).group], scene.at)


@deed(96, _("Invite an administrator alone"), Takes.NOBODY)
def invite_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Invite a stranger with the gravest role."""
    yield
    invited(scene, by, "stranger", ADMINISTRATOR)


@deed(97, _("Ask for somebody to be made administrator"))
def ask_for_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Ask for the gravest role for a colleague."""
    person = somebody(scene)
    yield
    raising.ask(by, person, role(scene), REASON, scene.at)


@deed(98, _("Confirm an administrator that a colleague asked for"), Takes.TWO)
def confirm_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what another administrator asked for."""
    request = raising.ask(scene.colleague, somebody(scene), role(scene), REASON, scene.at)
    yield
    raising.confirm(by, request, scene.at)


@deed(99, _("Confirm an administrator that one asked for oneself"), Takes.NOBODY)
def confirm_own_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it oneself."""
    person = somebody(scene)
    yield
    request = raising.ask(by, person, role(scene), REASON, scene.at)
    raising.confirm(by, request, scene.at)


@deed(100, _("Take the role of administrator away"))
def take_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Take the gravest role from a colleague, at once."""
    yield
    if not raising.take(by, scene.second, role(scene), REASON, scene.at):
        raise PermissionDenied


@deed(101, _("Reset the factors of a colleague"))
def reset_factors(scene: Scene, by: User) -> Iterator[None]:
    """Take what a colleague signs in with."""
    person = somebody(scene)
    yield
    factors.reset_by(by, person, REASON, scene.at)


@deed(102, _("Close the account of a colleague"))
def off_board(scene: Scene, by: User) -> Iterator[None]:
    """Take all that a colleague has."""
    person = somebody(scene)
    yield
    offboarding.off_board(by, person, scene.at, REASON)
