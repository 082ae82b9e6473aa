"""The form with which readers ask an office a question.

Its page is the same for everybody and holds no token, so it is kept as pages are. What was typed
is stored, or comes back with a sentence; nothing of it stands in an address.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Site

from embassy.facts import facts_of
from embassy.mission.homes import home_in
from embassy.models import MissionSettings
from embassy.readers import flood
from embassy.readers.networks import client_of
from embassy.readers.open_forms import AtMost, LineField, OpenForm, TypedField, open_form
from embassy.texts.numbers import typed_phone
from embassy.views import page as any_page
from embassy.vocabulary import Purpose
from sections import questions
from sections.models import OfficePage
from sections.questions import Asked

WORD = "ask"
NO_MAIL = gettext_lazy("This is no mail address. Write it like name@example.org.")


class QuestionForm(OpenForm):
    """A question, and where to answer: a mail address, a phone number, or both."""

    question = TypedField(
        label=gettext_lazy("Your question"),
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write your question.")},
        validators=[AtMost(lambda: settings.QUESTIONS["characters"])],
    )
    name = LineField(
        label=gettext_lazy("Your name, if you like"),
        required=False,
        validators=[AtMost(100)],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    mail = LineField(
        label=gettext_lazy("Mail address for the answer"),
        required=False,
        validators=[EmailValidator(NO_MAIL), AtMost(254)],
        widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
    )
    phone = LineField(
        label=gettext_lazy("Or phone number for the answer"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, data, mission: MissionSettings):
        """Take the mission: phone numbers of its country need no code, its own is the example."""
        super().__init__(data)
        self.region = mission.host_state_code
        self.example = example_of(mission)
        most = settings.QUESTIONS["characters"]
        self.fields["question"].help_text = ngettext(
            "Up to %(count)s character.", "Up to %(count)s characters.", most
        ) % {"count": number_format(most, force_grouping=True)}
        self.fields["phone"].help_text = (
            _("Like %(example)s.") % {"example": self.example}
            if self.example
            else _("In digits; + and the code before a number of another country.")
        )

    def clean_phone(self) -> str:
        """Write it as machines have it."""
        typed = self.cleaned_data["phone"]
        return typed_phone(typed, self.region, self.example) if typed else ""

    def clean(self) -> dict:
        """Ask for a way to answer."""
        given = super().clean()
        if not self.data.get("mail", "").strip() and not self.data.get("phone", "").strip():
            wrong = _("Write a mail address or a phone number, so that we can answer.")
            raise ValidationError({"mail": wrong})
        return given


def example_of(mission: MissionSettings) -> str:
    """Give a phone number that is nobody's but the mission's, as it is written.

    That of its switchboard, or else the one called in office hours; nothing without either.
    """
    known = [c for c in facts_of(mission).contacts.values() if c.is_phone and not c.retired]
    numbers = [
        contact.display
        for purpose in (Purpose.SWITCHBOARD, Purpose.CITIZENS)
        for contact in known
        if contact.purpose == purpose and contact.value
    ]
    return next(iter(numbers), "")


@open_form
def ask(request: HttpRequest, path: str) -> HttpResponse:
    """Show the form of an office, or take a question; a page that is there by that name is shown.

    An office that takes none leads to its page.
    """
    site, mission = Site.find_for_request(request), MissionSettings.for_request(request)
    if site is None or mission is None:
        raise Http404
    found = found_at(request, site, mission, [*path.strip("/").split("/"), WORD])
    if found is None:
        return any_page(request, f"{path}{WORD}/")
    if not found.takes_questions:
        return redirect(found.url)
    request._below_page = f"{WORD}/"  # the other language leads to its form, too
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, mission)
    if sent is None:
        return shown(request, found, mission, form)
    return taken(request, site, found, mission, form)


def found_at(request: HttpRequest, site: Site, mission, parts: list[str]) -> OfficePage | None:
    """Find the office above the last part of an address, if everybody may read it.

    Nothing when something else, or a page of just that address, is there.
    """
    home = home_in(site, get_language())
    if not mission.has_home_in(get_language(), home):
        return None
    request._home = home
    page = home.deepest_match(request, parts)
    if not isinstance(page, OfficePage) or page.depth - home.depth != len(parts) - 1:
        return None
    return page if page.live and page.found_open else None


def shown(request: HttpRequest, office: OfficePage, mission, form, status: int = 200, **more):
    """Show the form."""
    context = {
        "page": office,
        "form": form,
        "emergency": facts_of(mission).emergency_contacts,
        "days": settings.QUESTIONS,
        **more,
    }
    return TemplateResponse(request, "sections/ask.html", context, status=status)


def taken(request: HttpRequest, site: Site, office: OfficePage, mission, form: QuestionForm):
    """Store a question and say what happens next; or say what is wrong, with all that was typed.

    A form that went into the trap is told the same, with a number that leads to nothing.
    """
    if not form.is_valid():
        return shown(request, office, mission, form)
    if form.is_trapped:
        return answered(request, office, mission, questions.new_reference())
    given = form.cleaned_data
    words = Asked(given["question"], given["name"], given["mail"], given["phone"], get_language())
    try:
        reference = questions.ask(site, office, words, client_of(request), timezone.now())
    except flood.Flood as refused:
        said = shown(request, office, mission, form, status=429, refused=sentence(refused))
        said["Retry-After"] = str(refused.seconds)
        return said
    return answered(request, office, mission, reference)


def answered(request: HttpRequest, office: OfficePage, mission, reference: str) -> HttpResponse:
    """Say what happens next."""
    context = {
        "page": office,
        "reference": reference,
        "emergency": facts_of(mission).emergency_contacts,
        "days": settings.QUESTIONS,
    }
    return TemplateResponse(request, "sections/asked.html", context)


def sentence(refused: flood.Flood) -> str:
    """Say why a question is not taken now, and how long to wait."""
    who = (
        _("Many questions came from your network within a short time, from you or from others.")
        if refused.by_sender
        else _("This office was asked very many questions within a short time.")
    )
    wait = ngettext(
        "Wait %(count)s minute and press Send again: what you typed is still here.",
        "Wait %(count)s minutes and press Send again: what you typed is still here.",
        refused.minutes,
    ) % {"count": refused.minutes}
    return f"{who} {wait} {_('Or call.')}"
