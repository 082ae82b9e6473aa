"""The guides for staff: a first day, and what administrators do, with pictures of the screens.

A guide is one template for each language. Its pictures are made by `make guides` and are not part
of the source: a guide leaves out those that are not there. They show demo content only, and go
to signed-in staff alone, as the guides do.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from embassy.files.picture_headers import Unreadable, header_of
from embassy.models.requested_act import LASTS

FIRST_DAY, ADMINISTRATORS = "first_day", "administrators"
TITLES: dict[str, Promise] = {
    FIRST_DAY: _("Your first day"),
    ADMINISTRATORS: _("Guide for administrators"),
}
CHAPTER = re.compile(r'<h2 id="([\w-]+)">([^<]+)</h2>')
PICTURE_KEPT = 3600  # seconds in the browser of who saw it


NARROW = "narrow"
"""What the name of a picture ends with that was taken of the same screen on a telephone."""


@dataclass(frozen=True)
class Picture:
    """A picture of a screen: its name, with its language, its size in pixels, one for phones."""

    name: str
    width: int
    height: int
    narrow: "Picture | None" = None


def language() -> str:
    """Give the language that guides speak to whoever asks."""
    spoken = (get_language() or "").partition("-")[0]
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def path_of(name: str) -> Path:
    """Give where a picture lies, whether it is there or not."""
    return Path(settings.GUIDE_PICTURES) / f"{name}.webp"


def picture_of(screen: str, spoken: str) -> Picture | None:
    """Find the picture of a screen in a language; nothing where there is none that can be read."""
    name = f"{spoken}-{screen}"
    found = picture_named(name)
    return found and replace(found, narrow=picture_named(f"{name}-{NARROW}"))


def picture_named(name: str) -> Picture | None:
    """Find a picture by its name."""
    try:
        with path_of(name).open("rb") as file:
            header = header_of(file)
    except (OSError, Unreadable):
        return None
    return Picture(name, header.width, header.height)


def limits() -> dict[str, int]:
    """Give the times that guides name, as they are set."""
    return {
        "days_of_invitation": settings.ACCOUNT_CARE["invitation_days"],
        "days_of_role_request": settings.ACCOUNT_CARE["request_days"],
        "days_of_request": LASTS.days,
        "idle_minutes": settings.STAFF_SESSION["idle_minutes"],
        "session_hours": settings.STAFF_SESSION["hours"],
        "proof_minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60,
    }


def shown(request: HttpRequest, guide: str, template: str, **context) -> HttpResponse:
    """Show a guide within a staff area, with its chapters on top."""
    text = render_to_string(f"embassy/guides/{guide}_{language()}.html", limits(), request)
    context |= {
        "title": TITLES[guide],
        "text": mark_safe(text),
        "chapters": CHAPTER.findall(text),
    }
    return TemplateResponse(request, template, context)


def first_day(request: HttpRequest) -> HttpResponse:
    """Show whoever edits content their first day."""
    return shown(request, FIRST_DAY, "embassy/guides/in_content_editor.html")


def first_day_of_others(request: HttpRequest) -> HttpResponse:
    """Show the same where administrators can read it, whom newcomers ask."""
    return in_django_admin(request, FIRST_DAY)


def for_administrators(request: HttpRequest) -> HttpResponse:
    """Show whoever looks after accounts how it is done."""
    if not request.user.has_perm("embassy.view_user"):
        raise PermissionDenied
    return in_django_admin(request, ADMINISTRATORS)


def in_django_admin(request: HttpRequest, guide: str) -> HttpResponse:
    """Show a guide in the Django admin."""
    context = admin.site.each_context(request)
    return shown(request, guide, "embassy/guides/in_django_admin.html", **context)


def picture(request: HttpRequest, picture: str) -> HttpResponse:
    """Give a picture to signed-in staff."""
    try:
        file = path_of(picture).open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/webp")
    patch_cache_control(response, private=True, max_age=PICTURE_KEPT)
    return response
