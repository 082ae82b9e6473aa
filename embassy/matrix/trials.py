"""Tries every deed as every account, in its own mission and in another; leaves nothing behind.

All happens in one transaction that is rolled back. Nothing leaves the server: letters and messages
wait for a commit that never comes, and what mails at once goes nowhere. Caches that others read are
not written, and uploads are kept in memory.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import override_settings
from django.utils.translation import gettext as _
from wagtail.models import Site

from embassy.approval import Refused
from embassy.matrix import Deed, Takes, deeds, set_stage
from embassy.matrix.faces import faces
from embassy.matrix.scene import Scene, account
from embassy.mission.missions import Plan, create
from embassy.models import User
from embassy.roles import ROLES

ALONE = "break_glass"
ELSEWHERE = "matrix.invalid"
NO = (PermissionDenied, Refused, Http404)
IN_MEMORY = "django.core.files.storage.InMemoryStorage"
OWN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"


@dataclass(frozen=True)
class Holder:
    """The roles of one account; the first of them names it."""

    roles: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the roles as staff call them."""
        return " + ".join(str(ROLES[code].name) for code in self.roles)

    @property
    def breaks_glass(self) -> bool:
        """Whether one of them acts alone where it takes two."""
        return ALONE in self.roles


def holders() -> list[Holder]:
    """Give each role, and those of the staff pages with break-glass beside them."""
    beside = [code for code, role in ROLES.items() if role.pages]
    return [Holder((code,)) for code in ROLES] + [Holder((code, ALONE)) for code in beside]


@dataclass(frozen=True)
class Trial:
    """What came of one deed tried by one account."""

    deed: Deed
    holder: Holder
    is_own: bool  # else it was tried in another mission
    done: bool
    is_seen: bool = False  # the public reads something else now

    @property
    def fault(self) -> str:
        """Say what is wrong with it; nothing when it is as it should be."""
        who = {"who": self.holder.name, "what": self.deed.title}
        if not self.done:
            return ""
        if not self.is_own:
            return _("%(who)s, in another mission: %(what)s") % who
        wrong = self.deed.takes == Takes.NOBODY
        wrong = wrong or (self.deed.takes == Takes.GLASS and not self.holder.breaks_glass)
        return _("%(who)s, alone: %(what)s") % who if wrong else ""


@contextmanager
def undone() -> Iterator[None]:
    """Take back, at the end of the block, all that was stored in it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def apart() -> Iterator[None]:
    """Keep what is tried from mail, shared caches, the folder of uploads and the database."""
    caches = {alias: {"BACKEND": OWN_MEMORY, "LOCATION": alias} for alias in settings.CACHES}
    mail = "django.core.mail.backends.dummy.EmailBackend"
    files = settings.STORAGES | {"default": {"BACKEND": IN_MEMORY}}
    own = {"CACHES": caches, "EMAIL_BACKEND": mail, "STORAGES": files, "ALLOWED_HOSTS": ["*"]}
    with override_settings(**own):
        try:
            with undone():
                yield
        finally:
            Site.clear_site_root_paths_cache()


def another_mission() -> Site:
    """Make a mission that no account of the trials works for."""
    state = {"sending_state": "X", "host_state": "X", "host_state_code": "SN", "city": "X"}
    language = settings.LANGUAGE_CODE
    plan = Plan(ELSEWHERE, name="X", time_zone="UTC", language=language, **state)
    return create(plan)


def all_trials(
    site: Site,
    at: datetime,
    people: list[Holder] | None = None,
    abroad: bool = True,
    looks: bool = False,
    say: Callable[[str], None] = lambda words: None,
) -> list[Trial]:
    """Try everything in the mission, and in another one too (`abroad`).

    `looks` compares what the public reads before and after, in the mission alone.
    """
    tried = []
    with apart():
        abroad = abroad and not looks
        places = [stage(site, at), *([stage(another_mission(), at)] if abroad else [])]
        for holder in people or holders():
            by = account(site, "-".join(holder.roles), list(holder.roles))
            for entry in deeds():
                own_only = places[:1] if entry.for_all else places
                tried += [trial(entry, holder, place, by) for place in own_only]
                if looks and tried[-1].done:  # again, since looking takes longer than trying
                    tried[-1] = trial(entry, holder, places[0], by, looks=True)
            say(f"{holder.name}: {len(tried)}")
    return tried


def stage(site: Site, at: datetime) -> Scene:
    """Make people and things in a mission."""
    scene = Scene.of(site, at)
    set_stage(scene)
    return scene


def trial(entry: Deed, holder: Holder, where: Scene, by: User, looks: bool = False) -> Trial:
    """Try a deed as an account, and undo it; what is prepared for it is no part of the try."""
    own = by.mission_id == where.site.pk
    with undone():
        scene, person = where.now(), User.objects.get(pk=by.pk)
        steps = entry.steps(scene, person)
        next(steps)
        before = faces(scene.site, scene.shown) if looks else {}
        if not is_done(steps):
            return Trial(entry, holder, own, done=False)
        seen = looks and faces(scene.site, scene.shown) != before
        return Trial(entry, holder, own, done=True, is_seen=seen)


def is_done(steps: Iterator[None]) -> bool:
    """Do what was prepared; whether it was let."""
    try:
        with transaction.atomic():
            next(steps, None)
    except NO:
        return False
    return True
