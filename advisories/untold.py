"""Warnings that hold in some of their mission's languages only: writers hear of it until all do.

The first screen names such a warning as long as it stands. Letters leave when it is issued and,
while nothing has changed, after a few hours and on some days after.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from wagtail.models import Site

from advisories.models import Issued
from advisories.vocabulary import Right
from embassy import approval
from embassy.language.languages import language_name
from embassy.mail import letters
from embassy.mail.letters import Told, Why
from embassy.mission.belonging import sites_of
from embassy.models import MissionSettings
from embassy.models.letter import Letter
from embassy.upkeep import Owed, Part

ABOUT = "untold"
CHASED_AFTER = [timedelta(hours=hours) for hours in (0, 6, 24, 72, 168)]
"""So long after its issue the writers of a warning get a letter, while a language lacks."""


@dataclass(frozen=True)
class Untold:
    """A warning as it holds in one language, and the languages it is not told in."""

    row: Issued
    languages: list[str]

    @property
    def since(self) -> datetime:
        """When it was issued so."""
        return self.row.issue.sent

    @property
    def missing(self) -> str:
        """The languages in words."""
        return get_text_list([language_name(code) for code in self.languages], _("and"))

    def chases(self, at: datetime) -> int:
        """How many letters should have left by a moment."""
        return sum(at >= self.since + after for after in CHASED_AFTER)


def untold(site: Site, at: datetime) -> list[Untold]:
    """Give a mission's warnings that hold, or will, and lack a language; the oldest first."""
    spoken = MissionSettings.for_site(site).languages
    rows = Issued.objects.for_site(site).current().not_over(at).select_related("issue", "page")
    held: dict[int, list[Issued]] = {}
    for row in rows.order_by("issue__sent", "pk"):
        held.setdefault(row.page_id, []).append(row)
    found = []
    for own in held.values():
        lacking = [code for code in spoken if code not in {row.language for row in own}]
        found += [Untold(own[0], lacking)] if lacking else []
    return found


def owed(user, at: datetime) -> Part:
    """Give the warnings that an account may write in the languages they lack."""
    rows = [
        Owed(one.row.title, in_words(one, at), reverse("warnings_desk", args=[one.row.page_id]))
        for site in sites_of(user)
        if approval.has_right(user, site, "advisories", Right.WRITE)
        for one in untold(site, at)
    ]
    return Part("untold", _("Warnings that lack a language"), rows)


def in_words(one: Untold, at: datetime) -> str:
    """Say what a warning lacks, and for how long it has."""
    words = {"languages": one.missing, "time": timesince(one.since, at)}
    return _("not in %(languages)s yet, for %(time)s: update it with the text") % words


@transaction.atomic
def chase(at: datetime) -> None:
    """Owe the letters that are due at a moment; each is owed once, however often this is asked."""
    for site in Site.objects.all():
        for one in untold(site, at):
            people = approval.people_with(Right.WRITE, "advisories", site)
            letters.owe(site, ABOUT, key_of(one, one.chases(at)), Why.WAITS, people, at)


def key_of(one: Untold, number: int) -> str:
    """Name one letter about a warning: its issue counts the letters anew."""
    return f"{one.row.page_id}:{one.row.number}:{number}"


def tell(letter: Letter, at: datetime) -> Told | None:
    """Word a line, unless the warning was told or is over since."""
    page_id, number, _chase = map(int, letter.key.split(":"))
    same = (one for one in untold(letter.site, at) if one.row.page_id == page_id)
    one = next(same, None)
    if one is None or one.row.number != number or not may_write(letter):
        return None
    words = {"title": one.row.title, "languages": one.missing}
    sentence = _("“%(title)s” is not in %(languages)s yet; readers of it are told so.") % words
    return Told(sentence, reverse("warnings_desk", args=[page_id]))


def may_write(letter: Letter) -> bool:
    """Whether a letter's reader can still do something about it."""
    return approval.has_right(letter.to, letter.site, "advisories", Right.WRITE)


letters.about(ABOUT, tell)
