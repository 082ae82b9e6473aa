"""The screens of a translation: the question before it begins, and the steps beside its editor.

The editor itself is that of `wagtail_localize`; its button hands the page to a second person.
"""

import json
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import JavaScriptCatalog
from wagtail.models import Page
from wagtail_localize.models import Translation

from embassy.approval import Refused
from embassy.language.languages import language_name
from embassy.mission.belonging import site_of
from embassy.models import MissionSettings
from embassy.texts.writing import Remark, remarks_on_translation
from embassy.translations import memory, newer, standing, steps, stopping

EDIT = "wagtailadmin_pages:edit"
Step = Callable[[Page, object], object]  # what is done to a page by an account


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
    taken_up = _("Taken up. What is new stands below, to be translated.")
    return taken(request, page, steps.renew, taken_up)


def taken(request: HttpRequest, page: Page, step: Step, words: str) -> HttpResponse:
    """Take a step and lead to the editor, which says that it was taken, or why not."""
    try:
        step(page, request.user)
        messages.success(request, words)
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


@require_POST
def stop(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Give the page words of its own, in an editor like any other."""
    page = get_object_or_404(Translation, pk=translation_id).get_target_instance()
    stopped = _("Stopped. This page has its own editor from now on.")
    return taken(request, page, stopping.stop, stopped)


@require_http_methods(["GET", "HEAD", "POST"])
def restart(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether to translate the page text by text again, and do so."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method != "POST":
        if memory.stopped(page) is None:
            return redirect(EDIT, page.pk)
        return TemplateResponse(request, "embassy/translations/restart.html", {"page": page})
    restarted = _("Restarted. What was typed before stands below.")
    return taken(request, page, stopping.restart, restarted)


def typed_marks(props: str) -> str:
    """Give the address of each text in the editor's data with the mark of the words it opens at."""
    given = json.loads(props)
    typed = {"string": "initialStringTranslations", "synchronised_value": "initialOverrides"}
    marks = {
        (kind, row["segment_id"]): newer.mark_of(row["data"])
        for kind, name in typed.items()
        for row in given[name]
    }
    texts = [one for one in given["segments"] if one["type"] in typed]
    found = {one["editUrl"]: marks.get((one["type"], one["id"]), newer.NONE) for one in texts}
    return json.dumps(found)


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
        "remarks": remarks_so_far(page, translation),
    }


def remarks_so_far(page: Page, translation: Translation) -> list[Remark]:
    """Give the hints on what was typed so far; how hard it reads only once all of it is there."""
    site = site_of(page)
    whole = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    return remarks_on_translation(
        whole.with_content_json(whole.serializable_data()),  # its streams know the words typed
        translation.source.as_instance(),
        MissionSettings.for_site(site) if site else None,
        is_whole=not memory.untranslated(translation),
    )
