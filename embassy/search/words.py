"""The words of a mission's pages, kept for those who misspell one.

Words are only ever added as pages are indexed, after the commit, each statement by itself and in
one order, so that two people who publish at once never wait for each other; `update_index` begins
anew. A word that no public page has any more does no harm: whoever suggests one looks whether
readers find it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from unicodedata import combining, normalize

from django.conf import settings
from django.db import connection, transaction
from modelsearch.backends.database.postgres.postgres import IndexEntry
from wagtail.models import Page, Site

from embassy.mission.belonging import home_path
from embassy.models import SearchWord
from embassy.models.search import LONGEST_WORD
from embassy.search.scope import in_all_languages

SHORTEST = 4  # letters; shorter ones are too like each other
LETTERS = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
ADD = """
INSERT INTO embassy_searchword (site_id, language, word, written)
SELECT %s, %s, word, written FROM unnest(%s::text[], %s::text[]) AS new (word, written)
WHERE NOT EXISTS (
    SELECT FROM embassy_searchword AS known
    WHERE known.site_id = %s AND known.language = %s AND known.word = new.word
)
ORDER BY word
ON CONFLICT DO NOTHING
"""
Places = dict[tuple[int, str], dict[str, str]]  # (mission, language): {word: as it is written}


def folded(text: str) -> str:
    """Give a text in small letters without accents."""
    letters = normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return normalize("NFC", "".join(sign for sign in letters if not combining(sign)))


def words_in(text: str) -> Iterator[str]:
    """Give the words of a text that are long enough to be told from others."""
    whole = normalize("NFC", text)
    return (word for word in LETTERS.findall(whole) if len(word) <= LONGEST_WORD)


def remember(things: Iterable, entries: Iterable[IndexEntry], languages: dict[int, str]) -> None:
    """Keep, once all is stored, the words of published pages that were indexed."""
    indexed = zip(things, entries, strict=True)
    pages = [(thing, entry) for thing, entry in indexed if isinstance(thing, Page) and thing.live]
    found: Places = {}
    missions = missions_by_home([page for page, _entry in pages])
    for page, entry in pages:
        site = missions.get(home_path(page) or "")
        texts = texts_of(page, entry, languages) if site else {}
        for language, text in texts.items():
            words = {folded(word)[:LONGEST_WORD]: word.lower() for word in words_in(text)}
            found.setdefault((site, language), {}).update(words)
    for (site, language), words in found.items():
        transaction.on_commit(partial(add, site, language, words), robust=True)


def missions_by_home(pages: list[Page]) -> dict[str, int]:
    """Give the mission of each home page above some pages, by its path."""
    paths = {home_path(page) for page in pages} - {None}
    keys = dict(Page.objects.filter(path__in=paths).values_list("path", "translation_key"))
    sites = Site.objects.filter(root_page__translation_key__in=keys.values())
    numbers = dict(sites.values_list("root_page__translation_key", "pk"))
    return {path: numbers[key] for path, key in keys.items() if key in numbers}


def texts_of(page: Page, entry: IndexEntry, languages: dict[int, str]) -> dict[str, str]:
    """Give a page's text by language: nobody is offered a word of another language than theirs."""
    if in_all_languages(type(page)):
        return {code: page.text_in(code) for code, _name in settings.LANGUAGES}
    return {languages[page.locale_id]: f"{entry.title_text} {entry.body_text}"}


def add(site: int, language: str, words: dict[str, str]) -> None:
    """Add words, of which some may be known."""
    new = list(words), list(words.values())
    with connection.cursor() as cursor:
        cursor.execute(ADD, [site, language, *new, site, language])


def forget_all() -> None:
    """Begin anew; whoever calls this indexes all pages again."""
    SearchWord.objects.all().delete()
