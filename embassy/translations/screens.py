"""The screens of a translation: the question before it begins, and the steps beside its editor.

The editor itself is that of `wagtail_localize`; its button hands the page to a second person.
"""

import json
from io import BytesIO

import polib
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import JavaScriptCatalog
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.views import edit_translation

from embassy.approval import Refused
from embassy.languages import language_name
from embassy.translations import standing, steps

EDIT = "wagtailadmin_pages:edit"
TRANSLATION = "X-WagtailLocalize-TranslationID"  # what a downloaded file says it is of
LARGEST = 2_000_000  # bytes of a PO file


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Ask whether to begin a translation, and begin it; one that is there is opened."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if found := standing.in_language(page, language):
        return redirect(EDIT, found.pk)
    if request.method == "POST":
        return begun(request, page, language)
    above = page.get_ancestors().filter(depth__gt=1)
    missing = [one for one in above if standing.in_language(one, language) is None]
    context = {"page": page, "language": language_name(language), "missing": missing}
    return TemplateResponse(request, "embassy/translations/begin.html", context)


def begun(request: HttpRequest, page: Page, language: str) -> HttpResponse:
    """Begin it, and open its editor."""
    try:
        return redirect(EDIT, steps.begin(page, language, request.user).pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(EDIT, page.pk)


@require_POST
def renew(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take up what the first language says by now."""
    page = get_object_or_404(Page, pk=page_id)
    try:
        steps.renew(page, request.user)
        messages.success(request, _("Taken up. What is new stands below, to be translated."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(EDIT, page.pk)


def hand_in(request: HttpRequest, page: Page) -> HttpResponse:
    """Answer the editor's button: hand the page in, or say what is missing."""
    try:
        steps.hand_in(page, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(EDIT, page.pk)
    messages.success(request, _("Submitted. A colleague who wrote none of it must approve it."))
    return redirect("publishing_desk", page.pk)


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int):
    """Keep what was typed for one text, or say why not; a text can be taken away again."""
    segment = get_object_or_404(StringSegment, pk=string_segment_id)
    if request.method == "PUT" and (fault := fault_in(sent(request), longest_of(segment))):
        return JsonResponse({"detail": fault}, status=400)
    return edit_translation.edit_string_translation(request, translation_id, string_segment_id)


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
        return _("This is too long: %(longest)s characters at the most.") % {"longest": longest}
    return ""


def longest_of(segment: StringSegment) -> int | None:
    """Give how many characters the field of a text holds, if it is one of the page itself."""
    model = segment.source.specific_content_type.model_class()
    return getattr(
        model._meta.get_field(segment.context.path.partition(".")[0]), "max_length", None
    )


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int):
    """Keep another address for one language; what is chosen is the same in every language."""
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
    if not isinstance(segment.data, str):
        raise Http404
    if request.method == "PUT" and (fault := fault_in(sent(request), None)):
        return JsonResponse({"detail": fault}, status=400)
    return edit_translation.edit_override(request, translation_id, overridable_segment_id)


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take the texts of a PO file, or say what is wrong with it."""
    page = get_object_or_404(Translation, pk=translation_id).get_target_instance()
    if fault := fault_in_file(request.FILES.get("file")):
        messages.error(request, fault)
        return redirect(EDIT, page.pk)
    return edit_translation.upload_pofile(request, translation_id)


def fault_in_file(file: UploadedFile | None) -> str:
    """Say why a PO file cannot be taken; nothing when it can."""
    unreadable = _("Please upload a valid PO file, as you downloaded it here.")
    if file is None or file.size > LARGEST:
        return unreadable
    try:
        found = polib.pofile(file.read().decode())
    except (OSError, ValueError):
        return unreadable
    finally:
        file.seek(0)
    if TRANSLATION not in found.metadata:
        return unreadable
    longest = Page._meta.get_field("title").max_length
    faults = (
        fault_in(entry.msgstr, longest if entry.msgctxt == "title" else None)
        for entry in found
        if entry.msgstr
    )
    return next(filter(None, faults), "")


def words_of_editor(request: HttpRequest) -> HttpResponse:
    """Give the editor's words, in which its button says what it does here."""
    answer = JavaScriptCatalog(packages=["wagtail_localize"]).get(request)
    said = {
        "Publish in ": _("Submit for a second person:") + " ",
        "Publishing...": _("Submitting…"),
    }
    script = "".join(
        f"django.catalog[{json.dumps(name)}] = {json.dumps(words)};" for name, words in said.items()
    )
    answer.write(script)
    return answer


def of_two_people(props: str) -> str:
    """Give the editor's data with a button, which hands in, and no way to an alias."""
    given = json.loads(props)
    given["perms"]["canPublish"] = True
    given["links"]["convertToAliasUrl"] = None
    return json.dumps(given)


def beside_editor(page: Page, translation: Translation) -> dict:
    """Give what stands above the editor: how the translation stands to what it is made from."""
    source = translation.source
    original = source.get_source_instance()
    total, done = translation.get_progress()
    return {
        "original": original,
        "total": total,
        "done": done,
        "behind_since": standing.since(page),
        "is_renewable": standing.has_news(source, original),
    }
