"""What stands around a page: the menu, the way up, the other languages; one query for all of it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from embassy.facts import facts_of
from embassy.language.languages import with_prefix, without_prefix
from embassy.mission.homes import home_in
from embassy.models import MissionSettings
from embassy.pages import open_to_all, restricted
from embassy.translations.standing import with_standing


@dataclass(frozen=True)
class Surroundings:
    """Menu, foot, breadcrumb and way home as {title, url, …}, the page's address by language.

    Of languages in which the page is not, the home page's address. Of a translation that is behind:
    since when readers of the original know more.
    """

    menu: list[dict]
    foot: list[dict]
    breadcrumb: list[dict]
    addresses: dict[str, str]
    homes: dict[str, str]
    home: dict | None = None
    behind_since: datetime | None = None


def surroundings_of(page: Page | None, request: HttpRequest) -> Surroundings:
    """Read what stands around a page, or around no page (search, errors)."""
    site = Site.find_for_request(request)
    mission = MissionSettings.for_request(request)
    if site is None or mission is None:
        return Surroundings([], [], [], {}, {})
    home = getattr(request, "_home", None) or home_in(site, get_language())
    in_tree = page is not None and bool(page.path)
    found = list(pages_around(page if in_tree else None, home, site))
    below_home = [p for p in found if p.depth == home.depth + 1 and p.live and not p.is_restricted]
    menu = [p for p in below_home if p.show_in_menus]
    foot = [p for p in below_home if not p.show_in_menus]
    addresses = addresses_of(page if in_tree else None, found, mission, request)
    return Surroundings(
        menu=menu_of(menu, home, mission, request),
        foot=menu_of(foot, home, mission, request),
        breadcrumb=trail_of(page, found, home, mission) if in_tree else [],
        addresses=addresses,
        homes=homes_besides(addresses, site, mission),
        home=home_crumb(home, mission),
        behind_since=next((p.behind_since for p in found if page and p.pk == page.pk), None),
    )


def pages_around(page: Page | None, home: Page, site: Site):
    """Query the pages below home, above a page, and of its translations."""
    homes = {home.path, site.root_page.path}
    wanted = Q(pk__in=[])
    for path in homes:
        wanted |= Q(path__startswith=path, depth=home.depth + 1)
    if page is not None:
        steps = range(page.steplen * 2, len(page.path), page.steplen)
        wanted |= Q(path__in=[page.path[:end] for end in steps])
        wanted |= Q(translation_key=page.translation_key, live=True)
    pages = with_standing(Page.objects.filter(wanted).annotate(is_restricted=restricted()))
    return pages.select_related("locale").order_by("path")


def menu_of(
    pages: list[Page], home: Page, mission: MissionSettings, request: HttpRequest
) -> list[dict]:
    """Give the menu; a page that is one record in all languages appears in every language."""
    entries = []
    is_translated = mission.has_home_in(get_language(), home)
    for page in pages:
        own = is_translated and page.path.startswith(home.path)
        if own or page.specific_class.in_all_languages:
            url = with_prefix(f"/{page.slug}/", get_language())
            current = request.path.startswith(url)
            title = title_of(page, mission)
            entries.append({"title": title, "url": url, "current": current, "slug": page.slug})
    return entries


def title_of(page: Page, mission: MissionSettings) -> str:
    """Give a page's title in the reader's language, where it is one record for all of them."""
    return facts_of(mission).titles.get(page.pk, {}).get(get_language()) or page.title


def trail_of(page: Page, found: list[Page], home: Page, mission: MissionSettings) -> list[dict]:
    """Give the way from home down to the parent of a page.

    What is one record in all languages stands below the first language's home page: its reader
    comes from, and goes back to, the one in the reader's language.
    """
    above = [p for p in found if page.path.startswith(p.path) and 2 <= p.depth < page.depth]
    trail = [home_crumb(home, mission)] if above else []
    path = "/"
    for crumb in above[1:]:
        path = f"{path}{crumb.slug}/"
        title = title_of(crumb, mission)
        # A page that is not published leads nowhere, but says where the reader is.
        url = with_prefix(path, get_language()) if crumb.live else ""
        trail.append({"title": title, "url": url})
    return trail


def home_crumb(home: Page, mission: MissionSettings) -> dict:
    """Give the way home; it says in which language home is when that is not the reader's."""
    title, url = gettext("Home"), home_address(home, mission)
    if mission.has_home_in(get_language(), home):
        return {"title": title, "url": url}
    language = mission.first_language
    name = dict(settings.LANGUAGES)[language]
    # Translators: a link to a page in another language: "Home (in French)".
    title = gettext("%(page)s (in %(language)s)") % {"page": title, "language": name}
    return {"title": title, "url": url, "language": language}


def home_address(home: Page, mission: MissionSettings) -> str:
    """Give the home page's address in the reader's language, or in the first where it has none."""
    speaks = mission.has_home_in(get_language(), home)
    return with_prefix("/", get_language() if speaks else mission.first_language)


def addresses_of(
    page: Page | None, found: list[Page], mission: MissionSettings, request: HttpRequest
) -> dict[str, str]:
    """Give the address in each language: of the page's translations, or below each prefix."""
    if hasattr(request, "_elsewhere"):  # nothing was found
        elsewhere = request._elsewhere.items()
        there = {code: other.url for code, other in elsewhere if other.is_the_page}
        return {get_language(): request.path} | there
    if page is None or getattr(page, "in_all_languages", False):
        return in_every_language(mission, request)
    below = getattr(request, "_below_page", "")  # what of a page was asked for
    return {
        p.locale.language_code: (p.get_url(request) or "") + below
        for p in found
        if p.translation_key == page.translation_key and (p.live or p.pk == page.pk)
    }


def addresses_of_translations(page: Page, request: HttpRequest) -> dict[str, str]:
    """Query the address of a page in each language in which everybody may read it now."""
    faces = open_to_all(Page.objects.filter(translation_key=page.translation_key))
    found = faces.select_related("locale").order_by("path")
    return {face.locale.language_code: face.get_url(request) or "" for face in found}


def homes_besides(addresses: dict[str, str], site: Site, mission: MissionSettings) -> dict:
    """Give the home page's address in each language in which a page is not, where there is one."""
    missing = [code for code in mission.languages if code not in addresses]
    return {
        code: with_prefix("/", code)
        for code in missing
        if mission.has_home_in(code, home_in(site, code))
    }


def in_every_language(mission: MissionSettings, request: HttpRequest) -> dict[str, str]:
    """Give the address asked for below the prefix of each language of the mission."""
    path = without_prefix(request.path)
    return {code: with_prefix(path, code) for code in mission.languages}
