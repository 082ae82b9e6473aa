"""Forms that anybody may send: without cookie, token or script, so that their pages can be kept.

What stands in for a token is what browsers say of themselves: a form that another website sends
bears its `Origin`, and `Sec-Fetch-Site`. Nothing is done in the name of whoever sends it, so there
is nothing to steal; another website only could not use its readers to flood us.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from embassy.machines.public_data import told
from embassy.serving.refusals import page_saying
from embassy.texts.invisible import without_invisible

TRAP = "confirm_topic"
"""A field that nobody sees: what is filled in there, a program filled in."""

View = Callable[..., HttpResponse]


class AtMost(MaxLengthValidator):
    """Refuses a text with more characters; counts are written as the reader's language does."""

    message = gettext_lazy("At most %(limit_value)s characters fit; these are %(show_value)s.")

    def __call__(self, value) -> None:
        """Raise a ValidationError with both counts in words."""
        try:
            super().__call__(value)
        except ValidationError as error:
            for count in ("limit_value", "show_value"):
                error.params[count] = number_format(error.params[count], force_grouping=True)
            raise


class TypedField(forms.CharField):
    """A text somebody typed, without characters that nobody sees; an end of a line is one."""

    def to_python(self, value) -> str:
        """Take them out before anything is counted."""
        text = str(value).replace("\r\n", "\n").replace("\r", "\n") if value else value
        return super().to_python(without_invisible(text) if text else text)


class LineField(TypedField):
    """Such a text in one line."""

    def to_python(self, value) -> str:
        """Make one line of it."""
        return " ".join(super().to_python(value).split())


class OpenForm(forms.Form):
    """A form with a trap; a form that went into it is answered as if it were taken."""

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled it in."""
        return bool(self.data.get(TRAP))


def open_form(view: View) -> View:
    """Let a view read, and take forms that our own pages sent."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            sentence = _("This can be read, and be sent a form, and nothing else.")
            return told(405, sentence, Allow="GET, HEAD, POST")
        if request.method == "POST" and is_foreign(request):
            return refused(request)
        return view(request, *args, **kwargs)

    return answer


def is_foreign(request: HttpRequest) -> bool:
    """Whether a browser says that another website sent the form.

    Old browsers say neither, and are believed. `null` stands for a page that hides where it is
    from; ours does not, but a browser may, and then says that it is the same site.
    """
    fetched = request.headers.get("Sec-Fetch-Site", "")
    if fetched and fetched not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin", "")
    if origin == "null":
        return fetched != "same-origin"
    return bool(origin) and not is_ours(origin, request)


def is_ours(origin: str, request: HttpRequest) -> bool:
    """Whether an origin is the very site that was asked."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def refused(request: HttpRequest) -> HttpResponse:
    """Say that a form was not taken because another website sent it."""
    return page_saying(
        request,
        _("The form was not accepted"),
        _("Your browser says that another website sent it. Nothing was stored."),
        _("Open the page on this site and send it from there."),
        403,
    )
