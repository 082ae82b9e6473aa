"""What a reader asks: words without signs that mean something, and what to say of those asked."""

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy.search.languages import config_for, telling

LONGEST = 200  # characters of a query that are searched for
NOTHING_IN_PART = gettext_lazy(
    "Only the first %(count)d characters were searched for, and nothing was found for them."
)


def cleaned(query: str) -> str:
    """Give a query without what no database takes: NUL, other control signs, half characters."""
    text = unicodedata.normalize("NFC", query.encode("utf-8", "ignore").decode())
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def shortened(text: str) -> str:
    """Give as much of a text as is searched for, in whole words where it has any."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]


def tsquery(words: str, language: str, any_of: bool = False) -> SearchQuery:
    """Give the database's query for all of some words; no sign among them is an operator.

    With `any_of` one of them is enough; they are words only then, without signs.
    """
    text, kind = as_asked(words, language, any_of)
    return SearchQuery(text, config=config_for(language), search_type=kind)


def as_asked(words: str, language: str, any_of: bool) -> tuple[str, str]:
    """Give some words as the database is asked for all or any of them, and the way it reads them.

    The way is `plain` or `websearch`, as Django names it; PostgreSQL has a function of each.
    """
    text = telling(words, language)
    return (" or ".join(text.split()), "websearch") if any_of else (text, "plain")


def complaint(query: str, text: str, words: str, total: int, is_asked: bool) -> str:
    """Give a sentence when a query could not be searched for as it was written, else nothing."""
    if total:
        return _("Only the first %(count)d characters were searched for.") % {"count": LONGEST}
    if not query.strip():
        return ""
    if is_asked:
        return NOTHING_IN_PART % {"count": LONGEST} if words != text else ""
    return _("Write a name or a word to search for; “the”, “and” and signs alone find nothing.")


def has_words(words: str, language: str) -> bool:
    """Tell whether anything of a query is left to search for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numnode(plainto_tsquery(%s::regconfig, %s)) > 0",
            [config_for(language), telling(words, language)],
        )
        return cursor.fetchone()[0]
