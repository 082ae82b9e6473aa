"""Where the editor of a translation stores one text, one address, or the texts of a PO file.

What is no text is refused in a sentence, and so is what would replace words of a colleague that its
writer has not seen (`newer`). What was typed stays on the screen, or in the file.
"""

from collections.abc import Callable
from io import BytesIO
from tempfile import NamedTemporaryFile

import polib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.views import edit_translation

from embassy.mission.belonging import site_of
from embassy.models import MissionSettings
from embassy.release import publishing
from embassy.texts.writing import remarks_on_text
from embassy.translations import newer, steps, typists
from embassy.translations.screens import EDIT

TRANSLATION = "X-WagtailLocalize-TranslationID"  # what a downloaded file says it is of
LARGEST = 2_000_000  # bytes of a PO file
STOPPED = gettext_lazy(
    "A colleague stopped the translation of this page text by text, so nothing of yours was "
    "stored. Copy it into the page’s own editor."
)


@require_http_methods(["PUT", "DELETE"])
def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int):
    """Keep what was typed for one text, or say why not; a text can be taken away again.

    The editor shows the comment beside the text: the hints on it come first.
    """
    segment = get_object_or_404(StringSegment, pk=string_segment_id)
    keep = edit_translation.edit_string_translation
    answer = kept_once(request, translation_id, segment, keep, longest_of(segment))
    if request.method == "PUT" and answer.status_code in (200, 201):
        page = get_object_or_404(Translation, pk=translation_id).get_target_instance()
        remarks = remarks_on_text(answer.data["data"], MissionSettings.for_site(site_of(page)))
        hints = [f"{one.seen} {one.advice}" for one in remarks]
        answer.data["comment"] = " ".join([*hints, answer.data["comment"]])
    return answer


def kept_once(
    request: HttpRequest,
    translation_id: int,
    segment: StringSegment | OverridableSegment,
    keep: Callable[[HttpRequest, int, int], HttpResponse],
    longest: int | None = None,
) -> HttpResponse:
    """Keep one text or address, unless it is none or a colleague stored another meanwhile.

    The answer carries the mark of what is stored by then.
    """
    translation, page = written_by(request, translation_id, segment)
    words = sent(request) if request.method == "PUT" else ""
    if request.method == "PUT" and (fault := fault_in(words, longest)):
        return JsonResponse({"detail": fault}, status=400)
    with publishing.held(page):
        answer = refused_if_stopped(translation) or refused_over_newer(
            request, page, newer.stored(segment, translation), words
        )
        if answer is None:
            answer = keep(request, translation.pk, segment.pk)
            if request.method == "DELETE" and answer.status_code == 200:
                log(page, typists.CLEARED, user=request.user, data={"text": segment.context.path})
        answer[newer.NOW] = newer.mark_now(segment, translation)
    return answer


def written_by(
    request: HttpRequest, translation_id: int, segment: StringSegment | OverridableSegment
) -> tuple[Translation, Page]:
    """Give a translation that a text is of, and its page, to somebody who may write it."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if segment.source_id != translation.source_id:
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return translation, page


def refused_if_stopped(translation: Translation) -> HttpResponse | None:
    """Say that a colleague stopped the translation meanwhile; None when nobody did."""
    translation.refresh_from_db(fields=["enabled"])
    return None if translation.enabled else JsonResponse({"detail": str(STOPPED)}, status=409)


def refused_over_newer(request: HttpRequest, page: Page, row, words: str) -> HttpResponse | None:
    """Show whoever comes second what a colleague stored; None when nobody did."""
    over = request.headers.get(newer.OVER, newer.NONE)
    if not newer.is_over_newer(row, request.user, over, words):
        return None
    zone = MissionSettings.for_site(site_of(page)).time_zone
    return JsonResponse({"detail": newer.what_a_colleague_typed(row, zone)}, status=409)


def sent(request: HttpRequest) -> str:
    """Give what a script sends in a PUT, read so that a view below can read it again."""
    body = BytesIO(request.body)
    try:
        fields = MultiPartParser(request.META, body, request.upload_handlers).parse()[0]
    except MultiPartParserError:
        return ""
    return fields.get("value", "")


def fault_in(text: str, longest: int | None) -> str:
    """Say why a text cannot be kept; nothing when it can."""
    if not text.strip():
        return _("Write the text, or take it away.")
    if "\0" in text:
        return _("It holds a character that nobody can see. Type it anew.")
    if longest and len(text) > longest:
        most = number_format(longest, force_grouping=True)
        return _("This is too long: %(longest)s characters at the most.") % {"longest": most}
    return ""


def longest_of(segment: StringSegment) -> int | None:
    """Give how many characters the field of a text holds, if it is one of the page itself."""
    model = segment.source.specific_content_type.model_class()
    return getattr(
        model._meta.get_field(segment.context.path.partition(".")[0]), "max_length", None
    )


@require_http_methods(["PUT", "DELETE"])
def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int):
    """Keep another address for one language; what is chosen is the same in every language."""
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
    if not isinstance(segment.data, str):
        raise Http404
    return kept_once(request, translation_id, segment, edit_translation.edit_override)


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take the texts of a PO file, or say what is wrong with it."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    fault = fault_in_file(request.FILES.get("file")) if translation.enabled else STOPPED
    if fault:
        messages.error(request, fault)
        return redirect(EDIT, page.pk)
    with publishing.held(page):
        unused, left = leave_out(request, translation)
        answer = edit_translation.upload_pofile(request, translation_id)
    if unused:
        told = _("Texts of the file that the original does not have now were left out: %(count)s.")
        messages.warning(request, told % {"count": unused})
    if left:
        messages.warning(request, newer.what_colleagues_typed(left, steps.FIRST_SHOWN))
    return answer


def leave_out(
    request: HttpRequest, translation: Translation
) -> tuple[int, list[tuple[str, newer.Typed]]]:
    """Take out of a file what it may not store; give how much of it the original does not have.

    The other part is what would replace a colleague's later words: (its text, theirs).
    """
    file = request.FILES["file"]
    found = read(file)
    if found.metadata[TRANSLATION] != str(translation.uuid):
        return 0, []  # none of it is stored
    unused = leave_unused(found, translation)
    left = []
    for entry, row in newer.typed_since(found, translation, request.user):
        left.append((entry.msgstr, row))
        entry.msgstr = ""
    again = str(found).encode(found.encoding)
    request.FILES["file"] = SimpleUploadedFile(file.name, again)
    return unused, left


def leave_unused(found: polib.POFile, translation: Translation) -> int:
    """Take texts out of a file that the original does not have now; give how many it offered.

    Stored, they would come back unread when the original does. A downloaded file names some itself,
    as obsolete.
    """
    used = set(
        StringSegment.objects.filter(source=translation.source).values_list(
            "context__path", "string__data"
        )
    )
    unused = [entry for entry in found if (entry.msgctxt, entry.msgid) not in used]
    found[:] = [entry for entry in found if (entry.msgctxt, entry.msgid) in used]
    return sum(bool(entry.msgstr) and not entry.obsolete for entry in unused)


def read(file: UploadedFile) -> polib.POFile:
    """Read what was uploaded, as `wagtail_localize` will; raises OSError or ValueError.

    Words that happen to be a path would have polib open that file of the server: it is given one
    that holds what was uploaded and nothing else.
    """
    with NamedTemporaryFile() as copy:
        copy.write(file.read())
        copy.flush()
        file.seek(0)
        return polib.pofile(copy.name)


def fault_in_file(file: UploadedFile | None) -> str:
    """Say why a PO file cannot be taken; nothing when it can."""
    unreadable = _("Please upload a valid PO file, as you downloaded it here.")
    if file is None or file.size > LARGEST:
        return unreadable
    try:
        found = read(file)
    except (OSError, ValueError):
        return unreadable
    if TRANSLATION not in found.metadata or newer.downloaded_at(found) is None:
        return unreadable
    longest = Page._meta.get_field("title").max_length
    faults = (
        fault_in(entry.msgstr, longest if entry.msgctxt == "title" else None)
        for entry in found
        if entry.msgstr
    )
    return next(filter(None, faults), "")
