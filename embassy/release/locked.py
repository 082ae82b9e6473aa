"""A page that a colleague locked while somebody typed: who did, when, and who can unlock it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.locks import BasicLock

from embassy.clock import clocks
from embassy.mission.belonging import site_of
from embassy.models import MissionSettings
from embassy.roles import ROLES


@hooks.register("before_edit_page")
def say_who_locked_it(request: HttpRequest, page) -> None:
    """Where what was sent cannot be stored for a colleague's lock, say whose it is."""
    lock = page.get_lock()
    if (
        request.method != "POST"
        or not isinstance(lock, BasicLock)
        or not lock.for_user(request.user)
    ):
        return
    if request.accepts("text/html"):  # not while the editor saves by itself
        messages.warning(request, told(page))


def told(page) -> str:
    """Say who locked a page and when, and which roles can unlock it."""
    names = {"roles": ", ".join(str(role.name) for role in ROLES.values() if can_unlock(role))}
    if page.locked_by and page.locked_at:
        zone = MissionSettings.for_site(site_of(page)).time_zone
        names |= {"who": page.locked_by, "when": clocks.in_words(page.locked_at, zone)}
        sentence = _(
            "%(who)s locked this page on %(when)s. What you typed stays below. "
            "Ask them to unlock it, or one of these roles: %(roles)s."
        )
    else:
        sentence = _(
            "This page is locked. What you typed stays below. One of these roles can unlock it: "
            "%(roles)s."
        )
    return sentence % names


def can_unlock(role) -> bool:
    """Whether a role may take a colleague's lock away."""
    return "unlock_page" in role.pages
