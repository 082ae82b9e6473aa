"""What a reader may have meant: words of public pages that look like those asked for.

Candidates are the nearest words by their trigrams and those for which staff put pages first, judged
by how many letters differ. One is suggested only when readers of this mission and language find a
page with it, and with all other words of the question: so it comes from no draft, no private page
and no other mission.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, product

from django.db import connection
from wagtail.models import Site

from embassy.search.languages import ANY_LANGUAGE, config_for, telling
from embassy.search.promoted import promoted_for
from embassy.search.scope import Scope
from embassy.search.words import LETTERS, folded, words_in

NEAREST = 30  # words by trigrams, of which the letters are compared
TRIED = 6  # questions of which it is looked whether they find anything
PER_WORD = 3  # words that may stand for one asked
WORDS = 6  # of a question that are looked at
READ = 50  # pages in which the word must be written out
NEAR = """
SELECT asked.word, near.word, near.written
FROM unnest(%s::text[]) AS asked (word), LATERAL (
    SELECT word, written FROM embassy_searchword
    WHERE site_id = %s AND language = %s
    ORDER BY word <-> asked.word LIMIT %s
) AS near
WHERE numnode(plainto_tsquery(%s::regconfig, near.written)) > 0
UNION ALL
SELECT '', '', words FROM embassy_promotedresult WHERE site_id = %s AND language = %s
"""
FINDS = """
SELECT %s::int WHERE EXISTS (
    SELECT FROM ({pages}) AS found (title, body)
    WHERE to_tsvector('{config}', left(found.title || ' ' || found.body, 100000))
        @@ plainto_tsquery('{config}', %s)
) OR EXISTS ({promoted})
"""


def meant(site: Site, scope: Scope, words: str, missing: Iterable[str] | None = None) -> str:
    """Give a question like this one that finds something; nothing if there is none.

    Where it is known which words are `missing` on all pages, only these are mended. Where no page
    has all words of a question then, one is enough that has what stands for these, if but a letter
    differs.
    """
    mended = words if missing is None else " ".join(missing)
    typed = {folded(word): word.lower() for word in LETTERS.findall(mended)[:WORDS]}
    asked = list(typed)
    near = nearest(site, scope.language, typed) if asked else {}
    tried = [(instead(words, named), "", named) for named in together(asked, near)]
    if missing is not None:
        slips = {word: [one for one in others if one[0] == 1] for word, others in near.items()}
        tried += [
            (instead(words, named), " ".join(named.values()), named)
            for named in together(asked, slips)
        ]
    return first_that_finds(site, scope, tried) if tried else ""


def nearest(
    site: Site, language: str, typed: dict[str, str]
) -> dict[str, list[tuple[int, str, str]]]:
    """Give (letters that differ, word, as it is written) for each word asked, the best first.

    Who typed accents knows how the word is written, so that they count as letters then.
    """
    asked = list(typed)
    with connection.cursor() as cursor:
        mission = [site.pk, language]
        cursor.execute(NEAR, [asked, *mission, NEAREST, config_for(language), *mission])
        rows = cursor.fetchall()
    near = [row for row in rows if row[0]]
    phrases = [words for word, _other, words in rows if not word]  # for which pages are put first
    found: dict[str, list[tuple[int, str, str]]] = {word: [] for word in asked}
    for word, other, written in dict.fromkeys([*near, *put_first(asked, phrases)]):
        has_accents = typed[word] != word
        differ = letters_between(*((typed[word], written) if has_accents else (word, other)))
        if other != word and differ <= allowed(word, other) and telling(written, language):
            found[word].append((differ, other, written))
    return {word: sorted(others)[:PER_WORD] for word, others in found.items()}


def put_first(asked: list[str], phrases: list[str]) -> Iterator[tuple[str, str, str]]:
    """Pair each word asked with each for which staff put a page first, as rows of `NEAR` do."""
    first = {folded(word): word.lower() for phrase in phrases for word in words_in(phrase)}
    for word, (other, written) in product(asked, first.items()):
        yield word, other, written


def allowed(word: str, other: str) -> int:
    """Say in how many letters a word may differ from one that was meant.

    Whoever slips hardly does so in the first letter, and then in no other.
    """
    if word[0] != other[0]:
        return 1
    return 1 if len(word) <= 5 else 2 if len(word) <= 11 else 3


def letters_between(one: str, other: str) -> int:
    """Count the letters to put in, leave out, replace or exchange with their neighbor."""
    before, above = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, there in enumerate(other, 1):
            steps = [above[column] + 1, line[-1] + 1, above[column - 1] + (letter != there)]
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], there):
                steps.append(before[column - 2] + 1)
            line.append(min(steps))
        before, above = above, line
    return above[-1]


def together(asked: list[str], near: dict[str, list]) -> list[dict[str, str]]:
    """Give what may stand for which words, those that differ least first."""
    choices = [[(0, word, ""), *near.get(word, [])] for word in asked]
    every = islice(product(*choices), 4**WORDS)
    ordered = sorted(every, key=lambda chosen: sum(differ for differ, *_words in chosen))
    named = [
        {word: one[2] for word, one in zip(asked, chosen, strict=True) if one[2]}
        for chosen in ordered
    ]
    return [found for found in named if found][:TRIED]


def instead(words: str, named: dict[str, str]) -> str:
    """Give a question with other words in place of some."""
    return LETTERS.sub(lambda found: named.get(folded(found[0]), found[0]), words)


def first_that_finds(site: Site, scope: Scope, tried: list[tuple[str, str, dict]]) -> str:
    """Give the first question for which a public page has the other words or is put first.

    Each comes with the words that the page has to have, unless all, and what stands for which.
    """
    statements, params = [], []
    for place, (question, needed, named) in enumerate(tried):
        pages = scope.pages_with(needed or question).order_by()
        texts = pages.values_list("index_entries__title_text", "index_entries__body_text")[:READ]
        sql, own = texts.query.sql_with_params()
        first = promoted_for(site, scope, question).order_by().values("pk")
        put, its = first.query.sql_with_params()
        statements.append(FINDS.format(pages=sql, config=ANY_LANGUAGE, promoted=put))
        params += [place, *own, " ".join(named.values()), *its]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        found = [place for (place,) in cursor.fetchall()]
    return tried[min(found)][0] if found else ""
