"""What a reader's device keeps for when there is no network, and what it installs to do so.

`/sw.js` is a service worker: the file `js/worker.js` with what this mission keeps written before
it. Which pages may be kept their views say (`cache.readers_keep`); which always are the apps say,
in a module `offline`. Where OFFLINE is false, `/sw.js` takes itself and all it kept away.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from wagtail.models import Site

from embassy.cache import asked_each_time, readers_keep
from embassy.clock import clocks
from embassy.facts import facts_of
from embassy.language.languages import PREFIX_FREE, with_prefix
from embassy.machines.public_data import asked_of, read_only
from embassy.models import MissionSettings

Addresses = Callable[[Site], list[str]]

# Staff pages and files: the worker lets them pass as if it were not there.
APART = ("admin", "django-admin", "account", "documents", "media", "api", "_util")
FILES = ("site.css", "js/offline.js", "img/favicon.svg")  # what kept pages are shown with
ICON_SIZES = (192, 512)  # in pixels, as `build.mjs` makes them
BACKGROUND, THEME = "#faf6ef", "#2b1d15"

_always: list[Addresses] = []


def always_kept(function: Addresses) -> Addresses:
    """Register a function that gives a mission's addresses, in the active language, to keep.

    The first of them is kept on devices that save data, too.
    """
    _always.append(function)
    return function


@read_only
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker of the mission a request is for."""
    site, mission = asked_of(request)
    asked_each_time(request)
    text = source("js/worker-off.js")
    if settings.OFFLINE:
        site_as_json = json.dumps(kept_of(site, mission), ensure_ascii=False)
        text = f"const site = {site_as_json};\n{source('js/worker.js')}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@read_only
def manifest(request: HttpRequest) -> HttpResponse:
    """Give the web manifest of a mission, in the reader's language."""
    _site, mission = asked_of(request)
    card = {"name": gettext("Emergency card"), "url": reverse("emergency")}
    home = reverse("wagtail_serve", args=[""])
    told = {
        "name": str(mission.name),
        "short_name": str(mission.city),
        "id": home,
        "lang": get_language(),
        "start_url": home,
        "scope": with_prefix("/", PREFIX_FREE),
        "display": "minimal-ui",  # with the address, by which the real site is known
        "background_color": BACKGROUND,
        "theme_color": THEME,
        "icons": icons(),
        "shortcuts": [card],
    }
    text = json.dumps(told, ensure_ascii=False)
    return HttpResponse(text, content_type="application/manifest+json; charset=utf-8")


def icons() -> list[dict]:
    """Give the mission's icon as it is drawn, and as pixels for phones that take no drawing."""
    pixels = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    drawn = {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return [drawn, *pixels]


@read_only
def without_network(request: HttpRequest) -> HttpResponse:
    """Show what there is without a network: whom to call, and the pages that are kept."""
    _site, mission = asked_of(request)
    readers_keep(request)
    context = {
        "mission": mission,
        "contacts": facts_of(mission).emergency_contacts,
    }
    return TemplateResponse(request, "embassy/without_network.html", context)


def kept_of(site: Site, mission: MissionSettings) -> dict:
    """Give what the worker is told: addresses, and the words for each language."""
    first = mission.first_language
    codes = sorted(mission.languages or [first], key=lambda code: code != first)
    first_of_all, others = [], []
    for code in codes:
        with override(code):
            first_of_all.append(reverse("without_network"))
            for function in _always:
                head, *rest = function(site)
                first_of_all.append(head)
                others += rest
    return {
        "version": version(),
        "apart": rf"^/({'|'.join(APART)})(/|$)",
        "files": file_pattern(),
        "script": static("js/offline.js"),
        "always": first_of_all + others,
        "least": len(first_of_all),
        "zone": mission.time_zone,
        # The language without a prefix is the last one that an address is compared with.
        "languages": [
            words_in(code, mission) for code in sorted(codes, key=lambda code: code == PREFIX_FREE)
        ],
    }


def words_in(code: str, mission: MissionSettings) -> dict:
    """Give what the worker says in a language; it fills in {day}, {time} and {age}."""
    with override(code):
        return {
            "code": code,
            "begins": with_prefix("/", code),
            "offline": reverse("without_network"),
            "kept": notice(mission, is_lost=False),
            "lost": notice(mission, is_lost=True),
            "over": gettext("(over)"),
            "unknown": gettext("an unknown time ago"),
            "doubt": gettext(
                "The clock of this phone was set back: whether a warning below is still in force "
                "cannot be told, so look at when it ends."
            ),
        }


def notice(mission: MissionSettings, is_lost: bool) -> str:
    """Give what stands at the top of a kept page, or of what is shown in place of another."""
    place = {"clock": clocks.clock_of(mission.time_zone), "is_lost": is_lost}
    return render_to_string("embassy/kept_here.html", place).strip()


def file_pattern() -> str:
    """Give the pattern of the addresses of `FILES`, whatever hash is part of them."""
    names = [name.rpartition(".")[::2] for name in FILES]
    ways = "|".join(rf"{stem}(\.[0-9a-f]+)?\.{ending}" for stem, ending in names)
    return rf"^{settings.STATIC_URL}({ways})$"


@cache
def source(name: str) -> str:
    """Give a file of the build."""
    return Path(finders.find(name)).read_text(encoding="utf-8")


@cache
def version() -> str:
    """Give a hash of what kept pages are shown with: another build is another worker."""
    text = "".join(source(name) for name in FILES)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
