"""Where the staff pages offer translations: beside a page, in its editor, on the first screen."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from embassy.language.languages import language_name
from embassy.mission.belonging import site_of, sites_of
from embassy.models import MissionSettings
from embassy.models.workflow import approved_by
from embassy.translations import (
    memory,
    originals,
    screens,
    standing,
    steps,
    stopping,
    typing_screens,
    typists,
)
from embassy.upkeep import LOOK_AFTER, Owed, Part

BEGIN, RESTART = "translation_begin", "translation_restart"


@hooks.register("register_admin_urls", order=-1)
def addresses() -> list:
    """Give the addresses of the steps, and ours in place of five of `wagtail_localize`."""
    text = "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/"
    other = "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/"
    return [
        path("translations/<int:page_id>/begin/<slug:language>/", screens.begin, name=BEGIN),
        path("translations/<int:page_id>/renew/", screens.renew, name="translation_renew"),
        path("translations/<int:page_id>/restart/", screens.restart, name=RESTART),
        path("localize/jsi18n/", screens.words_of_editor),
        path(text, typing_screens.edit_string),
        path("localize/translate/<int:translation_id>/pofile/upload/", typing_screens.upload),
        path("localize/translate/<int:translation_id>/disable/", screens.stop),
        path(other, typing_screens.edit_override),
    ]


@hooks.register("before_edit_page", order=-1)
def hand_in(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Take the button of the translations’ editor, before it would publish at once."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    return screens.hand_in(request, page) if memory.translation_of(page) else None


@hooks.register("before_edit_page", order=-1)
def ask_before_restart(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead from the button of `wagtail_localize`, which keeps no record, to our question."""
    is_asked = request.method == "POST" and "localize-restart-translation" in request.POST
    return redirect(RESTART, page.pk) if is_asked else None


class ToRestart(ActionMenuItem):
    """The way back from a page's own editor to its translation text by text."""

    name = "translation-restart"
    label = gettext_lazy("Translate it text by text again")
    icon_name = "rotate"

    def is_shown(self, context) -> bool:
        """On a page of which the translation was stopped."""
        return context["view"] == "edit" and memory.stopped(context["page"]) is not None

    def get_url(self, context) -> str:
        """Lead to the question."""
        return reverse(RESTART, args=[context["page"].pk])


@hooks.register("construct_page_action_menu")
def offer_to_restart(menu_items, request: HttpRequest, context) -> None:
    """Offer it in place of what `wagtail_localize` offers in the editor of a stopped page."""
    theirs = ("localize-restart-translation", "localize-convert-to-alias")
    menu_items[:] = [item for item in menu_items if item.name not in theirs]
    if (item := ToRestart(order=80)).is_shown(context):
        menu_items.append(item)


@hooks.register("register_page_header_buttons")
def offer_to_begin(page: Page, user, view_name: str = "", next_url=None) -> Iterator[Button]:
    """Offer each language of the mission in which a page is not begun yet."""
    kind = page.specific_class
    if kind is None or not approved_by(page) or getattr(kind, "in_all_languages", True):
        return
    site = site_of(page)
    mission = MissionSettings.for_site(site) if site else None
    if mission is None or page.locale.language_code != mission.first_language:
        return
    if not page.permissions_for_user(user).can_edit():
        return
    for code in standing.languages_missing(page, mission.languages):
        yield Button(
            _("Translate into %(language)s") % {"language": language_name(code)},
            reverse(BEGIN, args=[page.pk, code]),
            icon_name="wagtail-localize-language",
            priority=45,
        )


@hooks.register(LOOK_AFTER)
def behind(user, at: datetime) -> Part:
    """Give the translations that are behind, to whoever may write them."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    rows = [
        Owed(
            standing_of.page.title,
            _("%(language)s, behind since %(day)s")
            % {
                "language": language_name(standing_of.page.locale.language_code),
                "day": date_format(standing_of.behind_since, "DATE_FORMAT"),
            },
            reverse("wagtailadmin_pages:edit", args=[standing_of.page_id]),
        )
        for standing_of in standing.behind(pages)
    ]
    return Part("translations", _("Pages behind in translation"), rows)


@hooks.register(LOOK_AFTER)
def untranslated(user, at: datetime) -> Part:
    """Give the pages that readers of a language lack, to whoever may write them."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    rows = []
    for site in sites_of(user):
        mission = MissionSettings.for_site(site)
        for code in mission.languages:
            if code == mission.first_language:
                continue
            lacking = originals.untranslated(site, code).filter(pk__in=pages.values("pk"))
            begun = standing.begun_in(lacking, code)
            rows += [to_translate(page, code, begun.get(page.translation_key)) for page in lacking]
    return Part("untranslated", _("Public pages that a language lacks"), rows)


def to_translate(page: Page, language: str, begun: int | None) -> Owed:
    """Say that readers of a language lack a page; lead to its translation, or to begin one."""
    words = _("begun in %(language)s and not public there") if begun else _("not in %(language)s")
    address = (
        reverse("wagtailadmin_pages:edit", args=[begun])
        if begun
        else reverse(BEGIN, args=[page.pk, language])
    )
    return Owed(page.title, words % {"language": language_name(language)}, address)


@hooks.register(LOOK_AFTER)
def outlived(user, at: datetime) -> Part:
    """Give the translations whose original is gone, to whoever may take them off the site."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    words = _("%(language)s, while the original is no longer public")
    rows = [
        Owed(
            page.title,
            words % {"language": language_name(page.locale.language_code)},
            reverse("publishing_desk", args=[page.pk]),
        )
        for site in sites_of(user)
        for page in originals.outlived(site).filter(pk__in=pages.values("pk"))
    ]
    return Part("outlived", _("Translations of pages that are no longer public"), rows)


@hooks.register("register_log_actions")
def name_the_steps(actions) -> None:
    """Name what is done to translations in the log of the page."""
    actions.register_action(
        steps.BEGUN, gettext_lazy("Begin a translation"), gettext_lazy("Began a translation")
    )
    actions.register_action(
        typists.TYPED, gettext_lazy("Translate a text"), gettext_lazy("Translated a text")
    )
    actions.register_action(
        typists.CLEARED, gettext_lazy("Take a text away"), gettext_lazy("Took a text away")
    )
    actions.register_action(
        steps.RENEWED,
        gettext_lazy("Take up new words"),
        gettext_lazy("Took up what the first language says by now"),
    )
    actions.register_action(
        stopping.STOPPED,
        gettext_lazy("Stop translating text by text"),
        gettext_lazy("Stopped the translation text by text"),
    )
    actions.register_action(
        stopping.RESTARTED,
        gettext_lazy("Translate text by text again"),
        gettext_lazy("Restarted the translation text by text"),
    )
