"""How long the database works for one search of a mission with many pages.

    python -m bench.search [--pages 50000] [--runs 21]

Fills a database of its own, measures the site's search and, as its peer, Wagtail's over the same
pages, prints medians and drops the database. Exit status 1 when a limit is missed.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

import django

DATABASE = "chancery_bench"
INDEXES = ["search_words", "search_title_and_body", "search_page_key"]
WORDS_A_PAGE = 300
VOCABULARY = 20_000
SHARES = {"visa": 0.3, "consulate": 0.5}  # of all pages, by word
RARE = "tombouctou"
RARE_PAGES = 20
WORDS = """
INSERT INTO embassy_searchword (site_id, language, word, written)
SELECT %s, 'en', word, word
FROM (SELECT DISTINCT unnest(string_to_array(title || ' ' || body, ' ')) FROM made) AS all_ (word)
WHERE length(word) > 3
"""
FIRST_KEY = 1_000_000  # of the pages made


@dataclass(frozen=True)
class Case:
    """A query and how many milliseconds the database may work for it."""

    name: str
    query: str
    limit: float
    kind: str = ""
    gets_help: bool = False  # as the page gives who finds nothing


CASES = [
    Case("rare word", "Tombouctou", 15),
    Case("common word, 30 % of pages", "visa", 150),
    Case("word on half of the pages", "consulate", 150),
    Case("two words", "visa consulate", 150),
    Case("no hit", "xylophone", 15),
    Case("one kind, half of the pages", "consulate", 150, kind="pages"),
    Case("no hit, with its help", "xylophone", 50, gets_help=True),
    Case("some of the words, with its help", "consulate xylophone", 300, gets_help=True),
    Case("slip of the finger, with its help", "Tombuctou visa", 300, gets_help=True),
    Case("frequent word misspelled, its help", "consulatte viza", 150, gets_help=True),
]


@contextmanager
def scratch_database() -> Iterator[None]:
    """Make a migrated database, and drop it at the end."""
    from django.conf import settings
    from django.db import connection

    settings.DATABASES["default"]["TEST"]["NAME"] = DATABASE
    kept = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


def mission():
    """Make the mission whose pages are searched."""
    from embassy.mission.missions import Plan, create

    return create(
        Plan("bench.localhost", "Bench", "United States", "Mali", "ML", "Bamako", "Africa/Bamako")
    )


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Give a title and a body a page: invented words, a few of them very frequent, as in speech."""
    chance = random.Random(7)
    syllables = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _n in range(VOCABULARY)]
    frequencies = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    for number in range(count):
        title = chance.choices(words, k=6)
        body = chance.choices(words, cum_weights=frequencies, k=WORDS_A_PAGE)
        for word, share in SHARES.items():
            if chance.random() < share:
                body += [word] * chance.randint(1, 4)
                title += [word] if chance.random() < 0.1 else []
        if number % (count // RARE_PAGES) == 0:
            body.append(RARE)
        chance.shuffle(body)
        yield " ".join(title), " ".join(body)


def fill(site, count: int) -> None:
    """Copy one real page and its index entry many times, each with texts of its own."""
    from django.db import connection

    from embassy.models import ContentPage

    parent = ContentPage(title="Bench", slug="bench", locale=site.root_page.locale)
    site.root_page.add_child(instance=parent)
    model = parent.add_child(instance=ContentPage(title="0", slug="0", locale=parent.locale))
    paths = [ContentPage._get_path(parent.path, parent.depth + 1, n + 2) for n in range(count)]
    titles, bodies = zip(*texts(count), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE made AS SELECT %s + row_number() OVER () AS id, path, title, body "
            "FROM unnest(%s, %s, %s) AS new (path, title, body)",
            [FIRST_KEY, paths, list(titles), list(bodies)],
        )
        cursor.execute(WORDS, [site.pk])
        for statement in copies(model):
            cursor.execute(statement)


def copies(model) -> Iterator[str]:
    """Give the statements that make a page and an index entry of each row of `made`."""
    from modelsearch.backends.database.postgres.postgres import IndexEntry
    from wagtail.models import Page

    page = {
        "id": "made.id",
        "path": "made.path",
        "title": "made.title",
        "slug": "'page-' || made.id",
        "url_path": f"'{model.url_path}' || made.id || '/'",
        "translation_key": "gen_random_uuid()",
        "last_published_at": "now() - made.id * interval '1 minute'",
    }
    entry = IndexEntry.objects.get(object_id=str(model.pk), title_text=model.title)
    yield copy_of(Page, "id", model.pk, page)
    yield copy_of(type(model), "page_ptr_id", model.pk, {"page_ptr_id": "made.id"})
    yield copy_of(IndexEntry, "id", entry.pk, indexed())
    yield "VACUUM ANALYZE"


def indexed() -> dict[str, str]:
    """Give the values of an index entry, as Wagtail would fill them in for such a page."""
    from embassy.search.languages import config_for

    config = config_for("en")
    return {
        "id": "made.id",
        "object_id": "made.id",
        "title": f"setweight(to_tsvector('{config}', made.title), 'B')",
        "body": f"to_tsvector('{config}', made.body)",
        "title_text": "made.title",
        "body_text": "made.body",
    }


def copy_of(model: type, key: str, copied: int, own: dict[str, str]) -> str:
    """Give the SQL that copies a row once for each row of `made`, with values of its own."""
    same = {field.column: f"copied.{field.column}" for field in model._meta.local_concrete_fields}
    values = same | own
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(values)}) "
        f"SELECT {', '.join(values.values())} "
        f"FROM {model._meta.db_table} AS copied, made WHERE copied.{key} = {copied}"
    )


def ours(site, case: Case) -> None:
    """Search as the site does."""
    from embassy.search.view import help_beside, search_site

    found = search_site(site, "en", case.query, 1, case.kind)
    list(found["results"])
    if case.gets_help:
        help_beside(site, "en", found)


def wagtails(site, case: Case) -> None:
    """Search the same pages with Wagtail's own backend: the count and the first ten."""
    from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend
    from wagtail.models import Page

    from embassy.search.languages import config_for
    from embassy.search.view import PER_PAGE

    backend = PostgresSearchBackend({"SEARCH_CONFIG": config_for("en")})
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    found = backend.search(case.query, pages)
    found.count()
    list(found[:PER_PAGE])


def milliseconds(search: Callable, site, case: Case, runs: int) -> float:
    """Give the median time that the database takes for all the statements of a search."""
    from django.db import connection

    spent: list[float] = []

    def timed(execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[-1] += time.perf_counter() - begun

    with connection.execute_wrapper(timed):
        for _run in range(runs + 1):
            spent.append(0.0)
            search(site, case)
    return median(spent[1:]) * 1000  # the first run warms the caches


def measure(site, runs: int) -> list[tuple[Case, int, float, float, float]]:
    """Give (case, pages found, ours, Wagtail's with our indexes, Wagtail's without) for each."""
    from django.db import connection

    from embassy.search.view import help_beside, search_site

    def medians(search: Callable) -> list[float]:
        return [milliseconds(search, site, case, runs) for case in CASES]

    found = [search_site(site, "en", case.query, 1) for case in CASES]
    totals = [one["total"] for one in found]
    for case, one in zip(CASES, found, strict=True):
        if case.gets_help:
            print(f"{case.query}: {help_beside(site, 'en', one)['meant'] or '-'}")
    with_indexes = [medians(ours), medians(wagtails)]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {', '.join(INDEXES)}")
    return list(zip(CASES, totals, *with_indexes, medians(wagtails), strict=True))


def report(rows: list[tuple[Case, int, float, float, float]]) -> bool:
    """Print the table and tell whether every limit is kept."""
    print("Median milliseconds in the database")
    heads = ("pages found", "limit", "ours", "Wagtail, our indexes", "Wagtail as shipped")
    print(f"{'':36}" + "".join(f"{head:>{len(head) + 3}}" for head in heads))
    for case, total, *times in rows:
        numbers = [total, case.limit, *(round(spent, 1) for spent in times)]
        cells = "".join(f"{n:>{len(h) + 3}}" for n, h in zip(numbers, heads, strict=True))
        print(f"{case.name:36}{cells}   {'pass' if times[0] <= case.limit else 'OVER'}")
    return all(times[0] <= case.limit for case, _total, *times in rows)


def main() -> int:
    """Fill, measure, and give the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=50_000, help="how many (default: 50000)")
    parser.add_argument("--runs", type=int, default=21, help="of each search (default: 21)")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.test")
    django.setup()
    with scratch_database():
        site = mission()
        print(f"Making {chosen.pages} pages of {WORDS_A_PAGE} words …", flush=True)
        fill(site, max(chosen.pages, RARE_PAGES))
        return 0 if report(measure(site, chosen.runs)) else 1


if __name__ == "__main__":
    sys.exit(main())
