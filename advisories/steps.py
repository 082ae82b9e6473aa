"""The buttons of a warning's desk: each posts to one view that takes one step of `lifecycle`.

What is refused comes back as a sentence, and nothing that was typed is lost.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advisories import lifecycle
from advisories.desk import desk, languages_of, warning_or_404
from advisories.models.warnings import WarningPage
from advisories.vocabulary import Act
from embassy.acts.proof import given_in, prove
from embassy.approval import Refused
from embassy.fields import Texts
from embassy.mission.belonging import site_of, sites_of

Step = Callable[[HttpRequest, WarningPage], str]


def submit(request, page) -> str:
    """Hand the words to an approver."""
    lifecycle.submit(page, request.user, timezone.now())
    return _("Submitted. A colleague who wrote none of it must approve it.")


def withdraw(request, page) -> str:
    """Take the words back."""
    lifecycle.withdraw(page, request.user)
    return _("Taken back. You can write on.")


def take_back(request, page) -> str:
    """Take back what would have ended or confirmed the warning."""
    lifecycle.take_back(page, request.user)
    return _("Taken back. The issued words stand.")


def give_back(request, page) -> str:
    """Return the words."""
    lifecycle.give_back(page, request.user, request.POST.get("reason", ""), timezone.now())
    return _("Returned with your reason.")


def approve(request, page) -> str:
    """Issue what was read."""
    read = request.POST.get("read", "")
    if lifecycle.approve(page, request.user, timezone.now(), read).is_drill:
        return _("Issued to those who take part in the exercise. The public sees nothing of it.")
    return _("Issued. Every public face says it from now on.")


def break_glass(request, page) -> str:
    """Issue alone, after the password was given again."""
    now = timezone.now()
    prove(request.user, given_in(request.POST), page, now, _("Nothing was issued."))
    reason, read = request.POST.get("reason", ""), request.POST.get("read", "")
    lifecycle.break_glass(page, request.user, now, reason, read)
    return _("Issued by you alone. All your colleagues see it; an approver must confirm it.")


def confirm(request, page) -> str:
    """Stand by what a colleague issued alone."""
    number = request.POST.get("number", "")
    seen = int(number) if number.isdecimal() and len(number) < 10 else None
    lifecycle.confirm(page, request.user, timezone.now(), seen)
    return _("Confirmed. Two people stand behind it now.")


def reopen(request, page) -> str:
    """Begin an update."""
    lifecycle.reopen(page, request.user, timezone.now(), act_in(request))
    return _("Write the update below. Readers keep the issued words until it is approved.")


def end(request, page) -> str:
    """Submit the end of an alert, or a review without change."""
    codes = [language["code"] for language in languages_of(page)]
    note = Texts({code: request.POST.get(f"note_{code}", "").strip() for code in codes})
    note = Texts({code: text for code, text in note.items() if text})
    lifecycle.end(page, request.user, timezone.now(), act_in(request), note)
    return _("Submitted. It takes effect when a colleague approves it.")


def discard(request, page) -> str:
    """Give up an update."""
    lifecycle.discard(page, request.user)
    return _("Discarded. The issued words stand.")


def act_in(request) -> Act:
    """Read which act a form names."""
    try:
        return Act(request.POST.get("act", ""))
    except ValueError:
        raise Refused(_("Choose what to do.")) from None


STEPS: dict[str, Step] = {
    "submit": submit,
    "withdraw": withdraw,
    "take_back": take_back,
    "return": give_back,
    "approve": approve,
    "break_glass": break_glass,
    "confirm": confirm,
    "reopen": reopen,
    "end": end,
    "discard": discard,
}


@require_POST
def take_step(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the step whose button was pressed."""
    page = warning_or_404(page_id)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    if site_of(page) not in sites_of(request.user):
        raise Http404
    try:
        messages.success(request, step(request, page))
    except Refused as refused:
        messages.error(request, str(refused))
        return desk_again(request, page_id)
    if request.POST["step"] == "reopen":
        return redirect("wagtailadmin_pages:edit", page_id)
    return redirect("warnings_desk", page_id)


def desk_again(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the desk with what was typed still in its forms."""
    typed = request.POST
    request.method = "GET"
    response = desk(request, page_id)
    response.context_data["typed"] = typed
    for language in response.context_data["languages"]:
        language["typed"] = typed.get(f"note_{language['code']}", "")
    return response
