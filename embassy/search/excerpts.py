"""Excerpts: the words around what was found, cut by PostgreSQL and marked in safe HTML."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import Func, TextField
from django.db.models.functions import Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from embassy.search.languages import config_for
from embassy.texts.sentences import on_one_line

EXCERPT_FROM = 20_000  # characters of a page's text in which an excerpt is looked for
MARKS = ("\ue000", "\ue001")  # private characters around a found word, until HTML is escaped
WHOLE = """
SELECT ts_headline(%s::regconfig, text, plainto_tsquery(%s::regconfig, %s), %s)
FROM unnest(%s::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place
"""


class Cut(Func):
    """A text's excerpt, with “…” before it when what stands before it ends no sentence."""

    output_field = TextField()
    template = f"""(
        SELECT CASE WHEN before ~ '\\S' AND before !~ '[.!?…][»”"’)\\s]*$'
            THEN '… ' || cut ELSE cut END
        FROM (
            SELECT cut, left(
                whole, greatest(strpos(whole, translate(cut, '{"".join(MARKS)}', '')) - 1, 0)
            ) AS before
            FROM (SELECT %(expressions)s OFFSET 0) AS given (whole, cut)
        ) AS seen
    )"""


def excerpt_for(asked: SearchQuery, language: str) -> Cut:
    """Give what cuts an excerpt out of a text; PostgreSQL does so for the rows shown only."""
    whole = Left("body_text", EXCERPT_FROM)
    headline = SearchHeadline(
        whole,
        asked,
        config=config_for(language),
        start_sel=MARKS[0],
        stop_sel=MARKS[1],
        max_fragments=1,
        max_words=35,
        min_words=15,
    )
    return Cut(whole, headline)


def marked_whole(texts: Sequence[str], words: str, language: str) -> list[SafeString]:
    """Give short texts as HTML, whole, each found word in a `mark` element."""
    if not texts:
        return []
    config = config_for(language)
    options = f"HighlightAll=true, StartSel={MARKS[0]}, StopSel={MARKS[1]}"
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [config, config, words, options, list(texts)])
        return [marked(on_one_line(text)) for (text,) in cursor.fetchall()]


def highlighted(excerpt: str) -> SafeString:
    """Give an excerpt as HTML, each found word in a `mark` element, all else escaped."""
    start, stop = MARKS
    text = on_one_line(excerpt)
    plain = re.sub(f"[{start}{stop}]", "", text)
    if plain and not plain[0].isupper() and not plain.startswith("…"):
        text = f"… {text}"
    if plain and plain[-1] not in ".!?":
        text = f"{text} …"
    return marked(text)


def marked(text: str) -> SafeString:
    """Give a text with marks as HTML, all else in it escaped."""
    start, stop = MARKS
    html = re.sub(f"{start}([^{start}{stop}]*){stop}", r"<mark>\1</mark>", escape(text))
    return mark_safe(re.sub(f"[{start}{stop}]", "", html))
