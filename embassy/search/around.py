"""Where no page has all the words asked: which of them some have, and where else all stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from embassy.search.languages import config_for, telling
from embassy.search.scope import Scope

WORDS = 16  # of a question that are looked at
WORD = re.compile(r"\w+")
COUNT = "SELECT %s::text, %s::int, (SELECT count(*) FROM ({pages}) AS found)"
MEANS = " WHERE numnode(plainto_tsquery(%s::regconfig, %s)) > 0"
OF_ALL = -1


@dataclass(frozen=True)
class Around:
    """What is around a question that finds nothing.

    `had` are its words that some page has, `missing` those that none has, `elsewhere` in how many
    pages of which other language all of them stand. Words that mean nothing by themselves, like
    “the”, are in neither; nor are those that more than half of the pages have, like “where”, unless
    all that some page has are such words.
    """

    had: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    elsewhere: dict[str, int] = field(default_factory=dict)

    @property
    def is_some(self) -> bool:
        """Whether pages with some of the words are worth showing."""
        return bool(self.had) and bool(self.had[1:] or self.missing)


def look_around(scope: Scope, words: str, others: Iterable[Scope]) -> Around:
    """Look at the words of a question one by one, and for all of them in other languages."""
    asked = list(dict.fromkeys(WORD.findall(words)))[:WORDS]
    if not asked:
        return Around()
    rows = [counted(scope, place, word) for place, word in enumerate(asked)]
    rows += [counted(other, OF_ALL, words) for other in others]
    rows += [counted(scope, OF_ALL)] if asked[1:] else []
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(statement for statement, _params in rows)
        cursor.execute(sql, [param for _statement, params in rows for param in params])
        found = cursor.fetchall()
    here = {place: count for language, place, count in found if language == scope.language}
    half = here.pop(OF_ALL, 0) / 2
    had = [place for place, count in sorted(here.items()) if count]
    telling = [place for place in had if here[place] <= half] or had
    return Around(
        [asked[place] for place in telling],
        [asked[place] for place, count in sorted(here.items()) if not count],
        {language: count for language, place, count in found if language != scope.language},
    )


def counted(scope: Scope, place: int, words: str = "") -> tuple[str, list]:
    """Give the statement that counts the pages with some words, or all, and its parameters.

    It gives no row where the words mean nothing.
    """
    pages = (scope.pages_with(words) if words else scope.pages()).order_by().values("pk")
    sql, own = pages.query.sql_with_params()
    named = [scope.language, place, *own]
    if not words:
        return COUNT.format(pages=sql), named
    return COUNT.format(pages=sql) + MEANS, [
        *named,
        config_for(scope.language),
        telling(words, scope.language),
    ]
