"""Where the staff pages offer translations: beside a page, in its editor, on the first screen."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from embassy.belonging import site_of
from embassy.languages import language_name
from embassy.models import MissionSettings
from embassy.models.workflow import approved_by
from embassy.translations import memory, screens, standing, steps, typists
from embassy.upkeep import LOOK_AFTER, Owed, Part

BEGIN = "translation_begin"


@hooks.register("register_admin_urls", order=-1)
def addresses() -> list:
    """Give the addresses of the steps, and ours in place of four of `wagtail_localize`."""
    text = "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/"
    other = "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/"
    return [
        path("translations/<int:page_id>/begin/<slug:language>/", screens.begin, name=BEGIN),
        path("translations/<int:page_id>/renew/", screens.renew, name="translation_renew"),
        path("localize/jsi18n/", screens.words_of_editor),
        path(text, screens.edit_string),
        path("localize/translate/<int:translation_id>/pofile/upload/", screens.upload),
        path(other, screens.edit_override),
    ]


@hooks.register("before_edit_page", order=-1)
def hand_in(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Take the button of the translations’ editor, before it would publish at once."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    return screens.hand_in(request, page) if memory.translation_of(page) else None


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
        steps.RENEWED,
        gettext_lazy("Take up new words"),
        gettext_lazy("Took up what the first language says by now"),
    )
