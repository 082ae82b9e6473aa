"""The search page: what is found, what was meant, and where else to look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from wagtail.models import Site

from embassy.language.languages import language_name
from embassy.links.linked import look_up
from embassy.machines.public_data import read_only
from embassy.models import HomePage, MissionSettings
from embassy.search.around import Around, look_around
from embassy.search.asked import cleaned, complaint, has_words, shortened
from embassy.search.codes import address_by_code
from embassy.search.kinds import chosen_types, kinds_found
from embassy.search.named import found_by_name
from embassy.search.promoted import promoted_pages
from embassy.search.ranking import LISTED, Hits, best_hits
from embassy.search.results import shown
from embassy.search.scope import Scope, scope_of
from embassy.search.suggestions import meant

PER_PAGE = 10


@dataclass(frozen=True)
class Elsewhere:
    """Another language of the mission in which something was found."""

    code: str
    name: str
    url: str
    count: int


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Search everything public of the mission, in the reader's language first.

    What people search for is nobody's business: no cache before the server keeps the answer, and
    the next page is not told the question.
    """
    site = Site.find_for_request(request)
    sent = (request.GET.get(name, "") for name in ("q", "page", "kind"))
    found = search_site(site, request.LANGUAGE_CODE, *sent)
    found["by_code"] = address_by_code(site, found["query"])
    found["by_name"] = found_by_name(site, found["query"])
    if not found["by_name"] and (not found["total"] or found["is_some"]):
        found |= help_beside(site, request.LANGUAGE_CODE, found)
    response = TemplateResponse(request, "embassy/search.html", {**found, "per_page": PER_PAGE})
    if found["query"]:
        patch_cache_control(response, private=True, no_cache=True)
        response["Referrer-Policy"] = "strict-origin"
    return response


def search_site(site: Site, language: str, query: str, page: str | int = 1, kind: str = "") -> dict:
    """Find what is public of a mission in a language.

    Gives `query` as it was searched for, `results` (a paginator's page of `Result`) of one kind or
    of all, `first` what staff put first, `total` and `kinds` of all hits, `of_kind` how many are of
    the kind, `is_cut` whether not all of these are listed, `is_asked` whether the words are more
    than “the” and “and”, and `error`, a sentence or nothing. Where no page has all the words, what
    has some of them is given (`is_some`); `missing` are those that no page has.
    """
    text, scope, types = cleaned(query), scope_of(site, language), chosen_types(kind)
    words = shortened(text)
    first = promoted_pages(site, scope, words) if words and types is None else None
    hits = best_hits(scope, words, types, first) if words else Hits()
    total = hits.total()
    # What staff put first answers the question, so nothing is looked for around it.
    looks = words and not total and not hits.first
    around = look_around(scope, words, other_scopes(site, language)) if looks else Around()
    is_asked = bool(total or around.had or around.missing) or has_words(words, language)
    asked = words
    if around.is_some:
        scope, asked = replace(scope, any_of=True), " ".join(around.had)
        hits = best_hits(scope, asked, types)
        total = hits.total()
    return {
        "query": words,
        "around": around,
        "is_some": around.is_some,
        "missing": around.missing,
        "total": total,
        "of_kind": hits.total(types),
        "kinds": kinds_found(hits.counts, kind),
        "kind": kind if types is not None else "",
        "is_cut": hits.total(types) > len(hits.best) == LISTED,
        "is_asked": is_asked,
        "error": "" if total and text == words else complaint(query, text, words, total, is_asked),
        **listed(scope, asked, hits, page),
    }


def listed(scope: Scope, words: str, hits: Hits, page: str | int) -> dict:
    """Give `results`, a page of what was found, and `first`, which stands before on page one."""
    results = Paginator(hits.best, PER_PAGE).get_page(page)
    first, keys = hits.first if results.number == 1 else [], list(results)
    found = shown(scope, words, [*first, *keys], timezone.now())
    results.object_list = [found[pk] for pk in keys if pk in found]
    return {"results": results, "first": [found[pk] for pk in first if pk in found]}


def help_beside(site: Site, language: str, found: dict) -> dict:
    """Give what helps who found no page with all the words: `meant`, `elsewhere` and `ways_on`.

    Words that are on no page are mended; the tiles of home are for who found nothing at all.
    """
    scope, words, around = scope_of(site, language), found["query"], found["around"]
    return {
        "meant": meant(site, scope, words, around.missing) if around.missing else "",
        "elsewhere": list(in_other_languages(around, words)) if found["is_asked"] else [],
        "ways_on": [] if found["is_some"] else tiles_of(scope),
    }


def other_scopes(site: Site, language: str) -> list[Scope]:
    """Give what readers of the mission's other languages can find."""
    codes = MissionSettings.for_site(site).languages
    return [scope_of(site, code) for code in codes if code != language]


def in_other_languages(around: Around, words: str) -> Iterator[Elsewhere]:
    """Lead to each other language of a mission in which all the words stand on some page."""
    for code, count in around.elsewhere.items():
        if count:
            with override(code):
                url = f"{reverse('search')}?{urlencode({'q': words})}"
            yield Elsewhere(code, language_name(code), url, count)


def tiles_of(scope: Scope) -> list:
    """Give what people come for, as the home page of the language has it."""
    home = HomePage.objects.filter(pk=scope.home.pk).first() if scope.home else None
    if home is None:
        return []
    look_up(home)
    return home.ways_on
