"""What is tried for the matrix of rights: the care of accounts."""

from collections.abc import Iterator
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts import asking, factors, invitations, offboarding, raising, rolegiving
from accounts.keepers import ADMINISTRATOR
from accounts.models import RoleRequest
from embassy.approval import Refused
from embassy.matrix import Takes, deed
from embassy.matrix.scene import Scene, account, read, write
from embassy.models import MissionRole, User
from embassy.release import publishing

REASON = "Matrix of rights"
EDITOR, APPROVER, DUTY = "section_editor", "approver", "duty_officer"


def role(scene: Scene, code: str = ADMINISTRATOR) -> MissionRole:
    """Give a role of the mission."""
    return MissionRole.objects.get(site=scene.site, role=code)


def somebody(scene: Scene) -> User:
    """Make an account of the mission that may write."""
    return account(scene.site, "somebody", [EDITOR])


def newcomer(scene: Scene) -> User:
    """Make an account of the mission with no role, so that it can be made administrator."""
    return account(scene.site, "newcomer", [])


def invited(scene: Scene, by: User, name: str, code: str) -> tuple[User, str]:
    """Invite somebody with a role; give the account and what opens it."""
    stranger = User(email=f"{name}@matrix.invalid", mission=scene.site)
    group = role(scene, code).group
    found, token = invitations.invite(by, stranger, [group], scene.at)
    return found.account, token


# With one role as with another


def invites(scene: Scene, by: User, code: str) -> Iterator[None]:
    """Invite a stranger with a role."""
    yield
    invited(scene, by, "stranger", code)


def gives(scene: Scene, by: User, code: str) -> Iterator[None]:
    """Give a colleague a role, as one is given that confirms nothing."""
    person = somebody(scene)
    yield
    rolegiving.set_roles(by, person, [role(scene, code).group], scene.at)


def confirms(scene: Scene, by: User, code: str) -> Iterator[None]:
    """Confirm a role that another administrator asked for."""
    wanted = role(scene, code)
    request = raising.ask(scene.keepers[0], newcomer(scene), wanted, REASON, scene.at)
    yield
    raising.confirm(by, request, scene.at)


def resets(scene: Scene, by: User, code: str) -> Iterator[None]:
    """Take what a colleague with a role signs in with, and have a letter sent."""
    person = account(scene.site, "lost", [code])
    yield
    factors.reset_by(by, person, REASON, scene.at)


# What is tried


@deed(90, _("Invite somebody who writes and confirms nothing"))
def invite(scene: Scene, by: User) -> Iterator[None]:
    """Invite a stranger."""
    yield from invites(scene, by, DUTY)


@deed(91, _("Invite two accounts of one’s own, and publish a page with them"), Takes.NOBODY)
def invite_two(scene: Scene, by: User) -> Iterator[None]:
    """Let in two strangers of whom one writes and the other approves."""
    page = scene.page()
    yield
    people = []
    for name, code in (("writer", DUTY), ("second-writer", APPROVER)):
        stranger = User(email=f"{name}@matrix.invalid", mission=scene.site)
        letter, _asked = asking.invite(by, stranger, [role(scene, code).group], scene.at)
        letter.account.is_active = True  # as whoever has the letter makes it
        letter.account.save()
        people.append(letter.account)
    for request in RoleRequest.objects.filter(account__in=people):
        with suppress(Refused):
            raising.confirm(by, request, scene.at)
    write(page, people[0])
    publishing.submit(page, people[0])
    publishing.approve(page, people[1], read(page))


@deed(92, _("Give a colleague the role of approver alone"), Takes.NOBODY)
def set_roles(scene: Scene, by: User) -> Iterator[None]:
    """Give a colleague another role, as one is given that confirms nothing."""
    yield from gives(scene, by, APPROVER)


@deed(93, _("Ask that a colleague be made approver"))
def ask_for_approver(scene: Scene, by: User) -> Iterator[None]:
    """Tick the role in the form of the account."""
    person = somebody(scene)
    yield
    asking.set_roles(by, person, [role(scene, APPROVER).group], scene.at)


@deed(94, _("Confirm an approver that a colleague asked for"), Takes.TWO)
def confirm_approver(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what another administrator asked for."""
    yield from confirms(scene, by, APPROVER)


@deed(95, _("Invite an approver alone"), Takes.NOBODY)
def invite_approver(scene: Scene, by: User) -> Iterator[None]:
    """Invite a stranger who would approve."""
    yield from invites(scene, by, APPROVER)


@deed(96, _("Raise oneself"), Takes.NOBODY)
def raise_oneself(scene: Scene, by: User) -> Iterator[None]:
    """Give oneself another role."""
    other = APPROVER if role(scene, APPROVER).group not in by.groups.all() else EDITOR
    yield
    rolegiving.set_roles(by, by, [role(scene, other).group], scene.at)


@deed(97, _("Ask for oneself to be made administrator"), Takes.NOBODY)
def ask_for_oneself(scene: Scene, by: User) -> Iterator[None]:
    """Ask for the gravest role for oneself."""
    yield
    raising.ask(by, by, role(scene), REASON, scene.at)


@deed(98, _("Make somebody administrator alone"), Takes.NOBODY)
def make_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Give the gravest role as any other is given."""
    yield from gives(scene, by, ADMINISTRATOR)


@deed(99, _("Invite an administrator alone"), Takes.NOBODY)
def invite_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Invite a stranger with the gravest role."""
    yield from invites(scene, by, ADMINISTRATOR)


@deed(100, _("Ask for somebody to be made administrator"))
def ask_for_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Ask for the gravest role for a colleague."""
    person = newcomer(scene)
    yield
    raising.ask(by, person, role(scene), REASON, scene.at)


@deed(101, _("Confirm an administrator that a colleague asked for"), Takes.TWO)
def confirm_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what another administrator asked for."""
    yield from confirms(scene, by, ADMINISTRATOR)


@deed(102, _("Confirm an administrator that one asked for oneself"), Takes.NOBODY)
def confirm_own_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it oneself."""
    person = newcomer(scene)
    yield
    request = raising.ask(by, person, role(scene), REASON, scene.at)
    raising.confirm(by, request, scene.at)


@deed(103, _("Take the role of administrator away"))
def take_administrator(scene: Scene, by: User) -> Iterator[None]:
    """Take the gravest role from a colleague, at once."""
    yield
    if not raising.take(by, scene.keepers[1], role(scene), REASON, scene.at):
        raise PermissionDenied


@deed(104, _("Reset the factors of a colleague who writes and confirms nothing"))
def reset_factors(scene: Scene, by: User) -> Iterator[None]:
    """Take what a colleague signs in with."""
    yield from resets(scene, by, DUTY)


@deed(105, _("Reset the factors of an approver alone"), Takes.NOBODY)
def reset_approver(scene: Scene, by: User) -> Iterator[None]:
    """Have a letter sent that opens the account of somebody who approves."""
    yield from resets(scene, by, APPROVER)


@deed(106, _("Ask to reset the factors of an approver"))
def ask_to_reset_approver(scene: Scene, by: User) -> Iterator[None]:
    """Ask a second administrator for it."""
    person = account(scene.site, "lost", [APPROVER])
    yield
    asking.reset_factors(by, person, REASON, scene.at)


@deed(107, _("Confirm a reset of factors that one asked for oneself"), Takes.NOBODY)
def confirm_own_reset(scene: Scene, by: User) -> Iterator[None]:
    """Ask, and confirm it oneself."""
    person = account(scene.site, "lost", [APPROVER])
    yield
    request = raising.ask_to_reset(by, person, REASON, scene.at)
    raising.confirm(by, request, scene.at)


@deed(108, _("Confirm a reset of factors that a colleague asked for"), Takes.TWO)
def confirm_reset(scene: Scene, by: User) -> Iterator[None]:
    """Confirm what another administrator asked for."""
    person = account(scene.site, "lost", [APPROVER])
    request = raising.ask_to_reset(scene.keepers[0], person, REASON, scene.at)
    yield
    raising.confirm(by, request, scene.at)


@deed(109, _("Send the letter of an approver again alone"), Takes.NOBODY)
def invite_approver_again(scene: Scene, by: User) -> Iterator[None]:
    """Have a letter sent that opens the account of an approver who did not come yet."""
    person = account(scene.site, "late", [APPROVER])
    User.objects.filter(pk=person.pk).update(is_active=False)
    yield
    invitations.invite_again(by, person, scene.at)


@deed(110, _("Close the account of a colleague"))
def off_board(scene: Scene, by: User) -> Iterator[None]:
    """Take all that a colleague has."""
    person = somebody(scene)
    yield
    offboarding.off_board(by, person, scene.at, REASON)


@deed(111, _("Be administrator beside another role, though two agree"), Takes.NOBODY)
def be_both(scene: Scene, by: User) -> Iterator[None]:
    """Take part in nothing oneself: two administrators ask for the role and confirm it."""
    keeps = by.groups.filter(mission_role__role=ADMINISTRATOR).exists()
    other = APPROVER if keeps else ADMINISTRATOR
    yield
    request = raising.ask(scene.keepers[0], by, role(scene, other), REASON, scene.at)
    raising.confirm(scene.keepers[1], request, scene.at)
