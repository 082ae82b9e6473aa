"""Letters to the staff: of what waits for their answer, and of what of theirs came back.

A line is owed in the transaction of the step it tells of, once to each person, and leaves after the
commit in whatever way `carried_by` named. Lines to the same person gather for a while and leave in
one letter. When it leaves, what was answered meanwhile is left out. A letter names nothing that is
not public and no reason: those stand where it leads, behind the sign-in.
"""

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.localization import get_available_admin_languages
from wagtail.models import Site
from wagtail.users.models import UserProfile

from embassy.mission.roots import root_of
from embassy.models.letter import Letter
from embassy.models.mission import MissionSettings
from embassy.models.users import User

Why = Letter.Why
Carrier = Callable[[Site, str, datetime], uuid.UUID]
SWITCHES = {Why.WAITS: "submitted_notifications", Why.CAME_BACK: "rejected_notifications"}
"""The choices of an account that turn letters off, as Wagtail's profile calls them."""


@dataclass(frozen=True)
class Told:
    """What a letter says of one thing: a sentence, and the path of the screen it leads to."""

    sentence: str
    path: str


Teller = Callable[[Letter, datetime], Told | None]
_tellers: dict[str, Teller] = {}
_carriers: list[Carrier] = []


def about(name: str, tell: Teller) -> None:
    """Register what letters may be about.

    `tell` words a line in the active language, or gives nothing once it is no longer true.
    """
    _tellers[name] = tell


def carried_by(carrier: Carrier) -> None:
    """Register what sends letters: it takes (mission, key of an account, moment), gives an event.

    Asked twice within a while, it gives the same event, under which `letter` is asked for.
    """
    _carriers[:] = [carrier]


def owe(
    site: Site, name: str, key: str, why: Why, people: Iterable[User], at: datetime
) -> list[Letter]:
    """Write down who is to be told of a thing, each once; gives the lines that are new."""
    if not _carriers:
        return []
    known = Letter.objects.filter(about=name, key=key, why=why).values_list("to", flat=True)
    told = set(known)
    lines = [
        Letter(site=site, to=person, why=why, about=name, key=key, post=post, at=at)
        for person in people
        if person.pk not in told and person.email and is_wanted(person, why)
        for post in [_carriers[0](site, str(person.pk), at)]
    ]
    return Letter.objects.bulk_create(lines, ignore_conflicts=True)


def is_wanted(person: User, why: Why) -> bool:
    """Whether an account has not turned such letters off."""
    switched = UserProfile.objects.filter(user=person).values_list(SWITCHES[why], flat=True)
    return switched.first() is not False


def letter(person: User, post: uuid.UUID, at: datetime) -> tuple[str, str] | None:
    """Give subject and text of a letter, or nothing when all in it was answered meanwhile."""
    lines = list(Letter.objects.filter(to=person, post=post).select_related("site").order_by("pk"))
    if not lines:
        return None
    with translation.override(language_of(person, lines[0].site)):
        told = [(line.why, words) for line in lines if (words := worded(line, at)) is not None]
        return put_together(lines[0].site, told) if told else None


def worded(line: Letter, at: datetime) -> Told | None:
    """Give what a line says, if it still holds and its reader still wants to hear of it."""
    tell = _tellers.get(line.about)
    return tell(line, at) if tell and is_wanted(line.to, Why(line.why)) else None


def put_together(site: Site, told: Collection[tuple[str, Told]]) -> tuple[str, str]:
    """Give subject and text of a letter in the active language."""
    root, mission = root_of(site), {"mission": str(MissionSettings.for_site(site).name)}
    waits = any(why == Why.WAITS for why, _words in told)
    subject = (
        _("Waiting for your answer on the website of %(mission)s")
        if waits
        else _("Come back to you on the website of %(mission)s")
    )
    paragraphs = [f"{words.sentence}\n{root}{words.path}" for _why, words in told]
    if any(why == Why.CAME_BACK for why, _words in told):
        paragraphs.append(_("The reason stands there."))
    paragraphs.append(
        _("You can turn such letters off in your account, under “%(tab)s”: %(address)s")
        % {"tab": _("Notifications"), "address": f"{root}{reverse('wagtailadmin_account')}"}
    )
    return subject % mission, "\n\n".join(paragraphs) + "\n"


def language_of(person: User, site: Site) -> str:
    """Give the language an account chose for the staff pages, or else its mission's first."""
    profile = UserProfile.objects.filter(user=person).first()
    chosen = profile.preferred_language if profile else ""
    spoken = dict(get_available_admin_languages())
    return chosen if chosen in spoken else MissionSettings.for_site(site).first_language
