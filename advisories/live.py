"""What the editor says of a warning while it is being written; nothing is stored.

The script beside the editor posts the form as it stands and shows the answer: the checklist as it
would be at submitting, and the length of each text message.
"""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advisories import lifecycle
from advisories.composer import checks_of
from advisories.counting import lengths
from advisories.desk import warning_or_404
from advisories.models import AlertPage
from advisories.readiness import Check
from advisories.vocabulary import Right


@require_POST
def live(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer with the checklist and the lengths for the words in the editor's form."""
    page = warning_or_404(page_id)
    clearance = lifecycle.clearance_of(page)
    if not lifecycle.may(request.user, Right.WRITE, clearance.site):
        raise PermissionDenied
    form = form_of(page, request)
    if form.is_valid():
        checks = checks_of(form.save(commit=False), clearance, timezone.now())
    else:
        checks = [Check(False, "", fault) for fault in faults_of(form)]
    texts = lengths(page, request.POST) if isinstance(page, AlertPage) else []
    return JsonResponse({"checks": [told(check) for check in checks], "texts": texts})


def form_of(page, request: HttpRequest) -> ModelForm:
    """Give the editor's form with what was typed; what is still empty is no fault of it."""
    words = page.get_latest_revision_as_object()
    form = words.get_edit_handler().get_form_class()(
        request.POST,
        instance=words,
        parent_page=words.get_parent().specific,
        for_user=request.user,
    )
    form.defer_required_fields()
    return form


def faults_of(form) -> Iterator[str]:
    """Give what the form refuses of itself and of its rows, each with the name of its field."""
    yield from sentences_of(form)
    for rows in form.formsets.values():
        yield from rows.non_form_errors()
        for row in rows.forms:
            yield from sentences_of(row)


def sentences_of(form) -> Iterator[str]:
    """Give what is refused of a form's own fields."""
    for name, sentences in form.errors.items():
        for sentence in sentences:
            named = (
                {"label": form.fields[name].label, "text": sentence} if name in form.fields else {}
            )
            yield _("%(label)s: %(text)s") % named if named else sentence


def told(check: Check) -> dict:
    """Give one line of the checklist."""
    words = check.what if check.ok else check.todo
    return {"ok": check.ok, "words": words, "is_to_read": check.is_to_read}
