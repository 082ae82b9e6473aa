"""Pages for what was not done: in words, in the reader's language, without asking the database."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import (
    get_language_from_path,
    get_language_from_request,
    gettext,
    override,
)

from embassy.facts import last_known
from embassy.mission.fence import STAFF_PAGES

MEGABYTE = 1024 * 1024
MOST_READ = 25  # megabytes that are read of a form that is refused, before the connection is cut


def language_of(request: HttpRequest) -> str:
    """Give the language of an address; in the staff pages the browser's."""
    if request.path_info.startswith(STAFF_PAGES):
        return get_language_from_request(request)
    return get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def page_saying(request: HttpRequest, title: str, lead: str, advice: str, status: int):
    """Give a page that says what was not done and what to do now."""
    context = {"title": title, "lead": lead, "advice": advice}
    # Without the request: what templates ask of it may be what could not be read.
    response = render(None, "refused.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def not_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent could not be read, and that nothing of it was stored."""
    with override(language_of(request)):
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return too_much(request, exception)
        return page_saying(
            request,
            gettext("This could not be read"),
            gettext("What was sent to this address is not a request that the site understands."),
            gettext("Nothing was stored. Check the address, or go back and try again."),
            400,
        )


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say how much a form may hold."""
    read_to_the_end(request)
    if isinstance(exception, RequestDataTooBig):
        size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        lead = gettext("The texts of one form may hold %(size)d MB, and these hold more.")
        lead %= {"size": size}
    else:
        lead = gettext("One form may have %(count)d fields, and this one has more.")
        lead %= {"count": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
    advice = gettext(
        "Nothing was stored. Go back: your browser keeps what you typed. Shorten it, or spread it "
        "over several pages, and send it again."
    )
    return page_saying(request, gettext("This is too much for one form"), lead, advice, 413)


def read_to_the_end(request: HttpRequest) -> None:
    """Read what is left of a form: browsers show an answer only when they could send all of it."""
    with suppress(UnreadablePostError):
        for _megabyte in range(MOST_READ):
            if not request.read(MEGABYTE):
                return


def not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not accepted because nothing shows that it came from our own page."""
    with override(language_of(request)):
        return page_saying(
            request,
            gettext("The form was not accepted"),
            gettext(
                "Nothing was stored. The form was opened too long ago, somebody has signed in or "
                "out in this browser since, or the browser keeps no cookies of this site."
            ),
            gettext(
                "Go back: your browser keeps what you typed. Copy long texts, load the page again "
                "and send the form once more. If it is refused again, allow cookies for this site."
            ),
            403,
        )


def no_mission(request: HttpRequest) -> HttpResponse:
    """Say that no mission answers at the address of a host."""
    with override(language_of(request)):
        return page_saying(
            request,
            gettext("No mission answers here"),
            gettext("This server knows no embassy or consulate by the address that was asked for."),
            gettext(
                "Check the address. Its first part, up to the first slash, is what is unknown."
            ),
            404,
        )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the reader may not do this."""
    with override(language_of(request)):
        return page_saying(
            request,
            gettext("This is not open to you"),
            gettext("What you asked for is not open to everybody, or not to your account."),
            gettext("Nothing was changed. Go back, or sign in with an account that may do this."),
            403,
        )


def broken(request: HttpRequest | None) -> HttpResponse:
    """Say that something broke, with the numbers for emergencies as they were last known."""
    contacts = numbers_last_known(request)
    response = render(None, "500.html", {"contacts": contacts}, status=500)
    response["Cache-Control"] = "private, no-store"
    return response


def numbers_last_known(request: HttpRequest | None) -> list:
    """Give whom to call in an emergency as this process last read it; nothing when it has not."""
    try:
        facts = last_known(request.get_host()) if request is not None else None
        return facts.emergency_contacts if facts else []
    except Exception:  # whatever it is, the page that says that something broke must not
        return []
